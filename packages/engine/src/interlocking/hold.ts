import { minutes } from '@signalbox/model';
import type { Decision } from './decision.ts';
import { cancel, leave } from './end.ts';
import { locksOf } from './gate.ts';
import type { InterlockingMessage } from './messages.ts';
import { changed, refuse, requestOf } from './operate.ts';
import type { BundleRow, LockRow } from './rows.ts';
import { isOfSpan } from './span/inside.ts';
import { abandonMembers, isIdle, leaveSpan, livingIn, spanBundle } from './span/leave.ts';
import { isOpen } from './waiting.ts';

type Released = Extract<InterlockingMessage, { type: 'LocksReleased' }>;
type HolderChanged = Extract<InterlockingMessage, { type: 'HolderChanged' }>;
type Acknowledge = Extract<InterlockingMessage, { type: 'AcknowledgeFailure' }>;
type ForceRelease = Extract<InterlockingMessage, { type: 'ForceRelease' }>;
type HoldDue = Extract<InterlockingMessage, { type: 'HoldDue' }>;

/**
 * The stage is over and nothing of it can act any more (LAW-8). Of no effect when repeated (R18). A stage that
 * is over while it still waits takes its requests with it, so that no slot is given to nobody (R6).
 */
export function release(d: Decision, { run, stage, attempt, ...how }: Released): void {
  const bundle = d.read.bundleOf(run, stage, attempt);
  if (!bundle) return;
  // Without its approval nothing of it has acted: it failed at nothing, and left nothing behind (CLASSIC-10).
  const hasNotBegun = bundle.status === 'inUse' && bundle.awaitsApproval !== undefined;
  if (isOfSpan(bundle) && hasNotBegun) leaveSpan(d, bundle, 'canceled');
  else if (isOfSpan(bundle)) leaveSpan(d, bundle, how.end ?? 'finished', how.deployed);
  else if (isOpen(bundle) || hasNotBegun) cancel(d, bundle);
  else if (bundle.status === 'inUse') endHold(d, bundle, how);
}

/**
 * A holder whose processes may still act, or that can again be relied upon, or that waits for a person (CLASSIC-3);
 * it holds either way (LAW-8, LAW-10).
 */
export function holderChanged(d: Decision, message: HolderChanged): void {
  const { run, stage, attempt, state, until, approvers } = message;
  const bundle = d.read.bundleOf(run, stage, attempt);
  if (!bundle || !mayChange(bundle) || isSameState(bundle.holder, message)) return;
  const end = until === undefined ? {} : { until };
  const whom = approvers === undefined ? {} : { approvers };
  d.record({ type: 'HolderChanged', bundle: bundle.id, at: d.now, state, ...end, ...whom });
}

function isSameState(before: BundleRow['holder'], { state, until, approvers }: HolderChanged): boolean {
  if (before === undefined) return state === 'working';
  return (
    before.state === state && before.until === until && before.approvers?.join('\n') === approvers?.join('\n')
  );
}

/** A holder that is kept for a failure, or has left its span to others, has nothing at work. */
function mayChange({ status, holder, span }: BundleRow): boolean {
  return status === 'inUse' && holder?.state !== 'failed' && !span?.left;
}

/** The stage of a holder is over: its locks are free, or kept until a person has seen to the failure. */
export function endHold(
  d: Decision,
  bundle: BundleRow,
  { end, deployed }: Pick<Released, 'end' | 'deployed'>,
): void {
  if (bundle.holder?.state === 'failed') return;
  if (end !== undefined) {
    const locks = locksOf(d, bundle);
    if (locks === undefined) return;
    const keeps = locks.some(({ policy }) => policy.onFailure === 'hold');
    if (keeps) return d.record({ type: 'BundleKept', bundle: bundle.id, at: d.now, end });
  }
  if (end === 'abandoned') d.record({ type: 'BundleAbandoned', bundle: bundle.id, at: d.now });
  else
    d.record({
      type: 'BundleFinished',
      bundle: bundle.id,
      at: d.now,
      ...(deployed !== undefined && { deployed }),
    });
  leave(d, bundle);
}

