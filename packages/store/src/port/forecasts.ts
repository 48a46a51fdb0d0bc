import type { BundleId, DefinitionId, Instant, LockId, Millis, ProjectId } from '@signalbox/model';

/** When a request was said to start: the first forecast of it that anybody saw. */
export interface ForecastRow {
  readonly lock: LockId;
  readonly bundle: BundleId;
  /** When it was said. */
  readonly at: Instant;
  /** When it starts if every hold is as long as the median, and as long as nine in ten. */
  readonly p50: Instant;
  readonly p90: Instant;
}

/** What was said, and what then happened. */
export interface PastForecast extends ForecastRow {
  readonly started: Instant;
}

/** What the past says of how long holds last, and how good forecasts were. Lock and bundle numbers are per project. */
export interface Forecasts {
  /** How long the latest finished holds of a stage (letter case aside) lasted, latest first, at most `limit`. */
  holds(
    project: ProjectId,
    stage: { readonly definition: DefinitionId; readonly stage: string },
    limit: number,
  ): Promise<readonly Millis[]>;
  /** Keeps forecasts; of a request at a lock only the first one. */
  record(project: ProjectId, rows: readonly ForecastRow[]): Promise<void>;
  /** Of the latest `limit` requests of a lock with a forecast those that were granted, latest first. */
  past(project: ProjectId, lock: LockId, limit: number): Promise<readonly PastForecast[]>;
}
