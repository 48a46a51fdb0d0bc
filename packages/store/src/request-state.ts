import type { BundleRow } from '@signalbox/engine';

/**
 * Whether a bundle awaits approval, waits, holds or is over at its locks: the indexes know no finer states. Whoever
 * passes through a span has no place at any lock (LAW-9).
 */
export function requestState(row: BundleRow): 'expected' | 'waiting' | 'inUse' | 'ended' {
  if (row.inside !== undefined) return 'ended';
  if (row.status === 'queued' || row.status === 'waitingOnChecks') return 'waiting';
  return row.status === 'inUse' || row.status === 'expected' ? row.status : 'ended';
}

/** When the places of a bundle at its locks ended; undefined while they have not. */
export function placesEndedAt({ finishTime, inside }: BundleRow): number | undefined {
  return inside === undefined ? finishTime : inside.since;
}
