import type { DefinitionId, Instant, RunId } from '@signalbox/model';

/** What a project's trigger remembers; small, but for revisions and counters, which are asked for one at a time. */
export interface TriggerHeaderRow {
  /** Queue times rise with the run ids, each by a millisecond at least (INV-41, LAW-7). */
  readonly lastQueueTime: Instant;
  /** Runs that wait until their pipeline is no longer paused, by the id of the pipeline (TRIG-60); absent: none. */
  readonly held?: Readonly<Record<string, readonly RunId[]>>;
}

/** The last `$(Rev:r)` given for a definition and the rest of the number (RNAME-4). */
export interface RevisionRow {
  readonly definition: DefinitionId;
  /** Folded: numbers that differ only in letter case share their revisions. */
  readonly key: string;
  readonly value: number;
}

/** The last value of a counter: one for each definition and prefix, kept for good (EXPR-50). */
export interface CounterRow {
  readonly definition: DefinitionId;
  /** As the expression gave it. */
  readonly prefix: string;
  readonly value: number;
}

/** What the trigger's decision may lack. */
export type TriggerNeed =
  | { readonly need: 'header' }
  /** The organisation's last run id, held until the transaction ends, so that ids grow in commit order (INV-41). */
  | { readonly need: 'lastRun' }
  | { readonly need: 'revision'; readonly definition: DefinitionId; readonly key: string }
  | { readonly need: 'counter'; readonly definition: DefinitionId; readonly prefix: string };

/** The rows that answer a need. */
export interface TriggerAnswer {
  readonly of: TriggerNeed;
  readonly header?: TriggerHeaderRow;
  readonly lastRun?: RunId;
  /** 0 when there is none yet. */
  readonly revision?: number;
  /** Absent when there is none yet. */
  readonly counter?: number;
}

/** One changed row of a trigger, as the store writes it. */
export type TriggerChange =
  | { readonly table: 'header'; readonly row: TriggerHeaderRow }
  | { readonly table: 'lastRun'; readonly row: RunId }
  | { readonly table: 'revision'; readonly row: RevisionRow }
  | { readonly table: 'counter'; readonly row: CounterRow };
