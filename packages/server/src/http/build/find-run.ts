import type { RunState } from '@signalbox/engine';
import type { RunId } from '@signalbox/model';
import type { DefinitionRow, ProjectRow, QueueRow } from '@signalbox/store';
import { seesProject, type Ask } from '../ask.ts';
import { forbidden, notFound } from '../problem.ts';
import type { BuildParts } from '../shape/build.ts';
import { shapeProperties } from '../shape/properties.ts';

/** A run with its project. */
export interface FoundRun {
  readonly run: RunState;
  readonly project: ProjectRow;
}

/**
 * The run that the path names, with or without its project. A run of another project does not exist for the caller
 * (RELIABILITY §1.3: 404, not 403).
 */
export async function findRun(ask: Ask, parameter = 'buildId', kind = 'Build'): Promise<FoundRun> {
  return findRunById(ask, ask.id(parameter, kind), kind);
}

/** The same for a run whose number stands elsewhere. */
export async function findRunById(ask: Ask, id: RunId, kind: string): Promise<FoundRun> {
  const named = await ask.projectIfNamed();
  const run = await ask.app.store.runs.get(id);
  if (run === undefined || !seesProject(ask.principal, run.project) || (named && named.id !== run.project)) {
    throw notFound(kind, `The requested ${kind.toLowerCase()} ${id}`);
  }
  const project = named ?? (await ask.app.store.projects.get(run.project));
  if (project?.state !== 'wellFormed' || (await isRemoved(ask, run)))
    throw notFound(kind, `The requested ${kind.toLowerCase()} ${id}`);
  return { run, project };
}

// Only what is over can be removed: others need not be looked up.
async function isRemoved({ app }: Ask, run: RunState): Promise<boolean> {
  return run.status === 'completed' && (await app.store.runs.removal(run.id)) !== undefined;
}

/** A job's token reads the logs of its own run only (RELIABILITY §1.3). */
export function checkOwnRun(ask: Ask, run: RunState): void {
  if (ask.principal.role !== 'job' || ask.principal.run === run.id) return;
  throw forbidden("A job's token reads the logs of its own run only.");
}

/** What is known of a run already, or asked for. */
export interface Asked {
  /** Absent: it is looked up. */
  readonly isKept?: boolean;
  /** Names of its properties, none for all; absent: none are answered. */
  readonly properties?: readonly string[] | undefined;
}

/** What stands beside a run in an answer. */
export async function buildParts(ask: Ask, run: RunState, asked: Asked = {}): Promise<BuildParts> {
  const { store } = ask.app;
  const { properties } = asked;
  const bag = properties === undefined ? {} : await store.properties.of({ kind: 'run', id: run.id });
  const definition = await definitionOf(ask, run);
  return {
    run,
    definition,
    queue: await queueOf(ask, definition),
    tags: await store.runs.tags(run.id),
    isKept: asked.isKept ?? (await store.runLeases.kept([run.id])).length > 0,
    properties: shapeProperties(bag, properties),
  };
}

// A page of runs is mostly of a few definitions of one project: each is read once per request.
const readInRequest = new WeakMap<Ask, Map<string, Promise<unknown>>>();

function once<T>(ask: Ask, key: string, read: () => Promise<T>): Promise<T> {
  const known = readInRequest.get(ask) ?? new Map<string, Promise<unknown>>();
  readInRequest.set(ask, known);
  const found = (known.get(key) as Promise<T> | undefined) ?? read();
  known.set(key, found);
  return found;
}

function definitionOf(
  ask: Ask,
  { project, definition: { id } }: RunState,
): Promise<DefinitionRow | undefined> {
  return once(ask, `definition:${project}:${id}`, () => ask.app.store.definitions.get(project, id));
}

async function queueOf(ask: Ask, definition: DefinitionRow | undefined): Promise<QueueRow | undefined> {
  if (definition?.defaultPool === undefined) return undefined;
  const { project, defaultPool } = definition;
  const queues = await once(ask, `queues:${project}`, () => ask.app.store.pools.queues(project));
  return queues.find(({ pool }) => pool === defaultPool);
}
