import { groupOf } from './behavior.ts';
import { isLapsed } from './checks.ts';
import type { Decision } from './decision.ts';
import { dropExpected } from './expect.ts';
import { locksOf } from './gate.ts';
import type { InterlockingMessage } from './messages.ts';
import { compareNewestFirst } from './order.ts';
import type { BundleRow, LockRow } from './rows.ts';
import { heldSpan } from './span/inside.ts';
import { supersedeOne } from './supersede.ts';

type ApprovalGiven = Extract<InterlockingMessage, { type: 'ApprovalGiven' }>;

/**
 * The stage attempt has its approvals. Where a lock says `supersede: onApproval`, that cancels the older runs of
 * its group that still wait there, for the lock or for their own approval (Q3). The order in which the
 * interlocking learns of approvals decides; one for a stage that was superseded before changes nothing (GAP-48).
 */
export function approve(d: Decision, { run, stage, attempt }: ApprovalGiven): void {
  const bundle = d.read.bundleOf(run, stage, attempt);
  if (bundle && mayBeApproved(bundle)) noteApproval(d, bundle);
}

/** It waits for its approvals: to ask for its locks, in their queue, or with its slots taken (CLASSIC-3). */
function mayBeApproved({ status, approvedAt, finishTime, awaitsApproval }: BundleRow): boolean {
  if (approvedAt !== undefined || finishTime !== undefined) return false;
  return status === 'expected' || awaitsApproval !== undefined;
}

/** The approvals of a bundle are complete; see `approve`. */
export function noteApproval(d: Decision, bundle: BundleRow): void {
  const locks = locksOf(d, bundle);
  if (locks === undefined) return;
  const found = locks.flatMap((lock) => olderAt(d, bundle, lock));
  if (d.read.lacks) return;
  d.record({ type: 'BundleApproved', bundle: bundle.id, at: d.now });
  const older = new Map(found.map((one) => [one.bundle.id, one]));
  const newestFirst = [...older.values()].toSorted((a, b) => compareNewestFirst(a.bundle, b.bundle));
  for (const { bundle: other, lock } of newestFirst) {
    supersedeOne(d, other, bundle, lock);
    if (other.status === 'expected') dropExpected(d, other.requester.run, other.requester.stage);
  }
}

function olderAt(
  d: Decision,
  bundle: BundleRow,
  lock: LockRow,
): readonly { readonly bundle: BundleRow; readonly lock: LockRow }[] {
  const group = groupOf(bundle, lock);
  if (lock.policy.supersede !== 'onApproval' || group === undefined) return [];
  const { definition, branch, key } = group;
  const awaiting = d.read.awaiting(lock.id, definition, branch) ?? [];
  const waiting = d.read.group(lock.id, definition, branch) ?? [];
  return (
    [...awaiting, ...waiting]
      .filter((other) => groupOf(other, lock)?.key === key)
      .filter((other) => other.requester.run !== bundle.requester.run && !isLapsed(d, other))
      .filter((other) => compareNewestFirst(bundle, other) < 0)
      // Its run holds the lock already: a holder is never superseded (LAW-6).
      .filter(
        (other) =>
          heldSpan(d.read, other.requester.run)?.requests.every((one) => one.lock !== lock.id) ?? true,
      )
      .map((other) => ({ bundle: other, lock }))
  );
}
