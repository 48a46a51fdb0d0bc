import type {
  Blocker,
  CheckCategory,
  CheckKindName,
  CheckStatus,
  FencingToken,
  LockPolicy,
  LockRequestStatus,
  LockResourceType,
  NodeResult,
  RunReason,
  RunResult,
  RunStatus,
  StageReason,
  StaleCommit,
} from '@signalbox/model';
import type { StepIssue } from './agent-protocol.ts';
import type { SpanView } from './span-text.ts';

/** Times on the wire are ISO 8601 in UTC with `Z`. */
export type WireTime = string;

/** A run with its stages: what a list or a page shows at a glance. `GET P/_apis/signalbox/runs`. */
export interface RunView {
  readonly id: number;
  readonly number: string;
  readonly project: { readonly id: string; readonly name: string };
  readonly definition: { readonly id: number; readonly name: string };
  readonly status: RunStatus;
  readonly result?: RunResult;
  readonly reason: RunReason;
  readonly branch: string;
  readonly commit: string;
  readonly commitMessage?: string;
  readonly requestedFor: string;
  readonly queueTime: WireTime;
  readonly startTime?: WireTime;
  readonly finishTime?: WireTime;
  readonly cancelRequestedBy?: string;
  /** Who ended it at once, without clean-up, and why. */
  readonly forced?: ForcedCancelView;
  readonly stages: readonly StageView[];
}

/** A forced cancel: when, who and why (CANCEL-13). */
export interface ForcedCancelView {
  readonly at: WireTime;
  readonly by: string;
  readonly reason: string;
}

/** A stage attempt as people see it. */
export interface StageView {
  readonly name: string;
  readonly displayName: string;
  readonly attempt: number;
  /** The attempts before this one, oldest first (RETRY-8); absent: none. */
  readonly previousAttempts?: readonly EarlierAttemptView[];
  /** Who asked for this attempt by hand: run again, or started (RETRY-1, MAN-1, MAN-6); absent: it began by itself. */
  readonly requestedBy?: string;
  /** What can be done about it now by whoever may queue the run; absent: nothing. */
  readonly acts?: readonly StageAct[];
  readonly dependsOn: readonly string[];
  /** `waiting`: for its checks or its locks; `draining`: over, but its locks stay until its agents are surely silent (LAW-8). */
  readonly state: 'notStarted' | 'waiting' | 'running' | 'draining' | 'completed';
  readonly result?: NodeResult;
  readonly reason?: StageReason;
  /** A newer commit was deployed behind these locks before, which only warn of that (LOCK-67). */
  readonly stale?: readonly StaleCommit[];
  readonly cancelling: boolean;
  /** The locks that keep a cancel from it until it is over (`cancel: afterStage`); absent: none. */
  readonly protectedBy?: readonly string[];
  /** The cancel of its run, or of itself, that takes effect when it is over. */
  readonly cancelPending?: { readonly at: WireTime; readonly by: string; readonly of: 'run' | 'stage' };
  readonly forced?: ForcedCancelView;
  /** Its processes may still act though it is over, or its agents are lost; `until` when they can act no more. */
  readonly holder?: { readonly state: 'draining' | 'quarantined'; readonly until?: WireTime };
  /** The approvals that are asked for now: before the locks, or after the jobs. */
  readonly approvals?: readonly OpenApprovalView[];
  /** Its checks in the order of evaluation; absent: its resources have none, or it has not come so far. */
  readonly checks?: readonly CheckView[];
  readonly waitingSince?: WireTime;
  readonly startTime?: WireTime;
  readonly finishTime?: WireTime;
  readonly tokens: readonly FencingToken[];
  readonly jobs: readonly JobView[];
}

/** `retry`: run its failed jobs again, `retryAll`: all of them (RETRY-1); `start`: by hand (MAN-1, MAN-6). */
export type StageAct = 'retry' | 'retryAll' | 'start';

/** An attempt of a stage that a later one took the place of (RETRY-8). */
export interface EarlierAttemptView {
  readonly attempt: number;
  readonly result: NodeResult;
  readonly reason?: StageReason;
  readonly startTime?: WireTime;
  readonly finishTime: WireTime;
  readonly jobs: readonly JobView[];
}

