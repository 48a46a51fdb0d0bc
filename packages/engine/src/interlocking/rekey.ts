import type { BundleId, Instant } from '@signalbox/model';
import { behaviorOf } from './behavior.ts';
import { recount } from './checks.ts';
import type { Decision } from './decision.ts';
import { timeOut } from './end.ts';
import { arrive, locksOf, standingOf, takesTurns } from './gate.ts';
import { compareByRun, comparePlaces, runPlaceOf, sameStage } from './order.ts';
import { expiry, orderTime } from './place.ts';
import type { BundleRow, LockRow } from './rows.ts';

/**
 * Gives everybody who waits at a lock the place, the limit and the turn that its new policy means; `before`
 * is the lock as it was. The one decision that looks at all waiters, O(n) by nature (LAW-11).
 */
export function rekeyWaiters(d: Decision, before: LockRow): void {
  const after = d.read.lock(before.id);
  if (after === undefined || !changesPlaces(before, after)) return;
  const waiting = d.read.waiting(before.id) ?? [];
  // Oldest run first: whether a run is barred hangs on the older ones.
  for (const { id } of waiting.toSorted(compareByRun)) {
    recount(d, d.current(id));
    const bundle = d.current(id);
    const locks = bundle && locksOf(d, bundle);
    if (bundle !== undefined && locks !== undefined) rekey(d, { bundle, locks, before, after });
  }
}

function changesPlaces(before: LockRow, after: LockRow): boolean {
  const { policy: a } = before;
  const { policy: b } = after;
  return (
    before.freeze !== after.freeze ||
    JSON.stringify(a.lanes) !== JSON.stringify(b.lanes) ||
    a.orderBy !== b.orderBy ||
    a.waitTimeoutMinutes !== b.waitTimeoutMinutes ||
    a.behavior !== b.behavior
  );
}

interface Rekeyed {
  readonly bundle: BundleRow;
  readonly locks: readonly LockRow[];
  readonly before: LockRow;
  readonly after: LockRow;
}

function rekey(d: Decision, one: Rekeyed): void {
  const { bundle, locks } = one;
  const standing = standingOf(d, bundle, locks);
  if (standing === undefined) return;
  const { barred, passes } = standing;
  const order = orderOf(bundle, locks);
  const expiresAt = expiry(bundle.queueTime, locks);
  if (expiresAt <= d.now) return timeOut(d, bundle);
  const isNew = !barred && (!bundle.eligible || isRegrouped(one));
  const turn = isNew && takesTurns(bundle, locks) ? d.header.lastTurn + 1 : bundle.turn;
  const moved = order !== bundle.order || bundle.eligible === barred || turn !== bundle.turn;
  if (expiresAt !== bundle.expiresAt) d.timers.add(bundle.id);
  else if (!moved) return;
  d.record({
    type: 'BundleRekeyed',
    bundle: bundle.id,
    order,
    expiresAt,
    eligible: !barred,
    turn,
    ...passes,
  });
  if (isNew) arrive(d, bundle, locks);
  else standBack(d, bundle, locks);
}

/** It has another place; if it has lost its turn, those behind it have, too. */
function standBack(d: Decision, before: BundleRow, locks: readonly LockRow[]): void {
  d.touch(before, { supersede: false });
  if (before.eligible && d.current(before.id)?.eligible === false) closeBehind(d, before, locks);
}

/** Younger runs that came to their turn behind a bundle wait for it again, now that it waits itself (LAW-7). */
function closeBehind(d: Decision, { requester }: BundleRow, locks: readonly LockRow[]): void {
  for (const { id: lock, policy } of locks) {
    if (policy.orderBy !== 'runQueueTime') continue;
    const queue = d.read.group(lock, requester.definition, undefined) ?? [];
    for (const other of queue.toSorted(compareByRun)) {
      const isYounger = comparePlaces(runPlaceOf(requester), runPlaceOf(other.requester)) < 0;
      if (isYounger && sameStage(requester, other.requester)) turnBack(d, other.id);
    }
  }
}

function turnBack(d: Decision, id: BundleId): void {
  const bundle = d.current(id);
  const locks = bundle && locksOf(d, bundle);
  const standing = locks && standingOf(d, bundle, locks);
  if (bundle === undefined || !bundle.eligible || locks === undefined || !standing?.barred) return;
  const { order, expiresAt, turn } = bundle;
  d.record({
    type: 'BundleRekeyed',
    bundle: id,
    order,
    expiresAt,
    eligible: false,
    turn,
    ...standing.passes,
  });
  standBack(d, bundle, locks);
}

/** A place that an operator gave stays. */
function orderOf(bundle: BundleRow, locks: readonly LockRow[]): Instant {
  if (bundle.moved !== undefined || bundle.forced !== undefined) return bundle.order;
  return orderTime(bundle.requester, bundle.queueTime, locks);
}

/** It is compared with others now, or with nobody any more: superseding is to look at it again. */
function isRegrouped({ bundle, before, after }: Rekeyed): boolean {
  return behaviorOf(bundle, before) !== behaviorOf(bundle, after);
}
