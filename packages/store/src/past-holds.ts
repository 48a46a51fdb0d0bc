import type { BundleRow } from '@signalbox/engine';
import type { Millis } from '@signalbox/model';

/** How long a bundle held its locks; nothing of one that never did, or whose grant came to nothing. */
export function holdOf({ status, assignTime, finishTime }: BundleRow): readonly Millis[] {
  if (status !== 'finished' || assignTime === undefined || finishTime === undefined) return [];
  return [finishTime - assignTime];
}
