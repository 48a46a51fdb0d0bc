import type { BlockerKind, BundleId, LockId } from '@signalbox/model';
import { isExempted } from './barriers.ts';
import { aheadOf, firstBlocker, firstToGo, withBlocker } from './ahead.ts';
import { freeSlots } from './blockers.ts';
import { isLapsed, lapse } from './checks.ts';
import { askGit, reject } from './compare.ts';
import type { Decision } from './decision.ts';
import { cancel, isLeaseOver, isPastLimit, timeOut } from './end.ts';
import type { OrderException } from './events.ts';
import { locksOf } from './gate.ts';
import { watchHold } from './hold.ts';
import { beginLease } from './lease.ts';
import { headStartAt } from './place.ts';
import { protectionBy } from './protect.ts';
import { grantedAnswer } from './request.ts';
import type { BundleRow, LockRow } from './rows.ts';
import { gather } from './span/pass.ts';
import { judge } from './stale.ts';

/** Somebody who stands ahead and is passed, and what holds them back. */
interface Passed {
  readonly bundle: BundleId;
  readonly because: BlockerKind;
}

/**
 * Grants, in policy order, every waiter of the lock that nothing blocks. Whoever is blocked elsewhere keeps
 * a slot reserved, so the walk ends after as many waiters as there are slots (LOCK-60).
 */
export function grantAt(d: Decision, id: LockId): void {
  const lock = d.read.lock(id);
  const holders = d.read.holders(id);
  if (lock === undefined || holders === undefined) return;
  const waiters = frontOf(d, id, Math.max(0, freeSlots(lock, holders)));
  for (const bundle of waiters ?? []) {
    // When another one is dealt with first, settle starts the walk again.
    if (dealWith(d, bundle) !== bundle) return;
  }
  if (waiters !== undefined) d.toGrant.delete(id);
}

/** As many waiters as there are slots, besides those whom an operator forces: they keep no slot from each other. */
function frontOf(d: Decision, id: LockId, free: number): readonly BundleRow[] | undefined {
  for (let count = free; ;) {
    const found = d.read.first(id, count);
    if (found === undefined || found.length < count) return found;
    const wanted = free === 0 ? 0 : free + found.filter(({ forced }) => forced !== undefined).length;
    if (wanted === count) return found;
    count = wanted;
  }
}

/** Grants the bundle, or ends it, or leaves it blocked; or does so with one who goes before it. Answers with whom. */
function dealWith(d: Decision, bundle: BundleRow): BundleRow | undefined {
  if (hasEnded(d, bundle)) return undefined;
  const blocker = firstBlocker(d, bundle);
  if (blocker?.kind === 'comparingCommits') askGit(d, bundle);
  if (blocker !== undefined) return bundle;
  if (d.read.lacks || !lookedForNewer(d, bundle)) return undefined;
  const ahead = aheadOf(d, bundle).map((other) => withBlocker(d, other));
  const before = firstToGo(d, ahead);
  if (d.read.lacks) return undefined;
  if (before !== undefined) return dealWith(d, before);
  const { stale, rejects } = judge(d.read, bundle);
  if (rejects) {
    reject(d, bundle, stale);
    return undefined;
  }
  grant(
    d,
    { ...bundle, ...(stale.length > 0 && { stale }) },
    ahead.flatMap((one) => (one.blocker ? [{ bundle: one.other.id, because: one.blocker.kind }] : [])),
  );
  // With a span others may have left the queue: the walk begins anew.
  return bundle.span === undefined ? bundle : undefined;
}

/** Ends the waiting of a bundle whose time, lease or checks are over, or its turn. True when it did. */
function hasEnded(d: Decision, bundle: BundleRow): boolean {
  const end = isPastLimit(d, bundle)
    ? timeOut
    : isLeaseOver(d, bundle)
      ? cancel
      : isLapsed(d, bundle)
        ? lapse
        : undefined;
  end?.(d, bundle);
  return end !== undefined;
}

/** Nobody is granted before superseding has looked at all its locks; if it has to, settle comes back. */
function lookedForNewer(d: Decision, bundle: BundleRow): boolean {
  const missing = bundle.requests.filter(({ lock }) => !d.looked.has(lock));
  for (const { lock } of missing) d.lookAt(lock);
  return missing.length === 0;
}

function grant(d: Decision, bundle: BundleRow, passed: readonly Passed[]): void {
  const locks = locksOf(d, bundle);
  if (locks === undefined) return;
  const { lastTurn } = d.header;
  const requests = locks.map((lock) => ({
    lock: lock.id,
    token: lock.lastToken + 1,
    slot: lowestFreeSlot(lock, d.read.holders(lock.id) ?? []),
    supersededThrough: d.looked.get(lock.id) === true ? lastTurn : lock.supersededThrough,
  }));
  const exceptions = exceptionsOf(bundle, locks);
  const { stale } = bundle;
  const some = {
    ...(passed.length > 0 && { passed }),
    ...(exceptions.length > 0 && { exceptions }),
    ...(stale !== undefined && { stale }),
  };
  d.record({ type: 'BundleGranted', bundle: bundle.id, at: d.now, requests, ...some });
  const holder = d.current(bundle.id);
  if (holder === undefined) return;
  watchHold(d, holder);
  beginLease(d, holder);
  const own = locks.filter(({ id }) => holder.span?.own.includes(id) ?? true);
  d.tell(bundle.requester, { ...grantedAnswer(holder, locks), ...protectionBy(own) });
  // A younger run of the same stage may follow at its other locks, where it was behind only this one.
  d.touch(bundle, { supersede: false });
  if (holder.span !== undefined) gather(d, holder);
}

/** Why the bundle may come before an older run, where that matters (LAW-7). */
function exceptionsOf(bundle: BundleRow, locks: readonly LockRow[]): readonly OrderException[] {
  const exceptions: OrderException[] = [];
  if (bundle.forced !== undefined) exceptions.push('forced');
  if (bundle.moved !== undefined) exceptions.push('moved');
  if (bundle.wasHeld) exceptions.push('onHold');
  if (bundle.wasLapsed) exceptions.push('checks');
  if (locks.some((lock) => isExempted(lock, bundle))) exceptions.push('freezeExemption');
  if (locks.some((lock) => headStartAt(lock, bundle.requester.branch) > 0)) exceptions.push('lane');
  if (isForLater(bundle, locks)) exceptions.push('span');
  if (locks.every(({ policy }) => policy.orderBy === 'arrival')) return exceptions;
  return [
    ...exceptions,
    ...(bundle.requester.attempt > 1 ? (['retry'] as const) : []),
    ...(bundle.passes === undefined ? [] : (['expectedLimit'] as const)),
  ];
}

/** At a lock that only later stages of its span use, the older runs of those stages are not waited for. */
function isForLater({ span }: BundleRow, locks: readonly LockRow[]): boolean {
  return locks.some(
    ({ id, policy }) => policy.orderBy === 'runQueueTime' && span?.own.includes(id) === false,
  );
}

/** A number of 1 … capacity that no holder has; there is one, because a slot is free. */
function lowestFreeSlot({ id }: LockRow, holders: readonly BundleRow[]): number {
  const taken = new Set(holders.map(({ requests }) => requests.find(({ lock }) => lock === id)?.slot));
  let slot = 1;
  while (taken.has(slot)) slot += 1;
  return slot;
}
