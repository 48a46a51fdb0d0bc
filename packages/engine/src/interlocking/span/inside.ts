import type { Blocker, BlockingBundle, LockId, RunId } from '@signalbox/model';
import { nameOf } from '../barriers.ts';
import { MAX_SHOWN } from '../limits.ts';
import type { BundleRow } from '../rows.ts';
import type { Reader } from '../slice/reader.ts';
import { isWaiting } from '../waiting.ts';

/** The span that the run holds and that further stages may come into: at most one, so nobody waits for their own run (LAW-9). */
export function heldSpan(read: Reader, run: RunId): BundleRow | undefined {
  return read
    .openOf(run)
    ?.find(
      (one) =>
        one.status === 'inUse' &&
        one.span?.over === undefined &&
        one.span !== undefined &&
        one.holder?.state !== 'failed',
    );
}

/** Whether the bundle holds a span or passes through one: its end is not the end of a hold. */
export function isOfSpan({ status, span, inside }: BundleRow): boolean {
  return inside !== undefined || (span !== undefined && status === 'inUse');
}

/** Those that pass through the span, whether it is their turn or not, in the order in which they came. */
export function membersOf(read: Reader, { id, requester }: BundleRow): readonly BundleRow[] {
  return (read.openOf(requester.run) ?? []).filter(({ inside }) => inside?.span === id);
}

/** The locks of a stage, without those that it took for later ones. */
export function locksOfStage({ span, inside, requests }: BundleRow): readonly LockId[] {
  return inside?.locks ?? span?.own ?? requests.map(({ lock }) => lock);
}

/** Everybody inside who is at it, or still counts so: the stage with which the span began, and members. */
export function presentIn(span: BundleRow, members: readonly BundleRow[]): readonly BundleRow[] {
  const first = span.span?.left === undefined ? [span] : [];
  return [...first, ...members.filter(({ status }) => status === 'inUse')];
}

/**
 * Why a stage waits inside the span of its run: another one uses the same lock, for inside a span a lock is for one
 * at a time (S13), or came before it.
 */
export function* turnBlockers(read: Reader, bundle: BundleRow): Generator<Blocker, void> {
  const { inside } = bundle;
  const span = inside && read.bundle(inside.span);
  if (inside === undefined || !span) return;
  const members = membersOf(read, span);
  const present = presentIn(span, members);
  const ahead = members.filter((one) => isWaiting(one) && one.id < bundle.id);
  for (const lock of inside.locks) {
    const using = present.filter((one) => locksOfStage(one).includes(lock));
    const before = ahead.filter((one) => locksOfStage(one).includes(lock));
    const since = using[0]?.assignTime ?? bundle.queueTime;
    if (using.length > 0) yield { kind: 'heldBy', lock, by: shown(using), since };
    if (before.length > 0) yield { kind: 'behind', lock, by: shown(before), since: bundle.queueTime };
  }
}

/** Inside, it is one stage that stands in the way, not the whole span. */
function shown(bundles: readonly BundleRow[]): readonly BlockingBundle[] {
  return bundles.slice(0, MAX_SHOWN).map(({ span: _span, ...one }) => nameOf(one));
}
