import { matchesBranch, type Blocker, type BlockingBundle, type Instant, type RunId } from '@signalbox/model';
import { checksCount } from './checks-count.ts';
import { MAX_SHOWN } from './limits.ts';
import { comparePlaces, runPlaceOf } from './order.ts';
import { headStartAt } from './place.ts';
import type { BundleRow, DeployedRow, ExpectedRow, LockRow, Requester } from './rows.ts';
import type { Reader } from './slice/reader.ts';

/** What barriers look at: a bundle that waits, or one that is about to. */
export type Waiter = Pick<BundleRow, 'requester' | 'queueTime' | 'hold' | 'forced' | 'checks'>;

/**
 * What keeps a waiter from its turn at a lock now, other than those ahead. Eligible is whoever meets none at any
 * of its locks; the decision and Explain both look here. Incomplete when `read.lacks` afterwards.
 */
export function* barriersAt(
  read: Reader,
  waiter: Waiter,
  lock: LockRow,
  now: Instant,
): Generator<Blocker, void> {
  const { hold } = waiter;
  if (hold !== undefined) {
    yield { kind: 'onHold', lock: lock.id, since: hold.at, actor: hold.by, reason: hold.reason };
  }
  // One that was put on hold after it was forced stays on hold: the last word of an operator counts.
  if (waiter.forced !== undefined) return;
  yield* lapsedChecks(waiter, lock, now);
  if (isFrozenFor(lock, waiter)) yield* frozen(lock);
  if (!isExempted(lock, waiter)) yield* olderRuns(read, waiter, lock);
}

function* lapsedChecks({ checks }: Waiter, lock: LockRow, now: Instant): Generator<Blocker, void> {
  if (checks === undefined || checksCount(checks, now)) return;
  const { valid, since, from = 0, until } = checks;
  const lapsedAt = until !== undefined && until <= now ? until : since;
  yield {
    kind: 'checksPending',
    lock: lock.id,
    since: lapsedAt,
    ...(valid && from > now && { until: from }),
  };
}

/** Whether a freeze of the lock keeps the bundle waiting; exempt branches pass. */
function isFrozenFor(lock: LockRow, { requester }: Waiter): boolean {
  return lock.freeze !== undefined && !matchesBranch(lock.freeze.exempt, requester.branch);
}

/** A branch that a freeze exempts waits for no older run either, for those may be frozen. */
export function isExempted(lock: LockRow, waiter: Waiter): boolean {
  return lock.freeze !== undefined && !isFrozenFor(lock, waiter);
}

function* frozen({ id, freeze }: LockRow): Generator<Blocker, void> {
  if (freeze === undefined) return;
  const { since, until, by: actor, reason } = freeze;
  yield { kind: 'frozen', lock: id, since, ...(until !== undefined && { until }), actor, reason };
}

/** Older runs of the pipeline that may still reach this stage, or are barred there themselves (LAW-7). */
function* olderRuns(read: Reader, { requester, queueTime }: Waiter, lock: LockRow): Generator<Blocker, void> {
  if (lock.policy.orderBy !== 'runQueueTime') return;
  const { definition, stage } = requester;
  const own = runPlaceOf(requester);
  // Without lanes nobody is passed, so the first few say it all.
  const enough = lock.policy.lanes.length === 0 ? MAX_SHOWN : Number.MAX_SAFE_INTEGER;
  const barred = read.barred(lock.id, { definition, stage }, own, enough) ?? [];
  const first = expectedAhead(read, requester, lock);
  const by = [
    ...(first === undefined ? [] : [expectedOne(first)]),
    ...barred.filter((other) => !overtakes(lock, requester, other.requester)).map(nameOf),
  ].slice(0, MAX_SHOWN);
  if (by.length > 0) yield { kind: 'olderRunExpected', lock: lock.id, by, since: queueTime };
}

/** The oldest run that is expected before the waiter and that its lane does not let it pass. */
function expectedAhead(read: Reader, requester: Requester, lock: LockRow): ExpectedRow | undefined {
  const { definition, stage } = requester;
  const own = runPlaceOf(requester);
  if (headStartAt(lock, requester.branch) === 0) {
    const first = read.firstExpected(lock.resource, definition, stage);
    return first && comparePlaces(runPlaceOf(first), own) < 0 ? first : undefined;
  }
  return read
    .expectedBelow({ resource: lock.resource, definition, stage }, own)
    ?.find((row) => !overtakes(lock, requester, row));
}

/** Whether the lane of a younger run lets it pass an older one at the lock (LAW-7). */
function overtakes(lock: LockRow, younger: Requester, older: Requester | ExpectedRow): boolean {
  const gain = headStartAt(lock, younger.branch) - headStartAt(lock, older.branch);
  return gain > younger.runQueueTime - older.runQueueTime;
}

/** Older runs that wait for a person and can hold the waiter back no more; at most `MAX_SHOWN` (LOCK-63). */
export function passedRuns(read: Reader, { requester }: Waiter, locks: readonly LockRow[]): readonly RunId[] {
  const rows = locks
    .filter(({ policy }) => policy.orderBy === 'runQueueTime')
    .flatMap(({ resource }) => read.lapsed(resource, requester) ?? []);
  return [...new Set(rows.map(({ run }) => run))].toSorted((a, b) => a - b).slice(0, MAX_SHOWN);
}

/** Names a bundle in a blocker. */
export function nameOf({ id, requester, status, span }: BundleRow): BlockingBundle {
  const { run, definition, stage, attempt, caller } = requester;
  const isSpan = status === 'inUse' && span !== undefined && span.over === undefined;
  const more = { ...(caller && { caller: caller.name }), ...(isSpan && { until: span.until }) };
  return { bundle: id, run, definition, stage, attempt, ...more };
}

/** Names in a blocker who deployed. */
export function nameOfDeployed({ bundle, run, definition, stage, attempt }: DeployedRow): BlockingBundle {
  return { bundle, run, definition, stage, attempt };
}

function expectedOne({ run, definition, stage }: ExpectedRow): BlockingBundle {
  return { bundle: 0, run, definition, stage, attempt: 1 };
}
