import { tellCaller, waitsToBeTold } from './caller-news.ts';
import type { Decision } from './decision.ts';
import { cancel, isLeaseOver, isPastLimit, timeOut } from './end.ts';
import { locksOf } from './gate.ts';
import { endHold, holdLimitOf } from './hold.ts';
import { LEASE_MARGIN_MS } from './limits.ts';
import type { InterlockingMessage } from './messages.ts';
import { refuse } from './operate.ts';
import type { BundleRow, LockRow } from './rows.ts';
import { isOpen, isWaiting } from './waiting.ts';

type RenewLease = Extract<InterlockingMessage, { type: 'RenewLease' }>;
type ReleaseLease = Extract<InterlockingMessage, { type: 'ReleaseLease' }>;
type LeaseDue = Extract<InterlockingMessage, { type: 'LeaseDue' }>;

/** Who speaks for a lease. */
interface Spoken {
  readonly request: string;
  readonly owner: string;
}

/** The lease of a caller that was told of its grant begins now; it has to be heard of from here on. */
export function beginLease(d: Decision, { id, requester, lease }: BundleRow): void {
  if (requester.caller?.channel === undefined || lease === undefined) return;
  d.wake({ type: 'LeaseDue', bundle: id }, lease.until);
}

/** A sign of life: the lease lasts its seconds from now. One that is over never comes back (INV-07). */
export function renewLease(d: Decision, message: RenewLease): void {
  const bundle = leaseOf(d, message);
  if (bundle !== undefined) heardAgain(d, bundle, message);
}

/** Renews the lease of a caller that waits or holds. Replies `{ bundle }`. */
export function heardAgain(d: Decision, bundle: BundleRow, { owner }: Pick<Spoken, 'owner'>): void {
  const { lease } = bundle;
  if (!speaksFor(d, bundle, owner) || lease === undefined) return;
  const lost = whyLost(d, bundle);
  if (lost !== undefined) return refuse(d, { code: 'lease-lost', message: lost });
  d.reply = { ok: true, value: { bundle: bundle.id } };
  const until = d.now + lease.seconds * 1000;
  if (until > lease.until) d.record({ type: 'LeaseRenewed', bundle: bundle.id, at: d.now, until });
}

/**
 * The caller is done, or waits no more. Of no effect when repeated, and allowed in the margin after the end of
 * the lease: it is the caller's own word that nothing of it acts any more (INV-04, INV-07). Replies `{ bundle }`.
 */
export function releaseLease(d: Decision, message: ReleaseLease): void {
  const bundle = leaseOf(d, message);
  if (bundle === undefined || !speaksFor(d, bundle, message.owner)) return;
  d.reply = { ok: true, value: { bundle: bundle.id } };
  if (isOpen(bundle)) cancel(d, bundle);
  else if (bundle.status === 'inUse') endHold(d, bundle, message.failed ? { end: 'failed' } : {});
}

/**
 * The mail only wakes; whether the lease is over is compared here. A waiter that was not heard of any more leaves
 * the queue. A holder is quarantined, and keeps its locks until the margin is over, too (LAW-8, LAW-10).
 */
export function leaseDue(d: Decision, message: LeaseDue): void {
  const bundle = d.read.bundle(message.bundle);
  if (!bundle?.lease || bundle.holder?.state === 'failed') return;
  const { until } = bundle.lease;
  if (isWaiting(bundle)) {
    if (isPastLimit(d, bundle)) timeOut(d, bundle);
    else if (isLeaseOver(d, bundle)) cancel(d, bundle);
    else if (!waitsToBeTold(bundle)) d.wake(message, until);
  } else if (bundle.status === 'inUse') holderDue(d, bundle, until);
}

function holderDue(d: Decision, bundle: BundleRow, until: number): void {
  const silent = until + LEASE_MARGIN_MS;
  if (d.now >= silent) return endHold(d, bundle, { end: 'abandoned' });
  d.wake({ type: 'LeaseDue', bundle: bundle.id }, d.now < until ? until : silent);
  if (d.now < until || bundle.holder !== undefined) return;
  d.record({ type: 'HolderChanged', bundle: bundle.id, at: d.now, state: 'quarantined', until: silent });
  d.effect(tellCaller(d.project, bundle.requester, 'lost'));
}

/** The lease that is meant; undefined when it was refused or rows are lacking. */
function leaseOf(d: Decision, { request }: Spoken): BundleRow | undefined {
  const bundle = d.read.bundleOf(0, request, 1);
  if (bundle === null) refuse(d, { code: 'lease-not-found', message: `There is no lease '${request}'.` });
  return bundle ?? undefined;
}

/** Only whose token asked may renew or release; everybody else would be somebody with a guessed name. */
function speaksFor(d: Decision, { requester: { stage, caller } }: BundleRow, owner: string): boolean {
  if (caller?.owner === owner) return true;
  refuse(d, { code: 'lease-owner', message: `The lease '${stage}' was asked for with another token.` });
  return false;
}

/** Why a lease cannot be renewed; undefined when it can. */
function whyLost(d: Decision, bundle: BundleRow): string | undefined {
  const { requester, status, holder } = bundle;
  const name = `The lease '${requester.stage}'`;
  if (status !== 'inUse' && !isWaiting(bundle)) return `${name} is over: it is ${status}.`;
  if (isLeaseOver(d, bundle) || holder !== undefined) return `${name} was not renewed in time.`;
  const isOver = (lock: LockRow): boolean => (holdLimitOf(bundle, lock) ?? Infinity) <= d.now;
  const cancels = (locksOf(d, bundle) ?? []).find(
    (lock) => lock.policy.onHoldLimit === 'cancel' && isOver(lock),
  );
  return cancels && `${name} has held ${cancels.name} longer than its hold limit allows.`;
}
