import { minutes, type Instant } from '@signalbox/model';
import type { LockRow, Requester } from './rows.ts';

/** The time that orders a bundle, the same in all its locks: by run if one of them says so (QUEUEING §3). */
export function orderTime(requester: Requester, queueTime: Instant, locks: readonly LockRow[]): Instant {
  const byRun = locks.some((lock) => lock.policy.orderBy === 'runQueueTime');
  return byRun ? requester.runQueueTime : queueTime;
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
