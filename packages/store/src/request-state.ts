import type { BundleRow } from '@signalbox/engine';

/** Whether a bundle awaits approval, waits, holds or is over: the indexes know no finer states. */
export function requestState(row: BundleRow): 'expected' | 'waiting' | 'inUse' | 'ended' {
  if (row.status === 'queued' || row.status === 'waitingOnChecks') return 'waiting';
  return row.status === 'inUse' || row.status === 'expected' ? row.status : 'ended';
}
