import type { Instant, RunId } from '@signalbox/model';

/** Names a log: the number is given by the caller and unique in its run. */
export interface LogKey {
  readonly run: RunId;
  readonly log: number;
}

/** A log without its lines. */
export interface LogInfo {
  readonly log: number;
  readonly lineCount: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** The output of steps. Lines count from 1 and are there once, in order, for ever (INV-60). */
export interface Logs {
  /**
   * Appends lines whose first has the number `firstLine`. Lines that are there already are skipped, so a
   * batch that is sent again does no harm; lines that would leave a gap are refused (`log-gap`).
   * Answers the number of lines after it.
   */
  append(key: LogKey, firstLine: number, lines: readonly string[]): Promise<number>;
  /** The lines `start` … `end`, both included and both optional. */
  lines(key: LogKey, range?: { readonly start?: number; readonly end?: number }): Promise<readonly string[]>;
  /** The logs of a run by number. */
  list(run: RunId): Promise<readonly LogInfo[]>;
}
