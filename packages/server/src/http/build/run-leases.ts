import type { Collection, WireRunLease } from '@signalbox/api';
import type { ProjectRow, RunLeaseFilter, RunLeaseInput, RunLeaseRow } from '@signalbox/store';
import { DAY_MS, KEPT_DAYS, LEASES_AT_ONCE } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, forbidden, notFound } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { collection, wireTime } from '../shape/common.ts';
import { findRun } from './find-run.ts';
import { ownerOfPerson } from './keep-run.ts';

/** Leases that keep runs (REST.md §3.3). */
export const runLeaseHandlers: Handlers<
  'leasesOfBuild' | 'listRunLeases' | 'addRunLeases' | 'deleteRunLeases' | 'getRunLease' | 'updateRunLease'
> = {
  async leasesOfBuild(ask) {
    const { run, project } = await findRun(ask);
    return wireLeases(await ask.app.store.runLeases.list(project.id, { run: run.id }));
  },
  listRunLeases: async (ask) => list(ask),
  addRunLeases: async (ask) => add(ask),
  deleteRunLeases: async (ask) => remove(ask),
  async getRunLease(ask) {
    return wireLease(await findLease(ask, await ask.project()));
  },
  updateRunLease: async (ask) => update(ask),
};

/** `ownerId` and the others together, or any of the triples in `leasesToFetch`, as node-api writes them out. */
async function list(ask: Ask): Promise<Collection<WireRunLease>> {
  const project = await ask.project();
  const { runLeases } = ask.app.store;
  const several = filtersToFetch(ask);
  if (several.length === 0) return wireLeases(await runLeases.list(project.id, readFilter(ask, '')));
  const found = new Map<number, RunLeaseRow>();
  for (const filter of several) {
    for (const lease of await runLeases.list(project.id, filter)) found.set(lease.id, lease);
  }
  return wireLeases([...found.values()].toSorted((a, b) => a.id - b.id));
}

function filtersToFetch(ask: Ask): readonly RunLeaseFilter[] {
  const filters: RunLeaseFilter[] = [];
  for (let index = 0; index < LEASES_AT_ONCE; index += 1) {
    const filter = readFilter(ask, `leasesToFetch.${index}.`);
    if (Object.keys(filter).length === 0) break;
    filters.push(filter);
  }
  return filters;
}

function readFilter({ query }: Ask, prefix: string): RunLeaseFilter {
  const user = query.text(`${prefix}userOwnerId`);
  const owner = query.text(`${prefix}ownerId`) ?? (user === undefined ? undefined : ownerOfPerson(user));
  const definition = query.number(`${prefix}definitionId`);
  const run = query.number(`${prefix}runId`);
  return {
    ...(owner !== undefined && { owner }),
    ...(definition !== undefined && { definition }),
    ...(run !== undefined && { run }),
  };
}

async function add(ask: Ask): Promise<Collection<WireRunLease>> {
  const project = await ask.project();
  const items = ask.bodyList();
  if (items.length === 0) throw badRequest('The list holds no lease.');
  if (items.length > LEASES_AT_ONCE) throw badRequest(`At most ${LEASES_AT_ONCE} leases are added at once.`);
  const leases = items.map((item) => readLease(ask, fieldsOf(item, 'Each lease')));
  for (const { run } of leases) checkOwn(ask, run);
  return wireLeases(await ask.app.store.runLeases.add(project.id, leases));
}

function readLease(ask: Ask, lease: Fields): RunLeaseInput {
  const [run, definition] = [lease.number('runId'), lease.number('definitionId')];
  if (run === undefined || definition === undefined)
    throw badRequest('Each lease needs "runId" and "definitionId".');
  const owner = lease.text('ownerId')?.trim() ?? '';
  if (owner === '') throw badRequest('Each lease needs "ownerId": who wants the run kept.');
  const days = lease.number('daysValid');
  if (days === undefined) throw badRequest('Each lease needs "daysValid".');
  const protectPipeline = lease.flag('protectPipeline') ?? false;
  return { run, definition, owner, validUntil: until(ask, days), protectPipeline };
}

function until({ now }: Ask, days: number): number {
  if (days < 1 || days > KEPT_DAYS) throw badRequest(`"daysValid" must be 1 to ${KEPT_DAYS}.`);
  return now + days * DAY_MS;
}

/** A step keeps the run that it is part of, and no other. */
function checkOwn({ principal }: Ask, run: number): void {
  if (principal.role !== 'job' || principal.run === run) return;
  throw forbidden("A job's token keeps its own run only.");
}

async function remove(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  const ids = ask.query.numbers('ids') ?? [];
  if (ids.length === 0) throw badRequest('"ids" is missing: the leases to end.');
  for (const { run } of await ask.app.store.runLeases.list(project.id, { ids })) checkOwn(ask, run);
  await ask.app.store.runLeases.remove(project.id, ids);
  await ask.reply.code(204).send();
  return undefined;
}

async function update(ask: Ask): Promise<WireRunLease> {
  const project = await ask.project();
  const { id, run } = await findLease(ask, project);
  checkOwn(ask, run);
  const body = ask.body();
  const [days, protectPipeline] = [body.number('daysValid'), body.flag('protectPipeline')];
  const changed = await ask.app.store.runLeases.update(project.id, id, {
    ...(days !== undefined && { validUntil: until(ask, days) }),
    ...(protectPipeline !== undefined && { protectPipeline }),
  });
  if (changed === undefined) throw notFound('RetentionLease', `The lease ${id}`);
  return wireLease(changed);
}

async function findLease(ask: Ask, project: ProjectRow): Promise<RunLeaseRow> {
  const id = ask.id('leaseId', 'RetentionLease');
  const [lease] = await ask.app.store.runLeases.list(project.id, { ids: [id] });
  if (lease === undefined) throw notFound('RetentionLease', `The lease ${id}`);
  return lease;
}

function wireLeases(rows: readonly RunLeaseRow[]): Collection<WireRunLease> {
  return collection(rows.map(wireLease));
}

function wireLease(row: RunLeaseRow): WireRunLease {
  return {
    leaseId: row.id,
    ownerId: row.owner,
    definitionId: row.definition,
    runId: row.run,
    createdOn: wireTime(row.createdAt),
    validUntil: wireTime(row.validUntil),
    protectPipeline: row.protectPipeline,
  };
}
