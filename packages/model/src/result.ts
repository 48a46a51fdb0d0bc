import type { Instant } from './ids.ts';

/** The result of a stage, job, or step, as the service numbers them 0 … 5 (RES-1). */
export type NodeResult =
  'succeeded' | 'succeededWithIssues' | 'failed' | 'canceled' | 'skipped' | 'abandoned';

/** A timeline record's state (RES-2). */
export type RecordState = 'pending' | 'inProgress' | 'completed';

/** The status of a run, in the words of the Build API (RES-3). */
export type RunStatus = 'notStarted' | 'inProgress' | 'cancelling' | 'completed';

/** The result of a completed run, in the words of the Build API (RES-3). */
export type RunResult = 'succeeded' | 'partiallySucceeded' | 'failed' | 'canceled';

/** Why a run was started (Build.Reason). */
export type RunReason =
  | 'manual'
  | 'individualCI'
  | 'batchedCI'
  | 'schedule'
  | 'pullRequest'
  | 'buildCompletion'
  | 'resourceTrigger';

/** Machine-readable reason for a stage that did not run, or did not run to its end (STG-8). */
export type StageReason =
  | { readonly kind: 'deselected' }
  /** `canceling`: it would have been true, had the run not been canceled. */
  | { readonly kind: 'conditionFalse'; readonly condition: string; readonly canceling?: true }
  | { readonly kind: 'conditionError'; readonly condition: string; readonly message: string }
  | { readonly kind: 'lockTimeout'; readonly lock: string; readonly minutes: number }
  | { readonly kind: 'superseded'; readonly byRun: number; readonly lock: string }
  /** A newer commit was deployed behind the lock before (LOCK-67). */
  | {
      readonly kind: 'stale';
      readonly lock: string;
      readonly byRun: number;
      readonly byStage: string;
      readonly deployedAt: Instant;
    }
  | { readonly kind: 'canceled'; readonly by: string }
  | { readonly kind: 'noAgent'; readonly message: string }
  /** Somebody rejected it, or it cannot pass: which check, and why in one sentence (CHK-30). */
  | { readonly kind: 'checkRejected'; readonly check: string; readonly message: string }
  /** A check did not pass in its time (CHK-30, APPR-11). */
  | { readonly kind: 'checkTimedOut'; readonly check: string; readonly minutes: number }
  | { readonly kind: 'lockMissing'; readonly message: string }
  /** It came to a lock that the span of its run does not have (LOCK-65). */
  | { readonly kind: 'lockOutsideSpan'; readonly lock: string; readonly message: string };
