import type { InterlockingEvent } from '@signalbox/engine';
import type { View } from './view.ts';

/** LAW-1, INV-01, INV-02: a slot each, of those that there are, and a token that nobody had. */
export function* capacity(event: InterlockingEvent, view: View): Generator<string, void> {
  if (event.type !== 'BundleGranted') return;
  for (const { lock: id, token, slot } of event.requests) {
    const lock = view.rows.getLock(id);
    const holders = view.holders(id);
    if (lock?.deleted !== undefined) yield `GAP-19: lock ${id} is granted, and was deleted`;
    const slots = lock?.policy.capacity ?? 0;
    if (holders.length >= slots) yield `LAW-1: lock ${id} has ${holders.length} holders and gets one more`;
    if (slot < 1 || slot > slots) yield `LAW-1: slot ${slot} of ${slots} at lock ${id}`;
    const taken = holders.some(({ requests }) =>
      requests.some((one) => one.lock === id && one.slot === slot),
    );
    if (taken) yield `LAW-1: slot ${slot} of lock ${id} is taken`;
    if (token !== (lock?.lastToken ?? 0) + 1) yield `INV-02: token ${token} of lock ${id}`;
  }
}
