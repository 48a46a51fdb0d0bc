import { fold } from '@signalbox/model';
import type { BundleRow, InterlockingEvent, LockRow } from '@signalbox/engine';
import type { View } from './view.ts';

/** LAW-13, INV-10: whoever is passed is named in the grant, and each keeps a slot free. */
export function* passed(event: InterlockingEvent, view: View): Generator<string, void> {
  const bundle = event.type === 'BundleGranted' ? view.rows.getBundle(event.bundle) : undefined;
  if (event.type !== 'BundleGranted' || bundle === undefined) return;
  const all = new Set<number>();
  for (const { lock } of event.requests) {
    const ahead = view.waiters(lock).filter((one) => one.eligible && isAhead(one, bundle));
    for (const { id } of ahead) all.add(id);
    const kept = bundle.forced === undefined ? ahead.length : 0;
    const free = (view.rows.getLock(lock)?.policy.capacity ?? 0) - view.holders(lock).length;
    if (kept >= free)
      yield `INV-10: bundle ${bundle.id} passes ${kept} at lock ${lock}, where ${free} are free`;
  }
  const named = [...(event.passed ?? [])].map((one) => one.bundle).toSorted((a, b) => a - b);
  const really = [...all].toSorted((a, b) => a - b);
  if (named.join() !== really.join() && bundle.forced === undefined)
    yield `LAW-13: bundle ${bundle.id} passes ${really.join()}, and says ${named.join()}`;
}

/** LAW-7: first attempts of a stage follow the order of their runs; whoever does not says why. */
export function* runOrder(event: InterlockingEvent, view: View): Generator<string, void> {
  const bundle = event.type === 'BundleGranted' ? view.rows.getBundle(event.bundle) : undefined;
  if (event.type !== 'BundleGranted' || bundle === undefined) return;
  if (event.exceptions !== undefined || bundle.requester.attempt > 1) return;
  for (const { lock: id } of event.requests) {
    const lock = view.rows.getLock(id);
    if (lock?.policy.orderBy !== 'runQueueTime') continue;
    const older = view.waiters(id).find((other) => mustGoFirst(other, bundle));
    if (older !== undefined) yield `LAW-7: bundle ${bundle.id} comes before ${older.id} of an older run`;
    const run = expectedBefore(view, bundle, lock);
    if (run !== undefined) yield `LAW-7: bundle ${bundle.id} comes before run ${run}, which is expected`;
  }
}

function mustGoFirst(other: BundleRow, { requester }: BundleRow): boolean {
  const { hold, wasHeld, wasLapsed, moved, forced, passes } = other;
  if (hold ?? wasHeld ?? wasLapsed ?? moved ?? forced ?? passes) return false;
  return (
    other.requester.attempt === 1 &&
    isSameStage(other.requester, requester) &&
    isOlder(other.requester, requester)
  );
}

function expectedBefore({ rows }: View, { requester }: BundleRow, { resource }: LockRow): number | undefined {
  for (const row of rows.expected.values()) {
    if (row.resource.id !== resource.id || row.resource.type !== resource.type || row.lapsed) continue;
    if (isSameStage(row, requester) && isOlder(row, requester)) return row.run;
  }
  return undefined;
}

function isAhead(a: BundleRow, b: BundleRow): boolean {
  return a.order < b.order || (a.order === b.order && a.id < b.id);
}

type Aged = {
  readonly definition: number;
  readonly stage: string;
  readonly runQueueTime: number;
  readonly run: number;
};

function isSameStage(a: Aged, b: Aged): boolean {
  return a.definition === b.definition && fold(a.stage) === fold(b.stage);
}

function isOlder(a: Aged, b: Aged): boolean {
  return a.runQueueTime < b.runQueueTime || (a.runQueueTime === b.runQueueTime && a.run < b.run);
}
