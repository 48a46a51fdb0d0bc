import type { Decision } from '../decision.ts';
import { cancel } from '../end.ts';
import type { InterlockingEvent } from '../events.ts';
import type { InterlockingMessage, OperatorAct } from '../messages.ts';
import type { BundleRow } from '../rows.ts';
import { isWaiting } from '../waiting.ts';
import { membersOf, presentIn } from './inside.ts';

type SpanOver = Extract<InterlockingMessage, { type: 'SpanOver' }>;
type End = Extract<InterlockingEvent, { type: 'SpanLeft' }>['end'];

/** A stage inside a span is over and nothing of it can act any more: the next one may come inside (LAW-8). */
export function leaveSpan(d: Decision, bundle: BundleRow, end: End, deployed?: true): void {
  const span = spanBundle(d, bundle);
  if (span === undefined || !isPresent(bundle)) return;
  d.record({
    type: 'SpanLeft',
    bundle: bundle.id,
    span: span.id,
    end: isWaiting(bundle) ? 'canceled' : end,
    ...(deployed !== undefined && !isWaiting(bundle) && { deployed }),
    at: d.now,
  });
  d.spans.add(span.id);
}

/**
 * A stage takes back that it wants to come inside, or declines (LAW-5). The one with which the span began takes
 * the span back with it, unless others are inside already: they keep it as long as they need it.
 */
export function declineSpan(d: Decision, bundle: BundleRow): void {
  if (bundle.inside !== undefined || bundle.span === undefined) return leaveSpan(d, bundle, 'canceled');
  if (!isPresent(bundle)) return;
  const members = membersOf(d.read, bundle);
  if (d.read.lacks) return;
  if (members.length === 0) return cancel(d, bundle);
  d.record({ type: 'SpanOver', bundle: bundle.id, at: d.now });
  leaveSpan(d, bundle, 'canceled');
}

/** The run says that its span is over: its locks are free when nobody is inside any more. */
export function endSpan(d: Decision, { run, stage, attempt }: SpanOver): void {
  const bundle = d.read.bundleOf(run, stage, attempt);
  if (bundle?.status !== 'inUse' || bundle.span === undefined || bundle.span.over) return;
  d.record({ type: 'SpanOver', bundle: bundle.id, at: d.now });
  d.spans.add(bundle.id);
}

/** The bundle that holds the span of a bundle that is of one. */
export function spanBundle(d: Decision, bundle: BundleRow): BundleRow | undefined {
  if (bundle.inside === undefined) return bundle;
  return d.read.bundle(bundle.inside.span) ?? undefined;
}

/** Who is inside a span and lives, at work or waiting for a person: none of those is quarantined or draining. */
export function livingIn(
  d: Decision,
  span: BundleRow,
): { readonly present: number; readonly living: number } {
  const present = presentIn(span, membersOf(d.read, span));
  return { present: present.length, living: present.filter((one) => !isIdle(one)).length };
}

/** An operator took the locks of a span: those who were inside are given up, those who waited are withdrawn. */
export function abandonMembers(d: Decision, span: BundleRow, { by, reason }: OperatorAct): void {
  for (const one of membersOf(d.read, span)) {
    const end = isWaiting(one) ? 'canceled' : 'abandoned';
    d.record({ type: 'SpanLeft', bundle: one.id, span: span.id, end, at: d.now });
    if (isWaiting(one)) d.tell(one.requester, { type: 'LocksLost', why: { kind: 'withdrawn', by, reason } });
    else d.tell(one.requester, { type: 'LocksTaken', by, reason });
  }
}

/** Whether its processes can be relied upon no more. */
export function isIdle({ holder }: BundleRow): boolean {
  return holder?.state === 'quarantined' || holder?.state === 'draining';
}

function isPresent({ status, span, inside }: BundleRow): boolean {
  if (inside !== undefined) return status === 'queued' || status === 'inUse';
  return span !== undefined && span.left === undefined;
}
