import type { Instant, Millis } from '@signalbox/model';
import { quantile } from './holds.ts';

/** What was said of a start, and when it then was. */
export interface SaidAndSeen {
  readonly p50: Instant;
  readonly p90: Instant;
  readonly started: Instant;
}

/** How good forecasts were: the recorded error (QUEUEING §3). */
export interface ForecastError {
  /** Forecasts whose request has started since. */
  readonly count: number;
  /** Half of them were nearer to the truth than this. */
  readonly typical: Millis;
  /** How many started no later than the p90 said. */
  readonly inTime: number;
}

/** Compares forecasts with what then happened; undefined: none has come to its start yet. */
export function forecastError(past: readonly SaidAndSeen[]): ForecastError | undefined {
  const typical = quantile(
    past.map(({ p50, started }) => Math.abs(started - p50)),
    0.5,
  );
  if (typical === undefined) return undefined;
  const inTime = past.filter(({ p50, p90, started }) => started <= Math.max(p50, p90)).length;
  return { count: past.length, typical, inTime };
}
