import type { AgentId, Instant, JobRequestId, NodeResult } from '@signalbox/model';
import type { CheckAct } from '../check/check-run.ts';
import type { CheckAnswer, CheckOperation } from '../check/kind.ts';
import type { Person } from '../check/person.ts';
import type { LockAnswer } from '../interlocking/messages.ts';
import type { ResourceKey } from '../interlocking/rows.ts';
import type { InstanceKey, StepState } from './state.ts';

/** What a run understands. */
export type RunMessage =
  /**
   * Written with the run itself: look at the graph for the first time. `held`: it waited because its pipeline was
   * paused, so the locks do not expect it yet (TRIG-60).
   */
  | { readonly type: 'Begin'; readonly held?: true }
  | LockAnswer
  /** The pool gave the job to an agent. */
  | {
      readonly type: 'JobAssigned';
      readonly instance: InstanceKey;
      readonly request: JobRequestId;
      readonly lease: number;
      readonly agent: AgentId;
      readonly agentName: string;
    }
  /** No agent of the pool, online or not, satisfies the demands (JOB-4, AGENT-5). */
  | { readonly type: 'JobUnserved'; readonly instance: InstanceKey; readonly message: string }
  /** The pool's answer to `JobWithdrawn`: the job left the queue, no agent has it and none will (LAW-8). */
  | { readonly type: 'JobUnqueued'; readonly instance: InstanceKey }
  /** The agent's report; refused when the lease is not the current one (INV-51). Replies. */
  | {
      readonly type: 'JobReported';
      readonly instance: InstanceKey;
      readonly lease: number;
      readonly report: readonly JobReport[];
    }
  /** The pool closed the lease: the agent's report came, or its time and margin are over (LAW-8, JOB-6). */
  | {
      readonly type: 'LeaseClosed';
      readonly instance: InstanceKey;
      readonly lease: number;
      readonly lost: boolean;
    }
  /** The agent of the job is lost; until then its processes may still act, without it until somebody knows (LAW-10). */
  | {
      readonly type: 'LeaseLost';
      readonly instance: InstanceKey;
      readonly lease: number;
      readonly until?: Instant;
    }
  /** It is back, and goes on with the job. */
  | { readonly type: 'LeaseRegained'; readonly instance: InstanceKey; readonly lease: number }
  /** Command (CANCEL-1). */
  | { readonly type: 'Cancel'; readonly by: string }
  /** Command (CANCEL-11). */
  | { readonly type: 'CancelStage'; readonly stage: string; readonly by: string }
  /**
   * Command: runs stages again (RETRY-1). Without `stage` all that failed; `allJobs`: not only the jobs that failed;
   * `alone`: those that depend on the stage stay as they are. Replies `{ stages }`, the names of those run again.
   */
  | {
      readonly type: 'Retry';
      readonly stage?: string;
      readonly allJobs: boolean;
      readonly alone: boolean;
      readonly by: string;
    }
  /** Command: starts a manual stage, or one that was skipped (MAN-1, MAN-6). Replies `{ stages }`, as `Retry`. */
  | { readonly type: 'StartStage'; readonly stage: string; readonly by: string }
  /** Command: a person acts on a check of a stage attempt (APPR-13). Replies `{ status }`, the check's. */
  | {
      readonly type: 'ActOnCheck';
      readonly stage: string;
      readonly attempt: number;
      readonly check: number;
      readonly by: Person;
      readonly act: CheckAct;
    }
  /**
   * The answer to the effect `invokeCheck`, or a callback (HOOK-4, HOOK-5). Late, repeated and foreign ones change
   * nothing (HOOK-7). Replies `{ changed }`.
   */
  | ({
      readonly type: 'CheckAnswered';
      readonly stage: string;
      readonly attempt: number;
      readonly check: number;
    } & CheckAnswer)
  /**
   * Command: an operator passes a check by, has it evaluated anew, or puts it off `until` then (CHK-50 … CHK-53). The
   * reason has at most 1000 characters. Replies `{ status }`, the check's.
   */
  | {
      readonly type: 'OperateCheck';
      readonly stage: string;
      readonly attempt: number;
      readonly check: number;
      readonly what: CheckOperation;
      readonly by: Person;
      readonly reason: string;
      /** With `defer`. */
      readonly until?: Instant;
    }
  /** Somebody changed which pipelines may use the resource; it only wakes, the permission is read (CHK-23). */
  | { readonly type: 'PermissionChanged'; readonly resource: ResourceKey }
  /** The resource is gone: stages whose checkpoint has it are denied (CHK-54). */
  | { readonly type: 'ResourceDeleted'; readonly resource: ResourceKey; readonly by: string }
  /** Timer: the check times out, its pass lapses, or time alone changes it (APPR-8, APPR-11, CHK-34). */
  | { readonly type: 'CheckDue'; readonly stage: string; readonly attempt: number; readonly check: number }
  /**
   * Command: ends the run, or one stage of it, whatever conditions and protection say; clean-up is skipped
   * (CANCEL-13, U8). Replies `{ changed }`, or refuses without a reason of 1 to 1000 characters.
   */
  | { readonly type: 'ForceCancel'; readonly stage?: string; readonly by: string; readonly reason: string }
  /** Timer: a step on the server has waited long enough; it only wakes (JOB-7). */
  | { readonly type: 'ServerStepDue'; readonly instance: InstanceKey }
  /** Timer: `timeoutInMinutes` after the job was started (TIME-1); with lease 0 it runs on the server. */
  | { readonly type: 'JobTimedOut'; readonly instance: InstanceKey; readonly lease: number }
  /**
   * Timer: the clean-up budget of a cancelled job is over (CANCEL-8). With lease 0: a job that survived
   * a cancel has waited that long for an agent in vain (CANCEL-10).
   */
  | { readonly type: 'CancelBudgetOver'; readonly instance: InstanceKey; readonly lease: number };

/** One thing that an agent says about its job, in order. */
export type JobReport =
  | { readonly kind: 'started'; readonly at: Instant }
  | { readonly kind: 'step'; readonly step: StepState }
  /** Outputs set by the step so far (CTX-1). */
  | { readonly kind: 'output'; readonly name: string; readonly value: string; readonly secret: boolean }
  /** A new number for the run, right by RNAME-5 (RNAME-8). */
  | { readonly kind: 'runNumber'; readonly number: string }
  /** The last one: the worker and all its processes are gone. */
  | {
      readonly kind: 'finished';
      readonly at: Instant;
      readonly result: NodeResult;
      readonly message?: string;
    };
