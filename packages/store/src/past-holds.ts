import type { BundleRow } from '@signalbox/engine';
import type { Millis } from '@signalbox/model';

/**
 * How long a bundle held its locks, a span of stages as one; nothing of one that never did, that passed through a
 * span, or whose grant came to nothing.
 */
export function holdOf({ status, assignTime, finishTime, inside }: BundleRow): readonly Millis[] {
  if (inside !== undefined || status !== 'finished' || assignTime === undefined || finishTime === undefined)
    return [];
  return [finishTime - assignTime];
}
