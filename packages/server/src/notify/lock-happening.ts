import type { InterlockingEvent } from '@signalbox/engine';
import type { BundleId } from '@signalbox/model';
import type { LockHappening } from './happening.ts';

type EventOf<T extends InterlockingEvent['type']> = Extract<InterlockingEvent, { readonly type: T }>;

/** How each event is told; those that are not here are no news: they prepare others, or count within the locks only. */
const TOLD: { readonly [T in InterlockingEvent['type']]?: (event: EventOf<T>) => LockHappening | undefined } =
  {
    BundleQueued: ({ bundle }) => at('lock.waiting', bundle.id),
    BundleGranted: ({ bundle }) => at('lock.granted', bundle),
    BundleFinished: ({ bundle }) => ({ ...at('lock.released', bundle), result: 'finished' }),
    BundleAcknowledged: (event) => ({ ...operated(event, 'acknowledged'), event: 'lock.released' }),
    BundleAbandoned: ({ bundle, by, reason }) => ({
      ...at('lock.released', bundle),
      result: 'abandoned',
      ...(by !== undefined && { by }),
      ...(reason !== undefined && { reason }),
    }),
    BundleKept: ({ bundle, end }) => ({ ...at('lock.kept', bundle), result: end }),
    HolderChanged: holderChanged,
    HoldLimitReached: ({ bundle, lock, action }) => ({
      ...at('lock.overdue', bundle),
      locks: [lock],
      result: action,
    }),
    BundleSuperseded: ({ bundle, lock, byRun }) => ({ ...ended(bundle, 'superseded'), locks: [lock], byRun }),
    BundleTimedOut: ({ bundle, lock }) => ({ ...ended(bundle, 'timedOut'), locks: [lock] }),
    BundleRejected: ({ bundle, stale }) => ({
      ...ended(bundle, 'rejected'),
      locks: stale.map(({ lock }) => lock),
    }),
    BundleCanceled: ({ bundle }) => ended(bundle, 'canceled'),
    BundleWithdrawn: (event) => ({ ...operated(event, 'withdrawn'), event: 'lock.ended' }),
    BundleHeld: (event) => operated(event, 'held'),
    BundleUnheld: (event) => operated(event, 'letGo'),
    BundleMoved: (event) => operated(event, 'moved'),
    BundleForced: (event) => operated(event, 'forced'),
    LockFrozen: ({ lock, freeze: { by, reason, until } }) => ({
      kind: 'lock',
      event: 'lock.frozen',
      locks: [lock],
      by,
      reason,
      ...(until !== undefined && { until }),
    }),
    LockUnfrozen: ({ lock, by, reason }) => ({
      kind: 'lock',
      event: 'lock.unfrozen',
      locks: [lock],
      by,
      reason,
    }),
  };

/** What an entry of the locks' journal is to those outside; undefined: it is no news to them. */
export function lockHappening(event: InterlockingEvent): LockHappening | undefined {
  const told = TOLD[event.type] as ((one: InterlockingEvent) => LockHappening | undefined) | undefined;
  return told?.(event);
}

function at(event: LockHappening['event'], bundle: BundleId): LockHappening {
  return { kind: 'lock', event, bundle };
}

function ended(bundle: BundleId, result: string): LockHappening {
  return { kind: 'lock', event: 'lock.ended', bundle, result };
}

function operated(
  { bundle, by, reason }: { readonly bundle: BundleId; readonly by: string; readonly reason: string },
  result: string,
): LockHappening {
  return { kind: 'lock', event: 'lock.operated', bundle, by, reason, result };
}

function holderChanged({ bundle, state, until }: EventOf<'HolderChanged'>): LockHappening | undefined {
  // The end of a run comes to each holder; only what keeps a lock longer than its stage is news.
  if (state === 'draining') return undefined;
  return {
    kind: 'lock',
    event: 'lock.holderChanged',
    bundle,
    result: state,
    ...(until !== undefined && { until }),
  };
}
