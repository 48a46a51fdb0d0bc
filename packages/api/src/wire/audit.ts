import type { WireTime } from '../views.ts';

/** One line of the journal of a project's locks. */
export interface AuditEntryView {
  /** 1, 2, 3 … without a gap in each project. */
  readonly version: number;
  readonly at: WireTime;
  /** What happened: the fact, its kind in `type`. */
  readonly event: AuditFact;
  /** The message that led to this fact and to those after it that have none. */
  readonly cause?: AuditFact;
}

/** `queryOrder` of the journal; the oldest come first where it is not said. */
export type AuditOrder = 'versionAscending' | 'versionDescending';

/** A fact or a message as the journal keeps it. */
export interface AuditFact {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** `GET audit/locks/replay`: every decision of the locks, made again. */
export interface ReplayView {
  /** Facts that the journal holds. */
  readonly facts: number;
  /** Messages that were decided again. */
  readonly decisions: number;
  /** Facts at the beginning that are older than kept messages, and were taken as given. */
  readonly taken: number;
  /** The first decision that came out otherwise; absent: there is none. */
  readonly difference?: {
    readonly version: number;
    readonly at: WireTime;
    readonly cause: AuditFact;
    /** Absent: the journal says nothing more for this message. */
    readonly recorded?: AuditFact;
    /** Absent: the decision says nothing more. */
    readonly recomputed?: AuditFact;
  };
}
