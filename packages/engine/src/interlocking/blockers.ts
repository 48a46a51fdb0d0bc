import type { Blocker, Instant, LockId } from '@signalbox/model';
import { barriersAt, nameOf } from './barriers.ts';
import { isParallel } from './behavior.ts';
import { checksCount } from './checks-count.ts';
import { MAX_SHOWN } from './limits.ts';
import { placeOf, sameStage } from './order.ts';
import type { BundleRow, LockRow } from './rows.ts';
import type { Reader } from './slice/reader.ts';
import { membersOf, turnBlockers } from './span/inside.ts';
import { comparing } from './stale.ts';
import { isWaiting } from './waiting.ts';

/**
 * Why the bundle waits at this instant; nothing: it may be granted. The grant decision takes the first, Explain takes all:
 * there is no second code path that could disagree (QUEUEING §3). Incomplete when `read.lacks` afterwards.
 */
export function* blockersOf(read: Reader, bundle: BundleRow, now: Instant): Generator<Blocker, void> {
  if (!isWaiting(bundle)) return;
  if (bundle.inside !== undefined) return yield* turnBlockers(read, bundle);
  const blocked: LockId[] = [];
  for (const { lock: id } of bundle.requests) {
    const lock = read.lock(id);
    const holders = read.holders(id);
    if (lock === undefined || holders === undefined) continue;
    let any = false;
    for (const blocker of blockersAt(read, { bundle, lock, holders }, now)) {
      any = true;
      yield blocker;
    }
    if (any) blocked.push(id);
  }
  // Nothing else stands in the way: only now does it matter what was deployed last (Q9).
  if (blocked.length === 0) yield* comparing(read, bundle);
  else yield* notTogether(bundle, blocked);
}

/** A bundle that waits at one lock, and who holds it. */
interface Place {
  readonly bundle: BundleRow;
  readonly lock: LockRow;
  readonly holders: readonly BundleRow[];
}

function* blockersAt(read: Reader, at: Place, now: Instant): Generator<Blocker, void> {
  const { bundle, lock, holders } = at;
  if (!bundle.eligible || !checksCount(bundle.checks, now)) yield* barriersAt(read, bundle, lock, now);
  const free = freeSlots(lock, holders);
  if (free <= 0 || !sharesWith(bundle, lock, holders)) {
    const since = Math.min(...holders.map((holder) => holder.assignTime ?? holder.queueTime));
    yield { kind: 'heldBy', lock: lock.id, by: holders.slice(0, MAX_SHOWN).map(nameOf), since };
    yield* idleHolders(read, lock, holders.slice(0, MAX_SHOWN));
  }
  if (bundle.forced !== undefined) return;
  const ahead = read.first(lock.id, Math.max(free, MAX_SHOWN), placeOf(bundle));
  if (ahead !== undefined && isBehind(at, ahead, free)) {
    const by = ahead.slice(0, MAX_SHOWN).map(nameOf);
    yield { kind: 'behind', lock: lock.id, by, since: bundle.queueTime };
  }
}

const WHEN = { awaitingApproval: 'before', awaitingPostApproval: 'after' } as const;

/** Holders that are not at work but still hold, and why. */
function* idleHolders(
  read: Reader,
  { id: lock }: LockRow,
  holders: readonly BundleRow[],
): Generator<Blocker, void> {
  const all = holders.flatMap((one) => (one.span === undefined ? [one] : [one, ...membersOf(read, one)]));
  for (const one of all) {
    if (one.holder === undefined) continue;
    const { state, since, until, approvers = [] } = one.holder;
    const what = { lock, by: [nameOf(one)], since };
    if (state === 'failed') yield { kind: 'keptForFailure', ...what };
    else if (state === 'awaitingApproval' || state === 'awaitingPostApproval')
      yield { kind: 'awaitingApproval', ...what, when: WHEN[state], approvers };
    else yield { kind: 'quarantined', ...what, ...(until !== undefined && { until }) };
  }
}

/** How many more may hold the lock; negative after a reduction of its capacity (LAW-1, LAW-11). */
export function freeSlots(lock: LockRow, holders: readonly BundleRow[]): number {
  return lock.policy.capacity - holders.length;
}

/** `parallel` requests share the lock with each other, and the others with each other (LOCK-64). */
export function sharesWith(
  bundle: Pick<BundleRow, 'behavior'>,
  lock: LockRow,
  others: readonly BundleRow[],
): boolean {
  const parallel = isParallel(bundle, lock);
  return others.every((other) => isParallel(other, lock) === parallel);
}

/**
 * Those ahead reserve a slot each, so that a wide bundle cannot starve (LOCK-60). Under `runQueueTime`
 * the same stage of an older run is not passed even if there are slots for both (LAW-7).
 */
function isBehind({ bundle, lock }: Place, ahead: readonly BundleRow[], free: number): boolean {
  if (ahead.length === 0) return false;
  if (ahead.length >= free || !sharesWith(bundle, lock, ahead)) return true;
  const ordered = lock.policy.orderBy === 'runQueueTime';
  return ordered && ahead.some((other) => sameStage(other.requester, bundle.requester));
}

/** All are granted together: a lock that is free waits for the first that is not (LAW-9). */
function* notTogether(bundle: BundleRow, blocked: readonly LockId[]): Generator<Blocker, void> {
  const waitsFor = blocked[0];
  if (waitsFor === undefined) return;
  for (const { lock } of bundle.requests) {
    if (!blocked.includes(lock)) {
      yield { kind: 'notGrantedTogether', lock, waitsFor, since: bundle.queueTime };
    }
  }
}
