import { joinSpans, sameSpan, spanEndFor, type SpanEnd } from '@signalbox/model';
import { lockFor, resourcesOf } from '../asked.ts';
import type { Decision } from '../decision.ts';
import { resourceKey } from '../keys.ts';
import type { InterlockingMessage, NamedResource } from '../messages.ts';
import type { LockRow, SpanRow } from '../rows.ts';

type LocksRequested = Extract<InterlockingMessage, { type: 'LocksRequested' }>;

/** What a request takes for a span: the row, and its locks, those of later stages included. */
export interface Spanning {
  readonly span?: SpanRow;
  readonly locks: readonly LockRow[];
}

/**
 * The span that a request has to know of before it can be queued: that of its own locks, and of those that it
 * reaches inside the span that it knows already. Undefined when it knows enough.
 */
export function spanToAskFor(
  d: Decision,
  message: LocksRequested,
  own: readonly (LockRow | null | undefined)[],
): SpanEnd | undefined {
  const { pipeline = '', reach } = message;
  const wanted = spanOf(own, pipeline);
  if (wanted.length === 0) return undefined;
  if (reach === undefined) return wanted;
  const further = laterResources(message).map(({ resource }) => d.read.lockOf(resource));
  const whole = joinSpans([wanted, spanOf(further, pipeline)]);
  return sameSpan(whole, reach.asked) ? undefined : whole;
}

/**
 * Every lock that the plan can reach inside the span of a request, so that nobody waits inside a span for a lock;
 * and every lock for which another stage of the run waits already: once the span is granted, that stage passes
 * through. Without a span the locks are those of the stage.
 */
export function takeSpan(d: Decision, message: LocksRequested, own: readonly LockRow[]): Spanning {
  const { reach, requester, pipeline = '' } = message;
  if (reach === undefined || reach.until.length === 0) return { locks: own };
  // The policy may have changed while the run was asked (LAW-11).
  if (spanOf(own, pipeline).length === 0) return { locks: own };
  const later = laterResources(message).flatMap(({ resource, ownLock }) =>
    lockFor(d, ownLock, resource, d.read.lockOf(resource) ?? null).filter(isInForce),
  );
  const waitedFor = (d.read.openOf(requester.run) ?? [])
    .filter(({ status, inside }) => status !== 'inUse' && inside === undefined)
    .flatMap(({ requests }) => requests.flatMap(({ lock }) => d.read.lock(lock) ?? []))
    .filter(({ deleted }) => deleted === undefined);
  const locks = new Map([...own, ...later, ...waitedFor].map((lock) => [lock.id, lock]));
  return { span: { until: reach.until, own: own.map(({ id }) => id) }, locks: [...locks.values()] };
}

/** The span that covers those of all the locks that are in force. */
function spanOf(locks: readonly (LockRow | null | undefined)[], pipeline: string): SpanEnd {
  return joinSpans(locks.map((lock) => (isInForce(lock) ? spanEndFor(lock.policy.span, pipeline) : [])));
}

/** What the later stages use, each resource once. */
function laterResources({
  reach,
  requester: { definition },
}: LocksRequested): readonly { readonly resource: NamedResource; readonly ownLock: boolean }[] {
  const found = new Map<string, { resource: NamedResource; ownLock: boolean }>();
  if (reach === undefined || reach.until.length === 0) return [];
  for (const { stage, ownLock, resources } of reach.stages) {
    for (const resource of resourcesOf({ requester: { definition, stage }, ownLock, resources }))
      found.set(resourceKey(resource), { resource, ownLock });
  }
  return [...found.values()];
}

/** A lock out of use is not asked for, and one whose resource is gone fails the stage that uses it. */
function isInForce(lock: LockRow | null | undefined): lock is LockRow {
  return lock?.enabled === true && lock.deleted === undefined;
}
