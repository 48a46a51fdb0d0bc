import { stopExpecting } from './expect.ts';
import { heldSpan } from './span.ts';
import type { Asked, State } from './state.ts';
import { sameGroup } from './supersede.ts';

/** `onApproval`: those who wait or await approval in its group at a lock that says so, and are older, go. */
export function approve(s: State, bundle: Asked | undefined): void {
  if (bundle === undefined || bundle.approved) return;
  const lacks = bundle.unapproved && ['waiting', 'holding'].includes(bundle.status);
  if (bundle.status !== 'awaiting' && !lacks) return;
  bundle.approved = true;
  delete bundle.unapproved;
  for (const lock of bundle.locks.filter(({ policy }) => policy.supersede === 'onApproval')) {
    for (const other of s.bundles) {
      const waits = other.status === 'awaiting' || (s.waiting().includes(other) && other.eligible);
      const older = other.rank < bundle.rank || (other.rank === bundle.rank && other.run < bundle.run);
      if (!waits || !older || !other.locks.includes(lock) || other.run === bundle.run) continue;
      if (!sameGroup(lock, other, bundle)) continue;
      // Its run holds the lock already.
      if (heldSpan(s, other.run)?.locks.includes(lock)) continue;
      if (other.status === 'awaiting') stopExpecting(s, other.run, other.stage);
      other.status = 'superseded';
      other.supersededBy = bundle.run;
    }
  }
}
