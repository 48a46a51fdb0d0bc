import type { LockRequestView, LockView, RunView, WireTime } from '../views.ts';

/** What every act of an operator says: why, in one line of 1 to 1000 characters. */
export interface OperatorReason {
  readonly reason: string;
}

/** `POST bundles/{id}/move`: beside which other bundle of the same queue; exactly one of the two. */
export type NewPlace = { readonly before: number } | { readonly after: number };

/** `POST locks/{id}/freeze`. Without `until`, the freeze lasts until somebody ends it. */
export interface NewFreeze extends OperatorReason {
  readonly until?: WireTime;
  /** Branches that pass: full names, or beginnings with `*` at the end; at most 32. */
  readonly exempt?: readonly string[];
}

/** `POST runs/{id}/forcecancel`; without `stage` the whole run. */
export interface NewForceCancel extends OperatorReason {
  readonly stage?: string;
}

/** What became of a run. `changed` is false when it was over, or ended by force, before. */
export interface OperatedRun {
  readonly changed: boolean;
  readonly run: RunView;
}

/** What became of a stage's requests. `changed` is false when everything was so before. */
export interface OperatedRequests {
  readonly changed: boolean;
  /** One for each lock, as they are now. */
  readonly requests: readonly LockRequestView[];
}

/** What became of a lock. `changed` is false when everything was so before. */
export interface OperatedLock {
  readonly changed: boolean;
  readonly lock: LockView;
}
