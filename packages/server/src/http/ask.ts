import type { AnswerOf, RouteName } from '@signalbox/api';
import type { Instant, ProjectId } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { isPermitted, type Principal } from '../auth/principal.ts';
import { readsProject, refusalOf } from './guard/admit.ts';
import { badRequest, notFound, projectNotFound } from './problem.ts';
import { fieldsOf, type Fields } from './read/fields.ts';
import { queryOf, type Query } from './read/query.ts';

/** A request on its way through a handler: parse, authorise, one command or query, shape. */
export interface Ask {
  readonly app: App;
  readonly principal: Principal;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly query: Query;
  readonly now: Instant;
  /** The body as an object. */
  body(): Fields;
  /** The body as a list. */
  bodyList(): readonly unknown[];
  param(name: string): string;
  /** A number in the path; what cannot be one answers 404, as any unknown id. `kind` as in `Build`. */
  id(name: string, kind: string): number;
  /** The project of the path; 404 when there is none or the caller may not know of it. */
  project(): Promise<ProjectRow>;
  /** The same on routes that work without a project, too. */
  projectIfNamed(): Promise<ProjectRow | undefined>;
}

/**
 * Answers one route. What it returns becomes the JSON body, in the shape of the route; `undefined` means that it has
 * answered.
 */
export type Handler<N extends RouteName = RouteName> = (ask: Ask) => Promise<AnswerOf<N> | undefined>;

/** The handlers of some routes: a route without one, or with another answer than its shape, does not compile. */
export type Handlers<N extends RouteName = RouteName> = { readonly [R in N]: Handler<R> };

/** Makes the ask of a request whose caller is known. */
export function askOf(app: App, request: FastifyRequest, reply: FastifyReply): Ask {
  const principal: Principal = request.principal ?? { role: 'anonymous' };
  const parameters = new Map(
    Object.entries(request.params ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const projectIfNamed = async (): Promise<ProjectRow | undefined> => {
    const name = parameters.get('project');
    return name === undefined ? undefined : findProject(app, principal, name);
  };
  return {
    app,
    principal,
    request,
    reply,
    query: queryOf(request.query),
    now: app.clock(),
    body: () => fieldsOf(request.body),
    bodyList: () => listOf(request.body),
    param: (name) => parameters.get(name) ?? '',
    id: (name, kind) => idOf(parameters.get(name) ?? '', kind),
    projectIfNamed,
    async project() {
      const project = await projectIfNamed();
      if (project === undefined) throw badRequest('The address must name a project.');
      return project;
    },
  };
}

/** A project by name or GUID, if the caller may know of it; what lies elsewhere does not exist for them. */
export async function findProject(app: App, principal: Principal, name: string): Promise<ProjectRow> {
  const project = name.length > 256 ? undefined : await app.store.projects.find(name);
  if (project === undefined) throw projectNotFound(name);
  if (seesProject(principal, project.id)) return project;
  if ('rights' in principal && principal.asks !== undefined && readsProject(principal, project.id))
    throw refusalOf(principal, principal.asks, project.id);
  throw projectNotFound(name);
}

/**
 * Whether a principal may know of a project. Programs see their own; people see those that they may read, as far as
 * they have there what the route needs.
 */
export function seesProject(principal: Principal, project: ProjectId): boolean {
  if ('rights' in principal)
    return readsProject(principal, project) && isPermitted(principal, principal.asks ?? 'readRuns', project);
  return !('project' in principal) || principal.project === project;
}

/** A number as a path or query spells it; what is none names nothing. */
export function idOf(text: string, kind: string): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) < 1) throw notFound(kind, `${kind} ${text.slice(0, 40)}`);
  return Number(text);
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw badRequest('The body must be a JSON list.');
  return value;
}