/** A person has seen to a failed holder: its locks are free (`onFailure: hold`). */
export function acknowledgeFailure(d: Decision, message: Acknowledge): void {
  const bundle = requestOf(d, message);
  if (bundle === undefined) return;
  if (bundle.holder?.state !== 'failed' || bundle.status !== 'inUse') {
    const text = `Lock request ${bundle.id} is not kept for a failure: it is ${bundle.status}.`;
    return refuse(d, { code: 'not-failed', message: text });
  }
  changed(d, true);
  const { by, reason } = message;
  d.record({ type: 'BundleAcknowledged', bundle: bundle.id, at: d.now, by, reason });
  leave(d, bundle);
}

/**
 * Takes the locks from a holder that is quarantined or draining, and burns its tokens. Its processes may still
 * act: the one who asks for it answers for that. Never from a live holder.
 */
export function forceRelease(d: Decision, message: ForceRelease): void {
  const found = requestOf(d, message);
  const bundle = found && spanBundle(d, found);
  if (bundle === undefined) return;
  const isIdle = bundle.status === 'inUse' && isIdleHolder(d, bundle);
  if (d.read.lacks) return;
  if (!isIdle) {
    const is = bundle.status === 'inUse' ? 'its holder lives' : `it is ${bundle.status}`;
    const text = `Lock request ${bundle.id} is neither quarantined nor draining: ${is}.`;
    return refuse(d, { code: 'holder-alive', message: text });
  }
  changed(d, true);
  const { by, reason } = message;
  if (bundle.span !== undefined) abandonMembers(d, bundle, message);
  d.record({ type: 'BundleAbandoned', bundle: bundle.id, at: d.now, by, reason });
  if (bundle.span?.left === undefined) d.tell(bundle.requester, { type: 'LocksTaken', by, reason });
  leave(d, bundle);
}

/** Whether nothing of it is at work: of a span, somebody is inside, and nobody of them lives. */
function isIdleHolder(d: Decision, bundle: BundleRow): boolean {
  if (bundle.span === undefined) return isIdle(bundle);
  const { present, living } = livingIn(d, bundle);
  return bundle.holder?.state !== 'failed' && present > 0 && living === 0;
}

/** The mail only wakes; whether the limit is over is compared here. */
export function holdDue(d: Decision, message: HoldDue): void {
  const bundle = d.read.bundle(message.bundle);
  if (bundle?.status === 'inUse') watchHold(d, bundle);
}

/** Reports the locks at which a holder is past their limit, each once, and wakes for the others. */
export function watchHold(d: Decision, bundle: BundleRow): void {
  for (const lock of locksOf(d, bundle) ?? []) {
    const due = holdLimitOf(bundle, lock);
    if (due === undefined || bundle.overdue?.includes(lock.id)) continue;
    if (due > d.now) d.wake({ type: 'HoldDue', bundle: bundle.id }, due);
    else overdue(d, bundle, lock);
  }
}

function overdue(d: Decision, { id, requester, holder, span }: BundleRow, lock: LockRow): void {
  const { holdLimitMinutes, onHoldLimit } = lock.policy;
  const what = { lock: lock.id, minutes: holdLimitMinutes, action: onHoldLimit };
  d.record({ type: 'HoldLimitReached', bundle: id, at: d.now, ...what });
  // Its stage ends in order, clean-up included; the lock is never taken from a live holder (LAW-8).
  const by = `Signalbox (the hold limit of ${lock.name}, ${holdLimitMinutes} min)`;
  if (onHoldLimit !== 'cancel' || holder?.state === 'failed') return;
  // The holder of a span is the run, whichever of its stages is inside.
  if (span !== undefined) d.cancelRun(requester, by);
  else if (holder?.state !== 'draining') d.cancelStage(requester, by);
}

/** When a holder has held the lock for as long as its policy allows; undefined when nothing limits it. */
export function holdLimitOf({ assignTime }: BundleRow, { policy }: LockRow): number | undefined {
  if (policy.holdLimitMinutes === 0 || assignTime === undefined) return undefined;
  return assignTime + minutes(policy.holdLimitMinutes);
}
