import type { BundleRow, InterlockingEvent, LockRow } from '@signalbox/engine';
import type { View } from './view.ts';

/** LAW-6, INV-12: only a newer one of its group replaces one that waits; never the newest, never a holder. */
export function* superseded(event: InterlockingEvent, { rows }: View): Generator<string, void> {
  if (event.type !== 'BundleSuperseded') return;
  const { bundle: id, by: byId } = event;
  const [old, by, lock] = [rows.getBundle(id), rows.getBundle(byId), rows.getLock(event.lock)];
  const what = `LAW-6: bundle ${id} is superseded by ${byId}`;
  if (!old || !by || !lock) return yield what;
  if (!isNewer(by, old)) yield `${what}, which is not newer`;
  // Who has its slots already is approved only then (CLASSIC-3).
  const inSlot = by.approvedAt !== undefined && lock.policy.supersede === 'onApproval';
  if (by.status !== 'queued' && by.status !== 'expected' && !inSlot) yield `${what}, which is ${by.status}`;
  if (old.status !== 'queued' && old.status !== 'expected') yield `${what} and is ${old.status}`;
  const group = groupOf(old, lock);
  if (group !== undefined && old.requester.run !== by.requester.run && group === groupOf(by, lock)) return;
  yield `${what} of another group: ${group}, ${groupOf(by, lock)}`;
}

/** INV-11: a grant leaves no older one of its group in the queue; the same run's excepted. */
export function* leavesNobodyOlder(event: InterlockingEvent, view: View): Generator<string, void> {
  if (event.type !== 'BundleGranted') return;
  const bundle = view.rows.getBundle(event.bundle);
  for (const { lock: id } of event.requests) {
    const lock = view.rows.getLock(id);
    const group = bundle && lock && groupOf(bundle, lock);
    if (bundle === undefined || lock === undefined || group === undefined) continue;
    for (const other of view.waiters(id)) {
      if (!other.eligible || other.requester.run === bundle.requester.run) continue;
      if (groupOf(other, lock) === group && isNewer(bundle, other))
        yield `INV-11: bundle ${bundle.id} is granted before ${other.id}, which it replaces`;
    }
  }
}

function isNewer(a: BundleRow, b: BundleRow): boolean {
  return a.rank > b.rank || (a.rank === b.rank && a.requester.run > b.requester.run);
}

/** Among whom the latest counts; none: everybody has their turn. Who is forced takes no part (QUEUEING §3). */
function groupOf(bundle: BundleRow, { policy, resource }: LockRow): string | undefined {
  const behavior = bundle.behavior ?? policy.behavior;
  const { definition, branch } = bundle.requester;
  if (bundle.forced !== undefined || bundle.requester.caller !== undefined) return undefined;
  if (behavior === 'branchRunLatest') return `${behavior} ${definition} ${branch}`;
  if (behavior !== 'runLatest') return undefined;
  return `${behavior} ${definition} ${resource.type === 'persistedStage' ? branch : ''}`;
}
