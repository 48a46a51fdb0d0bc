import type { BlockerKind, BundleId, LockId } from '@signalbox/model';
import { blockersOf, freeSlots } from './blockers.ts';
import type { Decision } from './decision.ts';
import { isPastLimit, timeOut } from './end.ts';
import { locksOf } from './gate.ts';
import { placeOf } from './order.ts';
import type { BundleRow, LockRow } from './rows.ts';

/**
 * Grants, in policy order, every waiter of the lock that nothing blocks. Whoever is blocked elsewhere keeps
 * a slot reserved, so the walk ends after as many waiters as there are slots (LOCK-60).
 */
export function grantAt(d: Decision, id: LockId): void {
  const lock = d.read.lock(id);
  const holders = d.read.holders(id);
  if (lock === undefined || holders === undefined) return;
  const waiters = d.read.first(id, Math.max(0, freeSlots(lock, holders)));
  for (const bundle of waiters ?? []) {
    // The walk starts again without it: its place is free.
    if (isPastLimit(d, bundle)) return timeOut(d, bundle);
    const [blocker] = blockersOf(d.read, bundle);
    if (d.read.lacks) return;
    if (blocker !== undefined) continue;
    if (!lookedForNewer(d, bundle)) return;
    grant(d, bundle);
  }
  if (waiters !== undefined) d.toGrant.delete(id);
}

/** Nobody is granted before superseding has looked at all its locks; if it has to, settle comes back. */
function lookedForNewer(d: Decision, bundle: BundleRow): boolean {
  const missing = bundle.requests.filter(({ lock }) => !d.looked.has(lock));
  for (const { lock } of missing) d.lookAt(lock);
  return missing.length === 0;
}

function grant(d: Decision, bundle: BundleRow): void {
  const locks = locksOf(d, bundle);
  if (locks === undefined) return;
  const passed = passedBy(d, bundle, locks);
  const { lastTurn } = d.header;
  const requests = locks.map((lock) => ({
    lock: lock.id,
    token: lock.lastToken + 1,
    slot: lowestFreeSlot(lock, d.read.holders(lock.id) ?? []),
    supersededThrough: d.looked.get(lock.id) === true ? lastTurn : lock.supersededThrough,
  }));
  if (d.read.lacks) return;
  const some = passed.length > 0 && { passed };
  d.record({ type: 'BundleGranted', bundle: bundle.id, at: d.now, requests, ...some });
  const tokens = locks.map(({ id, name, lastToken }) => ({ lock: id, lockName: name, token: lastToken + 1 }));
  d.tell(bundle.requester, { type: 'LocksGranted', tokens });
  // A younger run of the same stage may follow at its other locks, where it was behind only this one.
  d.touch(bundle, { supersede: false });
}

/** A number of 1 … capacity that no holder has; there is one, because a slot is free. */
function lowestFreeSlot({ id }: LockRow, holders: readonly BundleRow[]): number {
  const taken = new Set(holders.map(({ requests }) => requests.find(({ lock }) => lock === id)?.slot));
  let slot = 1;
  while (taken.has(slot)) slot += 1;
  return slot;
}

/** Who stands ahead and is passed now, and what holds them back: for the journal (LAW-7). */
function passedBy(
  d: Decision,
  bundle: BundleRow,
  locks: readonly LockRow[],
): readonly { readonly bundle: BundleId; readonly because: BlockerKind }[] {
  const passed = new Map<BundleId, BlockerKind>();
  for (const lock of locks) {
    const free = freeSlots(lock, d.read.holders(lock.id) ?? []);
    for (const ahead of d.read.first(lock.id, free, placeOf(bundle)) ?? []) {
      const [blocker] = blockersOf(d.read, ahead);
      if (blocker !== undefined) passed.set(ahead.id, blocker.kind);
    }
  }
  return [...passed].map(([id, because]) => ({ bundle: id, because }));
}
