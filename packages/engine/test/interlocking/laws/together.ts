import type { InterlockingEvent, InterlockingMessage, Outcome } from '@signalbox/engine';
import { bundleOf, type View } from './view.ts';

/** LAW-9, INV-08: all locks of a bundle at one instant. */
export function* together(event: InterlockingEvent, { rows }: View): Generator<string, void> {
  if (event.type !== 'BundleGranted') return;
  const wanted = rows.getBundle(event.bundle)?.requests.map(({ lock }) => lock) ?? [];
  const got = event.requests.map(({ lock }) => lock);
  if (wanted.join() !== got.join())
    yield `LAW-9: bundle ${event.bundle} wants ${wanted.join()} and gets ${got.join()}`;
  if (got.length === 0) yield `LAW-12: bundle ${event.bundle} is granted no lock`;
}

/** INV-09: what an operator does has a name and a reason. */
export function* signed(event: InterlockingEvent): Generator<string, void> {
  if (!('by' in event) || !('reason' in event)) return;
  const { by, reason } = event;
  if (typeof by === 'string' && typeof reason === 'string' && by.trim() !== '' && reason.trim() !== '')
    return;
  yield `INV-09: ${event.type} without a name or a reason`;
}

/** LAW-12: who is told that no lock is needed had none to ask for. */
export function* noLockNeeded(
  message: InterlockingMessage,
  { mail }: Outcome<InterlockingEvent>,
  { rows }: View,
): Generator<string, void> {
  if (message.type !== 'LocksRequested') return;
  const isTold = mail.some(({ body }) => body.type === 'LocksGranted' && body.tokens.length === 0);
  if (!isTold) return;
  const keys = message.resources.map(({ type, id }) => `${type}/${id}`);
  const lock = [...rows.locks.values()].find(
    ({ enabled, deleted, resource: { type, id } }) => (enabled || deleted) && keys.includes(`${type}/${id}`),
  );
  if (message.ownLock || lock !== undefined) {
    yield `LAW-12: run ${message.requester.run} is told that it needs no lock, and there is ${lock?.name ?? 'its own'}`;
  }
}

/** LAW-5: a withdrawal moves others up, and takes nothing from them. */
export function* movesUp(
  message: InterlockingMessage,
  { events }: Outcome<InterlockingEvent>,
  { rows }: View,
): Generator<string, void> {
  if (message.type !== 'LocksWithdrawn') return;
  const cameIn = events.some(({ type }) => type === 'BundleEligible');
  for (const event of events) {
    const row = rows.getBundle(bundleOf(event) ?? 0);
    if (row === undefined || row.requester.run === message.run || !TAKES.includes(event.type)) continue;
    // Their own time was over, or one that came into the queue replaces them.
    const isDue = event.type === 'BundleTimedOut' || row.lease !== undefined;
    if (!isDue && !(event.type === 'BundleSuperseded' && (cameIn || events.length > 1)))
      yield `LAW-5: the withdrawal of run ${message.run} is ${event.type} of bundle ${row.id}`;
  }
}

const TAKES = ['BundleSuperseded', 'BundleCanceled', 'BundleTimedOut', 'BundleAbandoned', 'BundleFinished'];
