import type {
  FencingToken,
  Instant,
  NodeResult,
  Plan,
  PoolId,
  RunResult,
  SpanEnd,
  StageReason,
  StaleCommit,
} from '@signalbox/model';
import type { CheckAct, CheckProgress, CheckRun } from '../check/check-run.ts';
import type { CheckOperation } from '../check/kind.ts';
import type { ProtectingLock } from '../interlocking/messages.ts';
import type {
  InstanceKey,
  InstanceLease,
  JobExpansion,
  RunIdentity,
  ServerTaskState,
  StageHolder,
  StepState,
} from './state.ts';

/** What happens to a run; `evolve` makes its rows of it. */
export type RunEvent =
  /** Birth, written by the trigger's transaction; the store keeps the plan apart. */
  | { readonly type: 'RunCreated'; readonly identity: RunIdentity; readonly plan: Plan }
  | { readonly type: 'RunStarted'; readonly at: Instant }
  | { readonly type: 'RunCancelRequested'; readonly at: Instant; readonly by: string }
  /** Whatever is left of the run ends at once: an operator's act, with who and why (CANCEL-13). */
  | { readonly type: 'RunCancelForced'; readonly at: Instant; readonly by: string; readonly reason: string }
  | { readonly type: 'RunCompleted'; readonly at: Instant; readonly result: RunResult }
  /** It goes on with the same id and number, for a stage that is run again or started by hand (RETRY-10, MAN-3). */
  | { readonly type: 'RunReopened'; readonly at: Instant; readonly by: string }
  /** Somebody started a manual stage (MAN-1). */
  | { readonly type: 'StageRequested'; readonly stage: string; readonly at: Instant; readonly by: string }
  /**
   * The stage begins a new attempt, and the one before is kept (RETRY-3, RETRY-8). Every job of the stage is named;
   * `way`: why, as in `StageRequest`.
   */
  | {
      readonly type: 'StageRetried';
      readonly stage: string;
      /** The new one. */
      readonly attempt: number;
      readonly at: Instant;
      readonly by: string;
      readonly way: 'force' | 'retry';
      readonly jobs: readonly RetriedJob[];
    }
  /** A step gave the run another number (RNAME-8). */
  | { readonly type: 'RunNumbered'; readonly at: Instant; readonly number: string }
  /**
   * The condition is true. With `checks` the stage begins its checkpoint with these, as they are now (CHK-6);
   * without, it asked for its locks at once.
   */
  | {
      readonly type: 'StageWaiting';
      readonly stage: string;
      readonly at: Instant;
      readonly checks?: readonly CheckRun[];
    }
  | CheckpointEvent
  | {
      readonly type: 'StageStarted';
      readonly stage: string;
      readonly at: Instant;
      readonly tokens: readonly FencingToken[];
      readonly protectedBy?: readonly ProtectingLock[];
      /** A newer commit was deployed at these locks before (LOCK-67). */
      readonly stale?: readonly StaleCommit[];
    }
  /** A cancel of the run or of the stage came to a protected stage: it takes effect when the stage is over (Q6). */
  | {
      readonly type: 'StageCancelDeferred';
      readonly stage: string;
      readonly of: 'run' | 'stage';
      readonly by: string;
      readonly at: Instant;
    }
  /** The stage alone ends at once: an operator's act, with who and why (CANCEL-13). */
  | {
      readonly type: 'StageCancelForced';
      readonly stage: string;
      readonly by: string;
      readonly reason: string;
      readonly at: Instant;
    }
  | { readonly type: 'StageCancelling'; readonly stage: string; readonly by: string; readonly at: Instant }
  | {
      readonly type: 'StageCompleted';
      readonly stage: string;
      readonly at: Instant;
      readonly result: NodeResult;
      readonly reason?: StageReason;
    }
  /** The interlocking was told how the holder of the stage's locks is doing (LAW-8, LAW-10). */
  | {
      readonly type: 'StageHolderChanged';
      readonly stage: string;
      readonly at: Instant;
      readonly state: StageHolder['state'];
      readonly until?: Instant;
    }
  /** The locks of the stage are granted to the run for a span (LOCK-65). */
  | {
      readonly type: 'SpanBegan';
      readonly stage: string;
      readonly attempt: number;
      readonly until: SpanEnd;
      readonly at: Instant;
    }
  /** The interlocking was told that the span is over. */
  | { readonly type: 'SpanEnded'; readonly stage: string; readonly attempt: number; readonly at: Instant }
  /** The interlocking was told that the stage's locks are free. */
  | { readonly type: 'StageLocksReleased'; readonly stage: string; readonly at: Instant }
  /** Its condition is true; with `expansion` it becomes several instances (RUN-1). */
  | {
      readonly type: 'JobStarted';
      readonly stage: string;
      readonly job: string;
      readonly at: Instant;
      readonly expansion?: JobExpansion;
    }
  | { readonly type: 'JobCancelling'; readonly stage: string; readonly job: string; readonly at: Instant }
  | {
      readonly type: 'JobCompleted';
      readonly stage: string;
      readonly job: string;
      readonly at: Instant;
      readonly result: NodeResult;
      readonly message?: string;
    }
  | {
      readonly type: 'InstanceQueued';
      readonly instance: InstanceKey;
      readonly pool: PoolId;
      readonly at: Instant;
    }
  /** It works on the server from now on (JOB-7). */
  | { readonly type: 'ServerJobStarted'; readonly instance: InstanceKey; readonly at: Instant }
  /** The step under way waits for this. */
  | {
      readonly type: 'ServerTaskBegan';
      readonly instance: InstanceKey;
      readonly at: Instant;
      readonly task: ServerTaskState;
    }
  | {
      readonly type: 'InstanceAssigned';
      readonly instance: InstanceKey;
      readonly lease: InstanceLease;
      readonly at: Instant;
    }
  | { readonly type: 'InstanceStarted'; readonly instance: InstanceKey; readonly at: Instant }
  | {
      readonly type: 'InstanceCancelRequested';
      readonly instance: InstanceKey;
      readonly at: Instant;
      readonly deadline: Instant;
      readonly timedOut: boolean;
      /** No time for clean-up; goes beyond an earlier request. */
      readonly forced?: true;
    }
  | { readonly type: 'StepReported'; readonly instance: InstanceKey; readonly step: StepState }
  | {
      readonly type: 'OutputSet';
      readonly instance: InstanceKey;
      readonly name: string;
      readonly value: string;
      readonly secret: boolean;
    }
  | {
      readonly type: 'InstanceCompleted';
      readonly instance: InstanceKey;
      readonly at: Instant;
      readonly result: NodeResult;
      readonly message?: string;
    }
  | {
      readonly type: 'InstanceLeaseLost';
      readonly instance: InstanceKey;
      readonly at: Instant;
      readonly until?: Instant;
    }
  | { readonly type: 'InstanceLeaseRegained'; readonly instance: InstanceKey; readonly at: Instant }
  | {
      readonly type: 'InstanceLeaseClosed';
      readonly instance: InstanceKey;
      readonly lost: boolean;
      readonly at: Instant;
    };

