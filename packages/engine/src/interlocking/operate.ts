import type { BundleId } from '@signalbox/model';
import type { Refusal } from '../refusals.ts';
import { recount } from './checks.ts';
import type { Decision } from './decision.ts';
import { leave } from './end.ts';
import { arrive, locksOf, standingOf, takesTurns } from './gate.ts';
import { MAX_REASON } from './limits.ts';
import type { InterlockingMessage } from './messages.ts';
import type { BundleRow } from './rows.ts';
import { isOpen, isWaiting } from './waiting.ts';

type HoldRequest = Extract<InterlockingMessage, { type: 'HoldRequest' }>;
type UnholdRequest = Extract<InterlockingMessage, { type: 'UnholdRequest' }>;
type MoveRequest = Extract<InterlockingMessage, { type: 'MoveRequest' }>;
type WithdrawRequest = Extract<InterlockingMessage, { type: 'WithdrawRequest' }>;
type ForceGrant = Extract<InterlockingMessage, { type: 'ForceGrant' }>;

/** What every operator's message about a request says. */
interface Act {
  readonly bundle: BundleId;
  readonly by: string;
  readonly reason: string;
}

/** Takes a waiter out of the turn; it keeps its place, and younger runs of its pipeline may pass it. */
export function holdRequest(d: Decision, message: HoldRequest): void {
  const bundle = waiterOf(d, message);
  if (bundle === undefined) return;
  changed(d, bundle.hold === undefined);
  if (bundle.hold !== undefined) return;
  const { by, reason } = message;
  d.record({ type: 'BundleHeld', bundle: bundle.id, at: d.now, by, reason });
  leave(d, bundle);
}

/** Lets a waiter take its turn again. */
export function unholdRequest(d: Decision, message: UnholdRequest): void {
  const bundle = waiterOf(d, message);
  if (bundle === undefined) return;
  changed(d, bundle.hold !== undefined);
  if (bundle.hold === undefined) return;
  recount(d, bundle);
  const { hold: _hold, ...free } = d.current(bundle.id) ?? bundle;
  const locks = locksOf(d, bundle);
  const standing = locks && standingOf(d, free, locks);
  if (locks === undefined || standing === undefined) return;
  const { by, reason } = message;
  const turn = !standing.barred && takesTurns(free, locks) ? d.header.lastTurn + 1 : bundle.turn;
  const now = { eligible: !standing.barred, turn, ...standing.passes };
  d.record({ type: 'BundleUnheld', bundle: bundle.id, at: d.now, by, reason, ...now });
  if (!standing.barred) arrive(d, bundle, locks);
}

/**
 * Gives a waiter the place before or after another waiter of one of its locks, to the millisecond: whoever
 * asked in the same millisecond as that one may be passed with it. Its key changes in all its locks.
 */
export function moveRequest(d: Decision, message: MoveRequest): void {
  const bundle = waiterOf(d, message);
  const other = d.read.bundle(message.place.of);
  if (bundle === undefined || d.read.lacks) return;
  const shared = other?.requests.some(({ lock }) => bundle.requests.some((own) => own.lock === lock));
  if (
    !other ||
    !isWaiting(other) ||
    other.inside ||
    !shared ||
    other.id === bundle.id ||
    bundle.forced ||
    other.forced
  ) {
    const text = `Request ${message.place.of} does not wait at a lock for which request ${bundle.id} waits.`;
    return refuse(d, { code: 'move-elsewhere', message: text });
  }
  const order = orderBeside(bundle, other, message.place.side);
  changed(d, order !== bundle.order);
  if (order === bundle.order) return;
  const { by, reason } = message;
  d.record({ type: 'BundleMoved', bundle: bundle.id, order, at: d.now, by, reason });
  d.touch(bundle, { supersede: false });
}

/** Ends the waiting of a request; its stage is canceled. */
export function withdrawRequest(d: Decision, message: WithdrawRequest): void {
  const bundle = requestOf(d, message);
  if (bundle === undefined) return;
  if (!isOpen(bundle)) return refuse(d, notWaiting(bundle));
  changed(d, true);
  const { by, reason } = message;
  d.record({ type: 'BundleWithdrawn', bundle: bundle.id, at: d.now, by, reason });
  d.tell(bundle.requester, { type: 'LocksLost', why: { kind: 'withdrawn', by, reason } });
  leave(d, bundle);
}

/** Grants as soon as there is a slot: whatever else blocks the request counts no more. */
export function forceGrant(d: Decision, message: ForceGrant): void {
  const bundle = waiterOf(d, message);
  const locks = bundle && locksOf(d, bundle);
  if (bundle === undefined || locks === undefined) return;
  const isNew = bundle.forced === undefined || bundle.hold !== undefined;
  changed(d, isNew);
  if (!isNew) return;
  const { by, reason } = message;
  d.record({ type: 'BundleForced', bundle: bundle.id, at: d.now, by, reason });
  arrive(d, bundle, locks);
}

/** The key with which the bundle stands beside the other: equal times are told apart by number. */
function orderBeside(bundle: BundleRow, other: BundleRow, side: 'before' | 'after'): number {
  if (side === 'before') return bundle.id < other.id ? other.order : other.order - 1;
  return bundle.id > other.id ? other.order : other.order + 1;
}

/** The waiting request that is meant; undefined when it was refused or rows are lacking. */
function waiterOf(d: Decision, message: Act): BundleRow | undefined {
  const bundle = requestOf(d, message);
  if (bundle === undefined || (isWaiting(bundle) && bundle.inside === undefined)) return bundle;
  refuse(d, notWaiting(bundle));
  return undefined;
}

/** The request that is meant, whatever its state; undefined when it was refused or rows are lacking. */
export function requestOf(d: Decision, { bundle: id, reason }: Act): BundleRow | undefined {
  const bundle = d.read.bundle(id);
  if (bundle === undefined) return undefined;
  const refusal: Refusal | undefined =
    bundle === null
      ? { code: 'request-not-found', message: `There is no lock request ${id}.` }
      : reasonRefusal(reason);
  if (bundle !== null && refusal === undefined) return bundle;
  refuse(d, refusal);
  return undefined;
}

function notWaiting({ id, status, inside }: BundleRow): Refusal {
  if (inside !== undefined && status === 'queued') {
    const message = `Lock request ${id} waits at no lock: its stage waits for its turn inside request ${inside.span}.`;
    return { code: 'request-not-waiting', message };
  }
  return { code: 'request-not-waiting', message: `Lock request ${id} does not wait: it is ${status}.` };
}

/** An operator says why; it stands in the journal. */
export function reasonRefusal(reason: string): Refusal | undefined {
  if (reason.trim() !== '' && reason.length <= MAX_REASON) return undefined;
  return { code: 'reason-missing', message: `Say why, in 1 to ${MAX_REASON} characters.` };
}

/** Refuses the command; nothing changes. */
export function refuse(d: Decision, refusal: Refusal | undefined): void {
  if (refusal !== undefined) d.reply = { ok: false, refusal };
}

/** Tells an operator whether the command changed anything: one that acts twice learns so. */
export function changed(d: Decision, did: boolean): void {
  d.reply = { ok: true, value: { changed: did } };
}
