import {
  MAX_SIMULATED,
  WholeInterlocking,
  type BundleRow,
  type LockRow,
  type Moment,
} from '@signalbox/engine';
import type { DefinitionId, Instant, LockId } from '@signalbox/model';
import type { ProjectRow, Store } from '@signalbox/store';

/** Locks that an answer follows, as a decision does (QUEUEING §3). */
const MAX_LOCKS = 64;

/** A moment of the locks of a project: those asked about, and those at which the same requests wait. */
export interface ReadMoment extends Moment {
  /** True when some requests were left out. */
  readonly bounded: boolean;
}

/**
 * Reads the first waiters and the holders of locks, and of the locks that those wait for as well, until there are no
 * more (or 64). One question after the other: what changes in between may be seen in part.
 */
export async function readMoment(
  store: Store,
  project: ProjectRow,
  { locks, now }: { readonly locks: readonly LockId[]; readonly now: Instant },
): Promise<ReadMoment> {
  const known = new Map((await store.locks.list(project.id)).map((lock) => [lock.id, lock]));
  const bundles = new Map<number, BundleRow>();
  const rows = new WholeInterlocking();
  const left = [...new Set(locks)];
  let bounded = false;
  for (let id = left.shift(); id !== undefined && rows.locks.size < MAX_LOCKS; id = left.shift()) {
    const lock = known.get(id);
    if (lock === undefined || rows.locks.has(id)) continue;
    rows.setLock(lock);
    const found = await readLock(store, project, { lock, rows });
    bounded ||= found.bounded;
    for (const bundle of found.bundles) bundles.set(bundle.id, bundle);
    left.push(...found.bundles.flatMap(({ requests }) => requests.map((one) => one.lock)));
  }
  for (const bundle of bundles.values()) {
    // A stage that also needs a lock which was not followed would look freer than it is.
    if (bundle.requests.every(({ lock }) => rows.locks.has(lock))) rows.setBundle(bundle);
    else bounded = true;
  }
  const [answer] = await store.locks.answer(project.id, [{ need: 'header' }]);
  if (answer?.header !== undefined) rows.setHeader(answer.header);
  return { project: project.id, rows, now, bounded };
}

interface FoundAtLock {
  readonly bundles: readonly BundleRow[];
  readonly bounded: boolean;
}

async function readLock(
  store: Store,
  project: ProjectRow,
  { lock, rows }: { readonly lock: LockRow; readonly rows: WholeInterlocking },
): Promise<FoundAtLock> {
  const limit = MAX_SIMULATED;
  const holders = await store.locks.holders(project.id, lock.id);
  const waiters = await store.locks.waiters(project.id, lock.id, { limit });
  const expected = await store.locks.expected(project.id, lock.resource, { limit });
  for (const row of expected.items) rows.addExpected(row);
  const here = [...holders, ...waiters.items.map(({ bundle }) => bundle)];
  const definitions = [...here.map(({ requester }) => requester), ...expected.items].map(
    (one) => one.definition,
  );
  const at = { lock: lock.id, definitions: [...new Set(definitions)] };
  const awaiting = await readAwaiting(store, project, at);
  if (lock.policy.staleGuard !== 'allow') await readDeployed(store, project, { ...at, rows });
  const bounded = waiters.next !== undefined || expected.next !== undefined;
  return { bundles: [...here, ...awaiting], bounded };
}

interface AtLock {
  readonly lock: LockId;
  readonly definitions: readonly DefinitionId[];
}

/** Stages that wait for their approvals: an approval of a younger run may supersede them. */
async function readAwaiting(
  store: Store,
  project: ProjectRow,
  { lock, definitions }: AtLock,
): Promise<readonly BundleRow[]> {
  const needs = definitions.map((definition) => ({ need: 'awaiting', lock, definition }) as const);
  const answers = await store.locks.answer(project.id, needs);
  return answers.flatMap(({ bundles = [] }) => bundles);
}

/** What the pipelines last deployed behind a lock with a guard (LOCK-67). */
async function readDeployed(
  store: Store,
  project: ProjectRow,
  { lock, definitions, rows }: AtLock & { readonly rows: WholeInterlocking },
): Promise<void> {
  const needs = definitions.map((definition) => ({ need: 'deployed', lock, definition }) as const);
  const answers = await store.locks.answer(project.id, needs);
  for (const row of answers.flatMap(({ deployed = [] }) => deployed)) rows.setDeployed(row);
}