/** What a new attempt of a stage does with one of its jobs (RETRY-4, RETRY-5). */
export interface RetriedJob {
  readonly name: string;
  /** `kept`: its records, outputs and result are carried over; `failed`: only its instances that need it; `all`: whole. */
  readonly how: 'kept' | 'failed' | 'all';
}

/** What happens to the checkpoint of a stage attempt. */
export type CheckpointEvent =
  /** The interlocking was told that the stage waits for approvals; its answer says which comes first (LOCK-66). */
  | { readonly type: 'LocksAnnounced'; readonly stage: string; readonly at: Instant }
  /** The interlocking answered that the approvals come before the locks (LOCK-20). */
  | { readonly type: 'LocksDeferred'; readonly stage: string; readonly at: Instant }
  /** The locks were granted while approvals are pending (CLASSIC-3). */
  | {
      readonly type: 'LocksHeld';
      readonly stage: string;
      readonly at: Instant;
      readonly tokens: readonly FencingToken[];
      readonly protectedBy?: readonly ProtectingLock[];
      readonly stale?: readonly StaleCommit[];
    }
  /** Every check has passed; the stage asked for its locks (LOCK-20). */
  | { readonly type: 'LocksAsked'; readonly stage: string; readonly at: Instant }
  /** A step on the server asks for a decision: a check more (JOB-7, APPR-19). */
  | {
      readonly type: 'CheckAdded';
      readonly stage: string;
      readonly check: number;
      readonly at: Instant;
      readonly added: CheckRun;
    }
  /** The category of the check begins: its time-out counts from here (CHK-38). */
  | {
      readonly type: 'CheckStarted';
      readonly stage: string;
      readonly check: number;
      readonly at: Instant;
      readonly dueAt: Instant;
      readonly progress: CheckProgress;
    }
  /**
   * Somebody acted on it, a service answered, or time did something; `by` and `act` say who did what. One that was
   * deferred is looked at again; one that is approved stays so `until` then.
   */
  | {
      readonly type: 'CheckMoved';
      readonly stage: string;
      readonly check: number;
      readonly at: Instant;
      readonly progress: CheckProgress;
      readonly until?: Instant;
      readonly by?: string;
      readonly act?: CheckAct;
    }
  /** It is decided; `until`: approved, but only until then (CHK-34). */
  | {
      readonly type: 'CheckEnded';
      readonly stage: string;
      readonly check: number;
      readonly at: Instant;
      readonly status: 'approved' | 'rejected' | 'timedOut' | 'canceled';
      readonly until?: Instant;
      readonly progress?: CheckProgress;
      readonly message?: string;
    }
  /** Its pass counts no more: the time of it is over, or it was withdrawn (CHK-33, BH-3). It is open again. */
  | {
      readonly type: 'CheckLapsed';
      readonly stage: string;
      readonly check: number;
      readonly at: Instant;
      readonly progress: CheckProgress;
      readonly message?: string;
    }
  /** An operator let the stage pass without it, had it evaluated anew, or put it off `until` then (CHK-50 … 53). */
  | {
      readonly type: 'CheckOperated';
      readonly stage: string;
      readonly check: number;
      readonly at: Instant;
      readonly what: CheckOperation;
      readonly by: string;
      /** Empty: nobody said why. */
      readonly reason: string;
      readonly progress?: CheckProgress;
      readonly until?: Instant;
    }
  /** The jobs are over with this result; the stage waits for its post-deployment approval (CLASSIC-13). */
  | {
      readonly type: 'StageJobsOver';
      readonly stage: string;
      readonly at: Instant;
      readonly result: NodeResult;
    };
