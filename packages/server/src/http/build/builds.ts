import { randomUUID } from 'node:crypto';
import { BUILD_STATUS, type Collection, type WireBuild } from '@signalbox/api';
import type { RunState } from '@signalbox/engine';
import type { DefinitionId } from '@signalbox/model';
import type { Page, ProjectRow, RunFilter } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { seesProject, type Ask, type Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { wireBuild } from '../shape/build.ts';
import { collection } from '../shape/common.ts';
import { buildParts, findRun, type Asked, type FoundRun } from './find-run.ts';
import { keepForever } from './keep-run.ts';
import { narrowRuns } from './narrow-runs.ts';
import { queueBuild } from './queue-build.ts';
import { runAgain } from './run-again.ts';
import { readRunFilter } from './run-filter.ts';

/** Runs as builds (REST.md §3.3). */
export const buildHandlers: Handlers<
  'listBuilds' | 'queueBuild' | 'getBuild' | 'updateBuild' | 'updateBuilds'
> = {
  listBuilds: async (ask) => listBuilds(ask),
  queueBuild: async (ask) => queueBuild(ask),
  getBuild: async (ask) => shape(ask, await findRun(ask), { properties: ask.query.texts('propertyFilters') }),
  updateBuild: async (ask) => updateBuild(ask, await findRun(ask), ask.body()),
  updateBuilds: async (ask) => updateBuilds(ask),
};

async function shape(ask: Ask, { run, project }: FoundRun, asked: Asked = {}): Promise<WireBuild> {
  return wireBuild(ask.app, project, await buildParts(ask, run, asked));
}

async function listBuilds(ask: Ask): Promise<Collection<WireBuild>> {
  const filter = readRunFilter(ask.query);
  const { items, next } = await listRuns(ask, filter);
  if (next !== undefined) void ask.reply.header('x-ms-continuationtoken', next);
  const kept = new Set(await ask.app.store.runLeases.kept(items.map(({ run }) => run.id)));
  const builds: WireBuild[] = [];
  for (const found of items) {
    builds.push(await shapeListed(ask, found, { isKept: kept.has(found.run.id), filter }));
  }
  return collection(builds);
}

/** One of a list, in which deleted ones may be. */
async function shapeListed(
  ask: Ask,
  { run, project }: FoundRun,
  { isKept, filter }: { readonly isKept: boolean; readonly filter: RunFilter | undefined },
): Promise<WireBuild> {
  const parts = await buildParts(ask, run, { isKept, properties: ask.query.texts('properties') });
  const isShown = (filter?.removed ?? 'without') !== 'without';
  const removal = isShown ? await ask.app.store.runs.removal(run.id) : undefined;
  return wireBuild(ask.app, project, { ...parts, ...(removal !== undefined && { removal }) });
}

/** Runs of the named project or, without one, of every project that the caller sees. */
export async function listRuns(ask: Ask, filter: RunFilter | undefined): Promise<Page<FoundRun>> {
  const named = await ask.projectIfNamed();
  if (filter === undefined) return { items: [] };
  if (named !== undefined) {
    const narrowed = await narrowRuns(ask, named, filter);
    if (narrowed === undefined) return { items: [] };
    const page = await ask.app.store.runs.list(named.id, narrowed);
    return { ...page, items: page.items.map((run) => ({ run, project: named })) };
  }
  return { items: await everywhere(ask, filter) };
}

// Across projects there is one page only: the lists of projects have nothing that orders them together.
async function everywhere(ask: Ask, filter: RunFilter): Promise<readonly FoundRun[]> {
  if (filter.after !== undefined) throw badRequest('Name a project to read further pages.');
  const all: FoundRun[] = [];
  for (const project of await ask.app.store.projects.list()) {
    if (!seesProject(ask.principal, project.id)) continue;
    const narrowed = await narrowRuns(ask, project, filter);
    if (narrowed === undefined) continue;
    const { items } = await ask.app.store.runs.list(project.id, narrowed);
    all.push(...items.map((run) => ({ run, project })));
  }
  return all.toSorted((a, b) => compareRuns(a.run, b.run, filter.order)).slice(0, filter.limit);
}

function compareRuns(a: RunState, b: RunState, order: RunFilter['order'] = 'queueTimeDescending'): number {
  const key = order.startsWith('queue')
    ? 'queueTime'
    : order.startsWith('start')
      ? 'startTime'
      : 'finishTime';
  const up = (a[key] ?? Infinity) - (b[key] ?? Infinity) || a.id - b.id;
  // Two missing times are equal, and Infinity minus Infinity is not a number.
  const known = Number.isNaN(up) ? a.id - b.id : up;
  return order.endsWith('Ascending') ? known : -known;
}

/** The latest run and the latest completed one of each definition. */
export async function latestBuilds(
  ask: Ask,
  project: ProjectRow,
  definitions: readonly DefinitionId[],
): Promise<ReadonlyMap<DefinitionId, { latestBuild?: WireBuild; latestCompletedBuild?: WireBuild }>> {
  const found = new Map<DefinitionId, { latestBuild?: WireBuild; latestCompletedBuild?: WireBuild }>();
  for (const [field, filter] of [
    ['latestBuild', {}],
    ['latestCompletedBuild', { statuses: ['completed'] }],
  ] as const) {
    if (definitions.length === 0) break;
    const { items } = await ask.app.store.runs.list(project.id, {
      ...filter,
      definitions,
      maxPerDefinition: 1,
    });
    for (const run of items) {
      found.set(run.definition.id, {
        ...found.get(run.definition.id),
        [field]: await shape(ask, { run, project }),
      });
    }
  }
  return found;
}

async function updateBuilds(ask: Ask): Promise<Collection<WireBuild>> {
  const updated: WireBuild[] = [];
  for (const item of ask.bodyList()) {
    const body = fieldsOf(item, 'Each build');
    const id = body.number('id');
    if (id === undefined) throw badRequest('Each build needs its "id".');
    const one: Ask = { ...ask, id: () => id };
    updated.push(await updateBuild(ask, await findRun(one), body));
  }
  return collection(updated);
}

/**
 * Cancels with `status: cancelling`; cancelling again, or what is over, changes nothing. `keepForever` leases the run
 * or ends that. With `?retry=true` runs the
 * failed stages again (RETRY-1).
 */
async function updateBuild(ask: Ask, found: FoundRun, body: Fields): Promise<WireBuild> {
  const status = body.word('status', BUILD_STATUS);
  if (status !== undefined && status !== 'cancelling' && status !== found.run.status) {
    throw badRequest(`A run cannot be set to "${status}"; only to "cancelling".`);
  }
  const again = ask.query.flag('retry') === true;
  if (again && status === 'cancelling') throw badRequest('A run is canceled or run again, not both.');
  if (again) await runAgain(ask, found, { type: 'Retry', allJobs: false, alone: false, by: callerName(ask) });
  if (status === 'cancelling' && found.run.status !== 'completed') await cancel(ask, found.run);
  const keep = body.flag('keepForever');
  if (keep !== undefined) await keepForever(ask, found.run, keep);
  const run = (await ask.app.store.runs.get(found.run.id)) ?? found.run;
  return shape(ask, { ...found, run });
}

async function cancel(ask: Ask, run: RunState): Promise<void> {
  const by = callerName(ask);
  const body = { type: 'Cancel', by } as const;
  await ask.app.store.inbox.execute({ to: { kind: 'run', id: run.id }, body }, randomUUID());
}
