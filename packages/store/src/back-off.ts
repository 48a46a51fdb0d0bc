import type { Millis } from '@signalbox/model';

const FIRST: Millis = 1000;
const LONGEST: Millis = 5 * 60 * 1000;

/** How long to wait after the nth failure: one second, doubled each time, five minutes at most. */
export function backOff(attempt: number): Millis {
  // 2^30 seconds is longer than the longest anyway; more would leave the range of exact numbers.
  return Math.min(FIRST * 2 ** Math.min(Math.max(attempt - 1, 0), 30), LONGEST);
}
