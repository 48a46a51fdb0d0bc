import type { Blocker, BlockerKind, BundleId, LockId } from '@signalbox/model';
import { isExempted } from './barriers.ts';
import { blockersOf, freeSlots } from './blockers.ts';
import { isLapsed, lapse } from './checks.ts';
import { askGit, isGitToBeAsked, reject } from './compare.ts';
import type { Decision } from './decision.ts';
import { cancel, isLeaseOver, isPastLimit, timeOut } from './end.ts';
import type { OrderException } from './events.ts';
import { locksOf } from './gate.ts';
import { watchHold } from './hold.ts';
import { beginLease } from './lease.ts';
import { compareBundles, placeOf } from './order.ts';
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
 * Deals with the first, in policy order over all locks that were touched, whom nothing blocks or whose waiting is over.
 * Whoever is blocked elsewhere keeps a slot reserved, so at each lock as many are looked at as there are slots (LOCK-60).
 */
export function grantNext(d: Decision): void {
  const found = [...d.toGrant].flatMap((lock) => firstAt(d, lock) ?? []);
  const [first] = found.toSorted(compareBundles);
  if (first !== undefined && !d.read.lacks) dealWith(d, first);
}

/** Whom to deal with first at a lock; a lock with nobody is done with. */
function firstAt(d: Decision, id: LockId): BundleRow | undefined {
  const lock = d.read.lock(id);
  const holders = d.read.holders(id);
  if (lock === undefined || holders === undefined) return undefined;
  const waiters = frontOf(d, id, Math.max(0, freeSlots(lock, holders)));
  const first = waiters?.find((bundle) => isDue(d, bundle));
  if (waiters !== undefined && first === undefined && !d.read.lacks) d.toGrant.delete(id);
  return first;
}

/** Whether there is something to do about a waiter now: grant it, end its waiting, or have git asked about it. */
function isDue(d: Decision, bundle: BundleRow): boolean {
  if (endOf(d, bundle) !== undefined) return true;
  const blocker = firstBlocker(d, bundle);
  return blocker === undefined || (blocker.kind === 'comparingCommits' && isGitToBeAsked(d, bundle));
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

/** Ends the waiting of the bundle, or has git asked about it, or grants it, unless superseding is to look first. */
function dealWith(d: Decision, bundle: BundleRow): void {
  const end = endOf(d, bundle);
  if (end !== undefined) return end(d, bundle);
  if (firstBlocker(d, bundle) !== undefined) return askGit(d, bundle);
  if (d.read.lacks || !lookedForNewer(d, bundle)) return;
  const passed = passedBy(d, bundle);
  if (d.read.lacks) return;
  const { stale, rejects } = judge(d.read, bundle);
  if (rejects) reject(d, bundle, stale);
  else grant(d, { ...bundle, ...(stale.length > 0 && { stale }) }, passed);
}

/** What ends the waiting of a bundle whose time or lease is over, or its turn while its checks do not count. */
function endOf(d: Decision, bundle: BundleRow): ((d: Decision, bundle: BundleRow) => void) | undefined {
  if (isPastLimit(d, bundle)) return timeOut;
  if (isLeaseOver(d, bundle)) return cancel;
  return isLapsed(d, bundle) ? lapse : undefined;
}

/** Who stands ahead at any of its locks, and what holds them back. */
function passedBy(d: Decision, bundle: BundleRow): readonly Passed[] {
  return aheadOf(d, bundle).flatMap((other) => {
    const blocker = firstBlocker(d, other);
    return blocker === undefined ? [] : [{ bundle: other.id, because: blocker.kind }];
  });
}

function firstBlocker(d: Decision, bundle: BundleRow): Blocker | undefined {
  const [blocker] = blockersOf(d.read, bundle, d.now);
  return blocker;
}

/** Who stands ahead at any of its locks, in policy order; fewer than there are slots, else it were blocked. */
function aheadOf(d: Decision, bundle: BundleRow): readonly BundleRow[] {
  const ahead = (locksOf(d, bundle) ?? []).flatMap((lock) => {
    const free = freeSlots(lock, d.read.holders(lock.id) ?? []);
    return d.read.first(lock.id, free, placeOf(bundle)) ?? [];
  });
  return [...new Set(ahead)].toSorted(compareBundles);
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
  const again = askedAgain(bundle);
  return [
    ...exceptions,
    ...(again === undefined ? [] : [again]),
    ...(bundle.passes === undefined ? [] : (['expectedLimit'] as const)),
  ];
}

/** It asks at the time that a person chose, so younger runs may have been there before (LOCK-62, X-14). */
function askedAgain({ requester, byHand }: BundleRow): OrderException | undefined {
  if (requester.attempt > 1) return 'retry';
  return byHand && 'byHand';
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
