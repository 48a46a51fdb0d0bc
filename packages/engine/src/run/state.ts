import type {
  AgentId,
  DefinitionId,
  FencingToken,
  Guid,
  HookName,
  Instant,
  JobRequestId,
  NodeResult,
  PoolId,
  ProjectId,
  RunId,
  RunReason,
  RunResult,
  RunStatus,
  SpanEnd,
  StageReason,
  StaleCommit,
  Value,
} from '@signalbox/model';
import type { Checkpoint } from '../check/checkpoint.ts';
import type { ProtectingLock } from '../interlocking/messages.ts';
import type { ResourceKey } from '../interlocking/rows.ts';
import type { RunCause } from '../trigger/cause.ts';

/** What a run is born with and never changes (RUN-5). The plan lies beside it, just as frozen. */
export interface RunIdentity {
  readonly id: RunId;
  readonly project: ProjectId;
  readonly projectName: string;
  /** `path`: its folder, for example `\\team`. */
  readonly definition: { readonly id: DefinitionId; readonly name: string; readonly path?: string };
  readonly number: string;
  /** The repository of the file, as others would name it: `git`, `tools`; absent: nobody said. */
  readonly repository?: { readonly type: string; readonly name: string };
  readonly planId: Guid;
  readonly reason: RunReason;
  /** Full ref, for example refs/heads/main. */
  readonly branch: string;
  readonly commit: string;
  readonly commitMessage?: string;
  /** What started it; absent: a person did. */
  readonly cause?: RunCause;
  /** Predefined variables that only the server knows, by name: numbers of accounts, the repository's address (PVAR-1). */
  readonly known?: Readonly<Record<string, string>>;
  readonly requestedBy: string;
  readonly requestedFor: string;
  readonly queueTime: Instant;
  /** Values given when the run was queued, and the definition's own; the plan's override them (VARD-3). */
  readonly variables: Readonly<Record<string, { readonly value: string; readonly secret: boolean }>>;
  /** The texts of variables that a counter is part of, counted once, at birth (EXPR-51); by `countedKey`. */
  readonly counted?: Readonly<Record<string, string>>;
  readonly parameters?: string;
  /** Values given for the file's `parameters`, as texts; absent: none. Kept to be told, the plan has them already. */
  readonly templateParameters?: Readonly<Record<string, string>>;
  readonly stagesToSkip: readonly string[];
  /** Jobs that are left out, `Stage.Job`; absent: none. They count as absent, like stages that are (STG-6). */
  readonly jobsToSkip?: readonly string[];
  readonly defaultPool: string;
  /** Names of pools the plan can reach, folded, with their ids. */
  readonly pools: Readonly<Record<string, PoolId>>;
  /** The protected resources of each stage (folded name): what it locks if a lock exists (LOCK-9). */
  readonly resources: Readonly<Record<string, readonly (ResourceKey & { readonly name: string })[]>>;
}

/** A run as it stands: rows, plain JSON. */
export interface RunState extends RunIdentity {
  readonly status: RunStatus;
  readonly result?: RunResult;
  readonly startTime?: Instant;
  readonly finishTime?: Instant;
  /** Set once, by the first cancel (CANCEL-13). */
  readonly cancel?: { readonly at: Instant; readonly by: string };
  /** Who ended it at once, and why (CANCEL-13). */
  readonly forced?: ForcedCancel;
  /** It holds locks for this span, which began with the stage attempt (LOCK-65). */
  readonly span?: { readonly stage: string; readonly attempt: number; readonly until: SpanEnd };
  /** In the order of the plan; one entry per stage: its latest attempt. */
  readonly stages: readonly StageState[];
  /** Attempts that a later one took the place of, oldest first (RETRY-8); absent: no stage was run again. */
  readonly earlier?: readonly CompletedStage[];
}

/** A stage attempt that is over. */
export type CompletedStage = Extract<StageState, { readonly phase: 'completed' }>;

/** Who asked for a stage attempt that did not begin by itself, and how (MAN-1, MAN-6, RETRY-1). */
export interface StageRequest {
  readonly at: Instant;
  readonly by: string;
  /**
   * `start`: a manual stage was started; `force`: one that was skipped, whatever its condition says; `retry`: run
   * again, and its condition is asked again.
   */
  readonly way: 'start' | 'force' | 'retry';
}

/** Who ended a run or a stage at once, past conditions, clean-up and protection (CANCEL-13, U8). */
export interface ForcedCancel {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
}

/** A cancel that waits until a protected stage is over (Q6): the first one counts (CANCEL-13). */
export interface DeferredCancel {
  readonly at: Instant;
  readonly by: string;
  readonly of: 'run' | 'stage';
}

