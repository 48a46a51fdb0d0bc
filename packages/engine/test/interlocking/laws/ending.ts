import type { BundleRow, InterlockingEvent, InterlockingMessage } from '@signalbox/engine';
import { bundleOf, isWaiting, type View } from './view.ts';

/** LAW-3, INV-03: the end is the end. INV-16: each attempt asks once. */
export function* once(event: InterlockingEvent, { rows }: View): Generator<string, void> {
  const before = rows.getBundle(bundleOf(event) ?? 0);
  const known = before?.status ?? 'none';
  // That a caller was told comes from outside, and may come late.
  const open = ['none', 'expected', 'queued', 'waitingOnChecks', 'inUse'].includes(known);
  if (event.type !== 'CallerTold' && !open) {
    yield `LAW-3: ${event.type} after the end of bundle ${before?.id}`;
  }
  const begins = event.type === 'BundleQueued' || event.type === 'BundleExpected';
  if (begins && known !== 'none' && !(event.type === 'BundleQueued' && known === 'expected')) {
    yield `INV-16: ${event.type} of bundle ${before?.id}, which is ${known}`;
  }
  if (event.type === 'BundleGranted' && known !== 'queued') {
    yield `LAW-3: bundle ${event.bundle} is granted, which is ${known}`;
  }
}

/** LAW-8, LAW-11, INV-04, INV-15, LOCK-23: a hold ends by its own end, and by nothing else. */
export function* holds(event: InterlockingEvent, view: View): Generator<string, void> {
  const { rows, message } = view;
  const before = rows.getBundle(bundleOf(event) ?? 0);
  if (before?.status !== 'inUse') return;
  if (event.type === 'SpanLeft' || (before.span !== undefined && ENDS.includes(event.type)))
    return yield* spanEnds(event, before, view);
  if (!ENDS.includes(event.type)) return;
  const by = MAY_END_A_HOLD[event.type];
  if (by === undefined) yield `LAW-6, LOCK-23: ${event.type} takes the locks of holder ${before.id}`;
  else if (message !== undefined && !by(before, message, 'at' in event ? event.at : 0)) {
    yield `LAW-8, INV-04: ${event.type} of holder ${before.id} at ${message.type}`;
  }
}

/** LOCK-65: a stage leaves a span by its own end, and the span ends when it is over and nobody is inside. */
function* spanEnds(
  event: InterlockingEvent,
  before: BundleRow,
  { message, openOf }: View,
): Generator<string, void> {
  if (message === undefined) return;
  const members = openOf(before.requester.run).filter(({ inside }) => inside?.span === before.id);
  const isByForce = message.type === 'ForceRelease' && isIdle(before);
  if (event.type === 'SpanLeft') {
    if (!isByForce && !isReleasedBy(before, message))
      yield `LAW-8: bundle ${before.id} leaves its span at ${message.type}`;
  } else if (members.length > 0) {
    yield `LAW-8, LOCK-65: ${event.type} of span ${before.id}, and ${members.length} are inside`;
  } else if (event.type === 'BundleFinished' || (event.type === 'BundleAbandoned' && !('by' in event))) {
    if (!before.span?.left || !before.span.over)
      yield `LOCK-65: ${event.type} of span ${before.id}, which is not over`;
  } else if (event.type === 'BundleCanceled') {
    if (message.type !== 'LocksWithdrawn' || before.span?.left)
      yield `LAW-8: ${event.type} of span ${before.id} at ${message.type}`;
  } else if (event.type === 'BundleAcknowledged') {
    if (before.holder?.state !== 'failed')
      yield `LAW-8: span ${before.id} is acknowledged, and has not failed`;
  } else if (event.type !== 'BundleAbandoned' || (before.span?.left === undefined && !isByForce)) {
    yield `LAW-6, LOCK-23: ${event.type} takes the locks of span ${before.id}`;
  }
}

function isIdle({ holder }: BundleRow): boolean {
  return holder?.state === 'draining' || holder?.state === 'quarantined';
}

/** INV-14: who waits is timed out when their time is over, and not before. LAW-3: only who wants it loses. */
export function* waits(event: InterlockingEvent, { rows }: View): Generator<string, void> {
  const before = rows.getBundle(bundleOf(event) ?? 0);
  if (event.type === 'BundleTimedOut') {
    if (!isWaiting(before)) yield `INV-14: bundle ${event.bundle} times out as ${before?.status}`;
    else if (before !== undefined && limitOf(before, rows) > event.at)
      yield `INV-14: bundle ${event.bundle} times out too early`;
  }
  if (event.type === 'BundleGranted' && (before?.expiresAt ?? 0) <= event.at) {
    yield `INV-14: bundle ${event.bundle} is granted past its limit`;
  }
}

/** LOCK-26: nobody is granted while its checks do not count, whether an alarm rang or not; force goes through. */
export function* checked(event: InterlockingEvent, { rows }: View): Generator<string, void> {
  const before = event.type === 'BundleGranted' ? rows.getBundle(event.bundle) : undefined;
  if (event.type !== 'BundleGranted' || before?.checks === undefined || before.forced !== undefined) return;
  const { valid, from = event.at, until = Infinity } = before.checks;
  if (!valid || event.at < from || event.at >= until)
    yield `LOCK-26: bundle ${event.bundle} is granted while its checks do not count`;
}

/** A shorter limit counts at once (LAW-11), so the row may still have the longer one. */
function limitOf({ queueTime, requests, expiresAt }: BundleRow, { locks }: View['rows']): number {
  const minutes = requests.map(({ lock }) => locks.get(lock)?.policy.waitTimeoutMinutes ?? Infinity);
  return Math.min(expiresAt, queueTime + Math.min(...minutes) * 60_000);
}

const ENDS = [
  'BundleFinished',
  'BundleCanceled',
  'BundleAcknowledged',
  'BundleAbandoned',
  'BundleSuperseded',
  'BundleTimedOut',
  'BundleWithdrawn',
  'BundleRejected',
];

type Why = (before: BundleRow, message: InterlockingMessage, at: number) => boolean;

/** By which messages a holder may end how; supersede, time-out and withdrawal never end one (LOCK-23). */
const MAY_END_A_HOLD: Readonly<Partial<Record<string, Why>>> = {
  BundleFinished: isReleasedBy,
  BundleCanceled: isReleasedBy,
  BundleAcknowledged: (before, message) =>
    message.type === 'AcknowledgeFailure' && before.holder?.state === 'failed',
  // LAW-10: whoever is lost keeps its locks until it can act no more, or an operator answers for that.
  BundleAbandoned: (before, message, at) =>
    (isReleasedBy(before, message) && 'end' in message && message.end === 'abandoned') ||
    (message.type === 'ForceRelease' && isIdle(before)) ||
    (before.lease !== undefined && before.lease.until + 30_000 <= at),
};

/** Whether its own side says that it is done. */
function isReleasedBy({ requester }: BundleRow, message: InterlockingMessage): boolean {
  if (message.type === 'ReleaseLease') return message.request === requester.stage;
  if (message.type !== 'LocksReleased' && message.type !== 'LocksWithdrawn') return false;
  return (
    message.run === requester.run &&
    message.stage.toLowerCase() === requester.stage.toLowerCase() &&
    message.attempt === requester.attempt
  );
}
