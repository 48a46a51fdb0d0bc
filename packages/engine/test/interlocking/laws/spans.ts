import type { BundleRow, InterlockingEvent } from '@signalbox/engine';
import { bundleOf, isWaiting, type View } from './view.ts';

/** S13: of those inside a span one at a time uses a lock, and only locks that the span has (LAW-9). */
export function* inside(event: InterlockingEvent, { rows, openOf }: View): Generator<string, void> {
  if (event.type === 'SpanJoined') {
    const span = rows.getBundle(event.span);
    const lacks = event.locks.find((lock) => !has(span, lock));
    if (lacks !== undefined) yield `LAW-9: bundle ${event.bundle} joins a span that lacks lock ${lacks}`;
  }
  if (event.type !== 'SpanEntered') return;
  const bundle = rows.getBundle(event.bundle);
  const span = rows.getBundle(bundle?.inside?.span ?? 0);
  if (bundle?.inside === undefined || !holdsSpan(span)) {
    return yield `LAW-9: bundle ${event.bundle} comes into span ${span?.id}, which nobody holds`;
  }
  const others = openOf(bundle.requester.run).filter(
    (one) => one.status === 'inUse' && (one.inside?.span === span?.id || one.id === span?.id),
  );
  for (const lock of bundle.inside.locks) {
    if (!has(span, lock)) yield `LAW-9: bundle ${bundle.id} comes to lock ${lock}, which its span lacks`;
    const by = others.find((one) => usedBy(one).includes(lock));
    if (by !== undefined) yield `S13: bundle ${bundle.id} comes to lock ${lock}, which ${by.id} uses`;
  }
}

/** LAW-9: no waiting request's run holds any lock through a span; it passes through instead. */
export function* nobodyWaitsInside(
  events: readonly InterlockingEvent[],
  { rows, openOf }: View,
): Generator<string, void> {
  const bundles = events.flatMap((event) => rows.getBundle(bundleOf(event) ?? 0) ?? []);
  const runs = new Set(bundles.map(({ requester: { run } }) => run));
  for (const run of runs) {
    const open = openOf(run);
    const span = open.find((one) => holdsSpan(one) && one.span?.over === undefined);
    if (span === undefined) continue;
    const waiter = open.find((one) => isWaiting(one) && one.inside === undefined);
    if (waiter !== undefined)
      yield `LAW-9: bundle ${waiter.id} waits, and its run holds the span of ${span.id}`;
    const second = open.find((one) => one !== span && holdsSpan(one) && one.span?.over === undefined);
    if (second !== undefined) yield `LAW-9: run ${run} holds the spans of ${span.id} and ${second.id}`;
  }
}

/** Whether it holds locks for a span that has not failed. */
function holdsSpan(bundle: BundleRow | undefined): boolean {
  if (bundle?.status !== 'inUse' || bundle.inside !== undefined) return false;
  return bundle.span !== undefined && bundle.holder?.state !== 'failed';
}

function has(span: BundleRow | undefined, id: number): boolean {
  return span?.requests.some(({ lock, token }) => lock === id && token !== undefined) ?? false;
}

function usedBy({ inside: within, span }: BundleRow): readonly number[] {
  return within?.locks ?? (span?.left === undefined ? (span?.own ?? []) : []);
}
