import type { Permission } from '@signalbox/api';
import { fold, type ProjectId } from '@signalbox/model';
import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { authenticate, hashIn } from '../../auth/authenticate.ts';
import { isPermitted, type PersonPrincipal, type Principal } from '../../auth/principal.ts';
import { holdsSomewhere, rolesGive, strongestRole } from '../../auth/rights.ts';
import { SESSION_COOKIE } from '../../auth/sessions.ts';
import { forbidden, notFound, Problem, projectNotFound } from '../problem.ts';
import { checkSameOrigin } from './same-origin.ts';

/** Finds out who calls; a wrong proof is 401, and after too many of them 429. */
export async function identify(app: App, request: FastifyRequest): Promise<Principal> {
  const now = app.clock();
  const { authorization } = request.headers;
  const hash = authorization === undefined ? undefined : hashIn(authorization);
  const wait = app.failedLogins.blockedFor(request.ip, now);
  if (wait !== undefined && authorization !== undefined && !app.failedLogins.isTrusted(hash ?? '')) {
    throw new Problem(
      429,
      'TooManyFailedSignInsException',
      `Too many wrong tokens. Try again in ${wait} seconds.`,
      {
        headers: { 'retry-after': String(wait) },
      },
    );
  }
  const cookie = request.cookies[SESSION_COOKIE];
  const found = await authenticate(app.store, { authorization, cookie }, now);
  if (found.ok) {
    if (hash !== undefined) app.failedLogins.trust(hash);
    return found.principal;
  }
  if (found.guess) app.failedLogins.failed(request.ip, now);
  throw unauthorized(app, found.reason);
}

/** What a route asks of its callers. */
interface Demand {
  readonly permission: Permission;
  /** A role in some project opens it; it shows and does only what belongs to the caller's projects. */
  readonly forMembers: boolean;
}

/** Lets a known caller through to a route, or says 401, 403, or 404 where the project is none of his business. */
export async function admit(
  app: App,
  request: FastifyRequest,
  { principal, demand }: { readonly principal: Principal; readonly demand: Demand },
): Promise<Principal> {
  const { permission } = demand;
  let asks = permission;
  if ('rights' in principal) asks = await admitPerson(app, request, { principal, demand });
  else if (!isPermitted(principal, permission)) {
    if (principal.role === 'anonymous') throw unauthorized(app, 'A token is needed.');
    throw refusalOf(principal, permission);
  }
  if ('session' in principal && principal.session) checkSameOrigin(request);
  checkOrganization(app, request);
  return 'rights' in principal ? { ...principal, asks } : principal;
}

/** Answers what the caller has where he was let through; it says which projects the handler shows him. */
async function admitPerson(
  app: App,
  request: FastifyRequest,
  { principal, demand }: { readonly principal: PersonPrincipal; readonly demand: Demand },
): Promise<Permission> {
  const { permission, forMembers } = demand;
  if (isPermitted(principal, permission)) return permission;
  const name = parameterOf(request, 'project');
  if (name === undefined) {
    if (forMembers && holdsSomewhere(principal.rights, permission)) return permission;
    throw refusalOf(principal, permission);
  }
  return admitToProject(app, principal, { permission, name });
}

async function admitToProject(
  app: App,
  principal: PersonPrincipal,
  { permission, name }: { readonly permission: Permission; readonly name: string },
): Promise<Permission> {
  const project = name.length > 256 ? undefined : await app.store.projects.find(name);
  if (project !== undefined && isPermitted(principal, permission, project.id)) return permission;
  if (project !== undefined && administersSome(principal, permission, project.id)) return 'readRuns';
  if (!readsProject(principal, project?.id)) throw projectNotFound(name);
  throw refusalOf(principal, permission, project?.id);
}

/** Whether the roles let somebody read a project, whatever the token is limited to: to others it does not exist. */
export function readsProject({ rights }: PersonPrincipal, project?: ProjectId): boolean {
  return rolesGive(rights, 'readRuns', project);
}

/** Whoever administers single resources is let through to the handler, which looks at which ones (ENV-3). */
function administersSome(principal: PersonPrincipal, permission: Permission, project: ProjectId): boolean {
  const { resources, cap } = principal.rights;
  return (
    permission === 'administerResources' &&
    (cap?.has(permission) ?? true) &&
    readsProject(principal, project) &&
    resources.some(({ place, role }) => place.project === project && role === 'Administrator')
  );
}

/** Why not: the roles do not give it, or the token leaves it out. */
export function refusalOf(principal: Principal, permission: Permission, project?: ProjectId): Problem {
  if ('rights' in principal && rolesGive(principal.rights, permission, project))
    return forbidden(`The scopes of the token do not cover this; it needs the permission "${permission}".`);
  const role = 'rights' in principal ? strongestRole(principal.rights, project) : principal.role;
  return forbidden(`The role "${role}" may not do this; it needs the permission "${permission}".`);
}

function parameterOf(request: FastifyRequest, wanted: string): string | undefined {
  const found = Object.entries(request.params ?? {}).find(([name]) => name === wanted)?.[1];
  return found === undefined ? undefined : String(found);
}

function checkOrganization(app: App, request: FastifyRequest): void {
  const named = parameterOf(request, 'organization');
  if (named === undefined || fold(named) === fold(app.organization)) return;
  throw notFound('Organization', `The organization ${named.slice(0, 100)}`);
}

/** 401 as every client understands it: never a redirect, never HTML (REST.md §2.3). */
export function unauthorized(app: App, reason: string): Problem {
  return new Problem(401, 'UnauthorizedRequestException', `TF400813: You are not signed in. ${reason}`, {
    headers: { 'www-authenticate': `Basic realm="${app.baseUrl()}", Bearer` },
  });
}
