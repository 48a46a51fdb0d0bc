import type { CheckOperation } from '@signalbox/engine';
import type { BundleId, Instant, LockId, RunId } from '@signalbox/model';

/** What a check turned to. */
export type CheckTurn =
  | { readonly turn: 'started' | 'lapsed'; readonly message?: string }
  | { readonly turn: 'ended'; readonly status: string; readonly message?: string }
  | { readonly turn: 'moved'; readonly by: string }
  | {
      readonly turn: 'operated';
      readonly what: CheckOperation;
      readonly by: string;
      readonly reason: string;
    };

/** Something that happened and that somebody may want to hear of, in the terms of the journal. */
export type Happening =
  | {
      readonly kind: 'run';
      readonly run: RunId;
      readonly state: 'inProgress' | 'canceling' | 'completed';
      readonly result?: string;
      readonly by?: string;
    }
  | {
      readonly kind: 'stage';
      readonly run: RunId;
      readonly stage: string;
      readonly state: 'waiting' | 'running' | 'completed';
      readonly result?: string;
      readonly by?: string;
    }
  | ({
      readonly kind: 'check';
      readonly run: RunId;
      readonly stage: string;
      readonly check: number;
    } & CheckTurn)
  | LockHappening;

/** What happened at locks. */
export interface LockHappening {
  readonly kind: 'lock';
  readonly event: LockWord;
  /** Absent: it is about the lock itself. */
  readonly bundle?: BundleId;
  /** Absent: those of the bundle. */
  readonly locks?: readonly LockId[];
  /** One word for what it is now, or what was done: `superseded`, `quarantined`, `moved`. */
  readonly result?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly until?: Instant;
  readonly byRun?: RunId;
}

/** The events about locks. */
export type LockWord =
  | 'lock.waiting'
  | 'lock.granted'
  | 'lock.released'
  | 'lock.ended'
  | 'lock.kept'
  | 'lock.holderChanged'
  | 'lock.overdue'
  | 'lock.operated'
  | 'lock.frozen'
  | 'lock.unfrozen';