/** A check of a stage attempt as people see it. */
export interface CheckView {
  /** Of the check run: its timeline record, and its approval if it is one, have this id, too. */
  readonly id: string;
  /** The suite that it belongs to; absent: a step on the server asks it, and it belongs to none. */
  readonly suite?: string;
  /** `Approval of prod`. */
  readonly name: string;
  readonly kind: CheckKindName | 'authorization';
  /** When it is evaluated (CHK-20). */
  readonly category: CheckCategory;
  readonly status: CheckStatus;
  /** Whether the stage waits for it now. */
  readonly awaited: boolean;
  readonly resource: { readonly type: LockResourceType; readonly id: string; readonly name: string };
  /**
   * One sentence: what is awaited, since when, until when, what is known of it and who can act; or how and when it
   * ended. The command line, timelines and the page show this one.
   */
  readonly text: string;
  readonly since?: WireTime;
  /** When it times out. */
  readonly until?: WireTime;
  /** It passed, but counts only until then (CHK-34). */
  readonly validUntil?: WireTime;
  readonly deferredUntil?: WireTime;
  readonly finishTime?: WireTime;
  /** The number of its log; absent: it has none. */
  readonly log?: number;
  /** What the reader may do about it now. */
  readonly acts: readonly CheckAct[];
}

/** What somebody may do about a check: `permit` lets the pipeline use the resource (CHK-23, CHK-50 … CHK-53). */
export type CheckAct = 'bypass' | 'rerun' | 'defer' | 'permit';

/** An approval that a stage waits for. */
export interface OpenApprovalView {
  /** What `updateApprovals` decides it by. */
  readonly id: string;
  readonly resource: string;
  /** Names of users, and groups as `the group …`; empty while it is only deferred. */
  readonly waitsFor: readonly string[];
  readonly instructions: string;
  /** As `CheckView.text`. */
  readonly text: string;
  readonly since: WireTime;
  /** When it times out. */
  readonly until: WireTime;
}

/** A job (one per hook for deployments, one per leg, slice or machine) as people see it. */
export interface JobView {
  readonly name: string;
  readonly displayName: string;
  readonly hook?: string;
  /** The leg, the slice `Job<n>`, or the machine; `displayName` says it, too. */
  readonly leg?: string;
  readonly attempt: number;
  readonly state: 'notStarted' | 'queued' | 'running' | 'completed';
  readonly result?: NodeResult;
  readonly message?: string;
  /** One sentence, while it waits for an agent: since when, and what each agent that could serve it is doing. */
  readonly waiting?: string;
  readonly agent?: string;
  readonly startTime?: WireTime;
  readonly finishTime?: WireTime;
  readonly steps: readonly StepView[];
}

/** A step as people see it; `log` is the number to ask for its log. */
export interface StepView {
  readonly order: number;
  readonly name: string;
  readonly displayName: string;
  readonly state: 'inProgress' | 'completed';
  readonly result?: NodeResult;
  readonly startTime: WireTime;
  readonly finishTime?: WireTime;
  readonly log?: number;
  readonly issues: readonly StepIssue[];
  /** 0 to 100, while it runs and says so (LOG-11). */
  readonly percent?: number;
  /** What it says that it does now. */
  readonly operation?: string;
}

/** A lock with its queue. `GET P/_apis/signalbox/locks[/{id}]`. */
export interface LockView {
  readonly id: number;
  readonly name: string;
  readonly resourceType: LockResourceType;
  readonly resourceId: string;
  readonly enabled: boolean;
  readonly policy: LockPolicy;
  readonly lastToken: number;
  /** Absent: the lock is not frozen. */
  readonly freeze?: FreezeView;
  readonly holders: readonly LockRequestView[];
  /** In the order used (LAW-13); the first `waitersShown` of `waitersTotal`. */
  readonly waiters: readonly LockRequestView[];
  readonly waitersTotal: number;
  readonly expected: readonly ExpectedView[];
}