/** How the holder of a stage's locks is doing, as the interlocking was told last (LAW-8, LAW-10). */
export interface StageHolder {
  readonly state: 'working' | 'draining' | 'quarantined';
  /** When its processes can act no more, if that is known. */
  readonly until?: Instant;
}

interface StageCommon {
  readonly name: string;
  readonly attempt: number;
  readonly jobs: readonly JobState[];
  /** Absent: it begins by itself when its turn comes. */
  readonly requested?: StageRequest;
  /** Its checks, from the moment that its condition was true; absent: its resources have none (CHK-2). */
  readonly checkpoint?: Checkpoint;
}

/** A stage attempt. */
export type StageState =
  /** Its dependencies are not terminal yet, or nobody looked. */
  | (StageCommon & { readonly phase: 'notStarted' })
  /** Waits for its checks, then for the grant of its locks; its timeline record stays `pending` (STG-11). */
  | (StageCommon & { readonly phase: 'waiting'; readonly since: Instant })
  | (StageCommon & {
      readonly phase: 'running';
      readonly waitingSince: Instant;
      readonly startTime: Instant;
      readonly tokens: readonly FencingToken[];
      readonly stale?: readonly StaleCommit[];
      /** Being cancelled: its condition was false when the cancel came (CANCEL-2). */
      readonly cancelling: boolean;
      /** Who cancelled it, once it is being cancelled. */
      readonly canceledBy?: string;
      /** The locks that keep a cancel from it until it is over (`cancel: afterStage`, Q6); absent: none. */
      readonly protectedBy?: readonly ProtectingLock[];
      /** The cancel that waits for its end. */
      readonly cancelRequested?: DeferredCancel;
      readonly forced?: ForcedCancel;
      /** Absent: it is at work. */
      readonly holder?: StageHolder;
      /** Its jobs are over with this result; it waits for its post-deployment approval (CLASSIC-13). */
      readonly jobsOver?: { readonly at: Instant; readonly result: NodeResult };
    })
  | (StageCommon & {
      readonly phase: 'completed';
      readonly result: NodeResult;
      readonly reason?: StageReason;
      readonly startTime?: Instant;
      readonly finishTime: Instant;
      readonly tokens: readonly FencingToken[];
      /** A newer commit was deployed behind these locks when it started (LOCK-67). */
      readonly stale?: readonly StaleCommit[];
      /**
       * `none`: it never held; `draining`: jobs are over but a lease is open, the locks stay (LAW-8);
       * `released`: told the interlocking.
       */
      readonly locks: 'none' | 'draining' | 'released';
      readonly holder?: StageHolder;
    });

/** One of the instances, or on a machine the chain of hooks, into which a job was expanded (MTX-1, MTX-4, DEP-7). */
export interface JobLeg {
  /** Unique in its job ignoring case: the leg, `Job<n>` of a slice, or the machine (MTX-3, MTX-4, DEP-13). */
  readonly name: string;
  /** What people see; absent: the name (NAME-8). */
  readonly displayName?: string;
  /** The job variables of a leg (MTX-1). */
  readonly variables?: Readonly<Record<string, Value>>;
  /** The machine of an environment whose own agent does the work (AGENT-15). */
  readonly machine?: { readonly id: number; readonly pool: PoolId };
}

/** What a job became as it started, frozen with it (RUN-1). */
export interface JobExpansion {
  readonly kind: 'matrix' | 'parallel' | 'machines';
  /** Never empty; in the order in which they start. */
  readonly legs: readonly JobLeg[];
  /** How many work at the same time, from 1; of machines: how many a batch has (MTX-6, DEP-7). */
  readonly atOnce: number;
}

/** Tells the instances of one job apart; empty: a plain job's only one. */
export interface InstancePart {
  readonly hook?: HookName;
  /** The name of its leg, slice or machine. */
  readonly leg?: string;
}

interface JobCommon {
  readonly name: string;
  readonly attempt: number;
  /** It was not run again with its stage: these are the records of an earlier attempt of the stage (RETRY-4). */
  readonly carried?: true;
  /** Absent: one plain instance, or the job has not started. */
  readonly expansion?: JobExpansion;
  /** Those that began: one for a plain job, one per leg, per hook (DEP-5), or per hook and machine (DEP-7). */
  readonly instances: readonly InstanceState[];
}

/** A job of a stage attempt (a phase, GLOSS-2). */
export type JobState =
  | (JobCommon & { readonly phase: 'notStarted' })
  | (JobCommon & { readonly phase: 'running'; readonly startTime: Instant; readonly cancelling: boolean })
  | (JobCommon & {
      readonly phase: 'completed';
      readonly result: NodeResult;
      readonly startTime?: Instant;
      readonly finishTime: Instant;
      readonly message?: string;
    });

