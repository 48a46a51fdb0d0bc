import { headStartOf, minutes, type Instant, type Millis } from '@signalbox/model';
import { FIRST } from './order.ts';
import type { LockRow, Requester } from './rows.ts';

/**
 * The time that orders a bundle, the same in all its locks: by run if one of them says so, earlier by the head start
 * of its lane (QUEUEING §3). It has the least of its locks' head starts, so that no lock is jumped against its policy.
 */
export function orderTime(requester: Requester, queueTime: Instant, locks: readonly LockRow[]): Instant {
  const byRun = locks.some((lock) => lock.policy.orderBy === 'runQueueTime');
  const time = byRun ? requester.runQueueTime : queueTime;
  const headStart = Math.min(...locks.map((lock) => headStartAt(lock, requester.branch)));
  // Nobody stands before those whom an operator forces.
  return Math.max(FIRST + 1, time - headStart);
}

/** By how much a run of the branch is ahead at the lock, in milliseconds. */
export function headStartAt({ policy }: LockRow, branch: string): Millis {
  return minutes(headStartOf(policy.lanes, branch));
}

/** When the waiting of a bundle ends by itself: the shortest limit of its locks counts (LOCK-40). */
export function expiry(queueTime: Instant, locks: readonly LockRow[]): Instant {
  return queueTime + limitOf(tightest(locks));
}

/** The lock with the shortest limit: the one at which the bundle times out. */
export function tightest(locks: readonly LockRow[]): LockRow {
  return locks.reduce((a, b) => (limitOf(b) < limitOf(a) ? b : a));
}

function limitOf(lock: LockRow): number {
  return minutes(lock.policy.waitTimeoutMinutes);
}
