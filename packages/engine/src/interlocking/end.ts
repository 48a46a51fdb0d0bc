import { waitsToBeTold } from './caller-news.ts';
import type { Answer, Decision } from './decision.ts';
import { locksOf } from './gate.ts';
import type { InterlockingMessage } from './messages.ts';
import { tightest } from './place.ts';
import type { BundleRow, LockRow } from './rows.ts';
import { isWaiting } from './waiting.ts';

type WaitExpired = Extract<InterlockingMessage, { type: 'WaitExpired' }>;

/** The mail only wakes; whether the time is over is compared here (QUEUEING §3). */
export function expire(d: Decision, message: WaitExpired): void {
  const bundle = d.read.bundle(message.bundle);
  // Inside a span nobody waits for a lock, so nothing limits it.
  if (bundle?.inside !== undefined) return;
  if (bundle && isWaiting(bundle) && isPastLimit(d, bundle)) timeOut(d, bundle);
}

/** Ends a bundle that is taken back; tokens that it has are burnt. */
export function cancel(d: Decision, bundle: BundleRow): void {
  d.record({ type: 'BundleCanceled', bundle: bundle.id, at: d.now });
  leave(d, bundle);
}

/** The end of a bundle: its place or its slots are free, and settle is to look who comes next (LAW-4). */
export function leave(d: Decision, bundle: BundleRow): void {
  if (bundle.inside !== undefined) {
    d.spans.add(bundle.inside.span);
    return;
  }
  const wasHolder = bundle.status === 'inUse';
  d.touch(bundle, { supersede: wasHolder });
  if (wasHolder || bundle.eligible || !isWaiting(bundle)) return;
  for (const lock of locksOf(d, bundle) ?? []) d.openGate(lock, bundle.requester);
}

/** Whether the bundle may not be granted any more (INV-14). */
export function isPastLimit(d: Decision, bundle: BundleRow): boolean {
  return bundle.expiresAt <= d.now;
}

/** Whether a caller from outside was last heard of longer ago than its lease allows. */
export function isLeaseOver(d: Decision, bundle: BundleRow): boolean {
  const { lease } = bundle;
  return lease !== undefined && lease.until <= d.now && !waitsToBeTold(bundle);
}

/** Ends the waiting of a bundle whose time is over; the holder is not touched (LOCK-41). */
export function timeOut(d: Decision, bundle: BundleRow): void {
  const locks = locksOf(d, bundle);
  if (locks === undefined) return;
  const { id } = tightest(locks);
  d.record({ type: 'BundleTimedOut', bundle: bundle.id, lock: id, at: d.now });
  d.tell(bundle.requester, timedOutAnswer(locks));
  leave(d, bundle);
}

/** What a run is told when its stage waited too long (LOCK-42). */
export function timedOutAnswer(locks: readonly LockRow[]): Answer {
  const { name, policy } = tightest(locks);
  const { waitTimeoutMinutes, onWaitTimeout } = policy;
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the message, never awaited
  const why = { kind: 'timedOut', lock: name, minutes: waitTimeoutMinutes, then: onWaitTimeout } as const;
  return { type: 'LocksLost', why };
}