interface InstanceCommon extends InstancePart {
  readonly pool: PoolId;
  readonly readyAt: Instant;
  readonly steps: readonly StepState[];
  /** `<step>.<variable>` → value (CTX-1). */
  readonly outputs: Readonly<Record<string, { readonly value: string; readonly secret: boolean }>>;
}

/** A lease as the run sees it; `open` until the agent's report or the pool closed it (LAW-8). */
export interface InstanceLease {
  readonly request: JobRequestId;
  readonly token: number;
  readonly agent: AgentId;
  readonly agentName: string;
  readonly open: boolean;
  /** Its agent is lost, or was when the lease was closed: then nobody reported the end (LAW-10). */
  readonly lost?: { readonly since: Instant; readonly until?: Instant };
}

/** Since when an instance is to end, and when its clean-up has to be over; `forced`: there is none (CANCEL-8). */
export interface InstanceCancel {
  readonly at: Instant;
  readonly deadline: Instant;
  readonly forced?: true;
}

/** One execution on one agent. */
export type InstanceState =
  /** In the pool's queue. `cancel`: asked back from there; the pool's answer decides (LAW-8). */
  | (InstanceCommon & {
      readonly phase: 'queued';
      readonly cancel?: InstanceCancel;
    })
  | (InstanceCommon & {
      readonly phase: 'running';
      readonly lease: InstanceLease;
      readonly assignedAt: Instant;
      /** When the agent said that it started: the job's clock runs from here (JOB-3). */
      readonly startTime?: Instant;
      readonly cancel?: InstanceCancel;
      readonly timedOut?: boolean;
    })
  /** Its steps run on the server: no agent, no lease, no parallel job (JOB-7). Its pool is 0. */
  | (InstanceCommon & {
      readonly phase: 'onServer';
      /** There is none. */
      readonly lease?: never;
      readonly startTime: Instant;
      /** What the step under way waits for; absent between steps. */
      readonly task?: ServerTaskState;
      readonly cancel?: InstanceCancel;
      readonly timedOut?: boolean;
    })
  | (InstanceCommon & {
      readonly phase: 'completed';
      readonly result: NodeResult;
      readonly lease?: InstanceLease;
      readonly startTime?: Instant;
      readonly finishTime: Instant;
      readonly message?: string;
    });

/** What a step on the server waits for. */
export interface ServerTaskState {
  /** The step's. */
  readonly order: number;
  /** How often it was begun (STEPY-8). */
  readonly tries: number;
  /** The step's own time-out; absent: it has none, or its check counts it. */
  readonly dueAt?: Instant;
  readonly wait:
    | { readonly kind: 'delay'; readonly until: Instant }
    /** It failed, and is tried again then. */
    | { readonly kind: 'pause'; readonly until: Instant }
    /** The number of the check that decides it, and what the end of the check's time means (TIME-3). */
    | { readonly kind: 'check'; readonly check: number; readonly onTimeout: 'fail' | 'succeed' };
}

/** A step as its agent reported it. `order` counts from 1 and includes the implicit steps (STEP-2). */
export interface StepState {
  readonly order: number;
  readonly name: string;
  readonly displayName: string;
  readonly state: 'inProgress' | 'completed';
  readonly result?: NodeResult;
  readonly startTime: Instant;
  readonly finishTime?: Instant;
  /** The first ten of each kind; the counts go on (AGENT-12). */
  readonly issues: readonly StepIssue[];
  readonly errorCount: number;
  readonly warningCount: number;
  /** Number of the step's log in the run; absent while it wrote nothing. */
  readonly log?: number;
  /** 0 to 100; absent: it did not say (LOG-11). */
  readonly percent?: number;
  /** What it says that it does now. */
  readonly operation?: string;
  /** Its child records, in the order of their first mention (LOG-12); absent: none. */
  readonly details?: readonly StepDetail[];
}

/** An error or a warning of a step, with the place that it is about as far as it was told (LOG-10). */
export interface StepIssue {
  readonly type: 'error' | 'warning';
  readonly message: string;
  readonly path?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly code?: string;
}

/** A child record of a step (LOG-12). */
export interface StepDetail {
  /** A GUID that the step chose. */
  readonly id: string;
  /** Another record of the step; absent: the step. */
  readonly parent?: string;
  readonly type: string;
  readonly name: string;
  readonly order?: number;
  readonly state: 'pending' | 'inProgress' | 'completed';
  readonly result?: NodeResult;
  readonly startTime?: Instant;
  readonly finishTime?: Instant;
  readonly percent?: number;
  readonly operation?: string;
}

/** Names a job instance inside its run. */
export interface InstanceKey extends InstancePart {
  readonly stage: string;
  readonly stageAttempt: number;
  readonly job: string;
  readonly jobAttempt: number;
}
