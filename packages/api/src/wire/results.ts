/** A line of a log that was searched for. */
export interface LogHit {
  /** Number of the log in its run. */
  readonly log: number;
  /** Number of the line in its log, from 1. */
  readonly line: number;
  readonly text: string;
}

/** What a search in the logs of one run found, in the order of the logs. */
export interface LogSearch {
  readonly hits: readonly LogHit[];
  /** There may be more than these: as many were found as were asked for, or the search took too long. */
  readonly incomplete?: true;
}