/** A freeze: nobody is granted the lock but branches that fit `exempt`; holders stay. */
export interface FreezeView {
  readonly since: WireTime;
  /** Absent: until somebody ends it. */
  readonly until?: WireTime;
  readonly exempt: readonly string[];
  readonly by: string;
  readonly reason: string;
}

/** What an operator did to a request, when, and why. */
export interface OperatorMarkView {
  readonly at: WireTime;
  readonly by: string;
  readonly reason: string;
}

/** Published `ResourceLockRequest` (REST.md §3.6) plus what the queue knows. `GET P/_apis/pipelines/resourcelocks`. */
export interface LockRequestView {
  readonly requestId: number;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly projectId: string;
  readonly definitionId: number;
  readonly definitionName: string;
  readonly planId: string;
  readonly nodeName: string;
  readonly nodeAttempt: number;
  readonly checkRunId: string;
  readonly branch: string;
  readonly lockType: string;
  readonly status: Exclude<LockRequestStatus, 'expected'>;
  readonly queueTime: WireTime;
  readonly assignTime?: WireTime;
  readonly finishTime?: WireTime;
  /** Ours from here on. */
  readonly lockId: number;
  /** The same for all the requests of one stage attempt: operators act on all of them at once. */
  readonly bundleId: number;
  readonly runId: number;
  readonly runNumber: string;
  readonly requestedFor: string;
  /** Who asks from outside of runs; then there is no run, and `nodeName` is the id of the request. */
  readonly caller?: string;
  /** 1 for the next in line; absent for holders and ended ones. */
  readonly position?: number;
  readonly blockers: readonly Blocker[];
  /** One sentence per blocker, from the same values. */
  readonly reasons: readonly string[];
  readonly token?: number;
  readonly expiresAt?: WireTime;
  /** How the stage that held the lock ended; absent: it has not, it never held, or no run asked. */
  readonly result?: NodeResult;
  readonly supersededBy?: { readonly runId: number };
  /** Held, or to be held, by the run beyond its stage: until it is over, or these of its stages are (LOCK-65). */
  readonly span?: SpanView;
  /** Kept from its turn. */
  readonly hold?: OperatorMarkView;
  /** Given another place than its own. */
  readonly moved?: OperatorMarkView;
  /** To be granted, or granted, as soon as there is a slot. */
  readonly forced?: OperatorMarkView;
  /** Its waiting was ended. */
  readonly withdrawn?: OperatorMarkView;
  /** Why a holder that is not at work still holds (LAW-8, LAW-10, CLASSIC-3). */
  readonly holder?: {
    readonly state: 'draining' | 'quarantined' | 'failed' | 'awaitingApproval' | 'awaitingPostApproval';
    readonly since: WireTime;
    /** When its processes can act no more, if that is known. */
    readonly until?: WireTime;
    /** Whom it waits for, of those that wait for a person; absent: the run has not said. */
    readonly approvers?: readonly string[];
  };
}

/** A run that may still reach the lock: it holds nothing, but may hold younger ones back (U3). */
export interface ExpectedView {
  readonly runId: number;
  readonly runNumber: string;
  readonly definitionId: number;
  readonly definitionName: string;
  readonly stage: string;
  readonly branch: string;
  readonly runQueueTime: WireTime;
}

/**
 * One event of the live feed: `GET [P/]_apis/signalbox/feed` as server-sent events. The SSE `id` is the opaque cursor;
 * `Last-Event-ID` or `?cursor=` resumes after it. Event names: `change` with this data, and `resync`, after which
 * the client reads everything anew.
 */
export interface FeedChange {
  readonly project: number;
  readonly kind: 'run' | 'interlocking' | 'pool' | 'trigger';
  readonly id: number;
  readonly version: number;
  readonly at: WireTime;
  /** The journal entry's type, for example `StageStarted` or `BundleGranted`. */
  readonly type: string;
  /** The run concerned, when there is one. */
  readonly run?: number;
  /** The locks concerned, when there are any. */
  readonly locks?: readonly number[];
}
