import type { AgentId, Instant, JobRequestId, Millis, NodeResult } from '@signalbox/model';

/**
 * The protocol between server and agent, below `<base>/_apis/signalbox/agent/v1`. JSON over HTTP(S);
 * `Authorization: Bearer <token>` with a token whose scope is this pool.
 * A lease number goes with everything an agent says about a job; an old one is answered 409
 * `lease-refused` and changes nothing: the agent then stops the job at once (INV-51, LAW-10).
 */
export const AGENT_PROTOCOL_VERSION = 1;

/** `POST pools/{pool name or id}/connect`: a process begins to serve. 409 `agent-version` when the server does not speak its version. */
export interface ConnectRequest {
  readonly protocol: number;
  readonly name: string;
  readonly version: string;
  /** A fresh random text for each life of the process; an older session's jobs are lost to it. */
  readonly session: string;
  /** System and user capabilities (AGENT-3). */
  readonly capabilities: Readonly<Record<string, string>>;
}

/** The numbers an agent lives by; the server's, so that both sides agree (RELIABILITY §5.4). */
export interface ConnectResponse {
  readonly agent: AgentId;
  readonly pool: string;
  readonly renewEveryMs: Millis;
  readonly leaseMs: Millis;
  readonly pollWaitMs: Millis;
}

/** `POST agents/{agent}/poll`: asks for work; answers at once when there is some, else after `pollWaitMs` with no job. */
export interface PollRequest {
  readonly session: string;
}

/** 409 `session-replaced` when another process of that name has connected. */
export interface PollResponse {
  readonly job?: AgentJob;
}

/** One job instance for one agent (AGENT-7). */
export interface AgentJob {
  readonly request: JobRequestId;
  readonly lease: number;
  readonly leaseUntil: Instant;
  readonly specification: JobSpecification;
  /** Token for `System.AccessToken`: this run, this project; dies with the job (INV-54). */
  readonly accessToken: string;
  /** `http://host:port/organisation/`, as the agent reaches the server. */
  readonly collectionUri: string;
  /** Values to mask besides the secret variables. */
  readonly secrets: readonly string[];
}

/** A variable as the agent gets it: expanded by the server as far as the server can (VAR-9). */
export interface JobVariable {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
  readonly readonly: boolean;
}

/** What to do; made by the engine from the frozen plan (RUN-5). */
export interface JobSpecification {
  readonly run: number;
  readonly runNumber: string;
  readonly project: string;
  readonly definition: { readonly id: number; readonly name: string };
  readonly stage: string;
  readonly stageAttempt: number;
  readonly job: string;
  readonly jobAttempt: number;
  readonly hook?: string;
  readonly displayName: string;
  readonly variables: readonly JobVariable[];
  readonly steps: readonly JobStep[];
  /** Minutes; 0 means unlimited. */
  readonly timeoutInMinutes: number;
  readonly cancelTimeoutInMinutes: number;
  /** A lock protects its stage: the agent does not end the job when its lease runs out (Q6, RELIABILITY §5.4). */
  readonly protected?: true;
  readonly clean?: 'outputs' | 'resources' | 'all';
  /** Where `checkout: self` gets its files; absent when the pipeline has no repository. */
  readonly repository?: JobRepository;
  /** The other repositories that its steps check out; absent: none. */
  readonly repositories?: readonly JobRepository[];
}

/** A repository at the one commit of the run (RSRC-6, CO-5). */
export interface JobRepository {
  readonly alias: string;
  readonly name: string;
  /** What `git fetch` takes: a URL, or an absolute path on the agent's machine. */
  readonly url: string;
  readonly ref: string;
  readonly commit: string;
}

/** A step; texts may still hold macros, which the agent expands when the step starts (VAR-1). */
export interface JobStep {
  readonly name: string;
  readonly displayName: string;
  readonly task: { readonly name: string; readonly version: string };
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly condition?: string;
  readonly continueOnError: boolean;
  readonly timeoutInMinutes: number;
  readonly retryCountOnTaskFailure: number;
  /** Where it runs and what it may tell its agent (STEPY-7); absent: where the job runs, and everything. */
  readonly target?: JobStepTarget;
}

/** The `target` of a step. */
export interface JobStepTarget {
  /** `host`, or the alias of a container. */
  readonly container?: string;
  /** `restricted`: only the logging commands that reach nothing beyond the step (LOG-40). */
  readonly commands?: 'any' | 'restricted';
  /** The variables it may set; the empty list: none, absent: all (LOG-41). */
  readonly settableVariables?: readonly string[];
}

/** `POST jobs/{request}/renew`. */
export interface RenewRequest {
  readonly lease: number;
}

/**
 * `cancel`: stop the job with this budget for clean-up steps, counted from now (CANCEL-8, CANCEL-9); `kill`: at
 * once, without clean-up (CANCEL-13). A kill may follow an ordinary cancel.
 */
export interface RenewResponse {
  readonly leaseUntil: Instant;
  readonly cancel?: { readonly budgetMs: Millis; readonly kill?: true };
}

/**
 * `POST jobs/{request}/wait`: answers as soon as the job is to be cancelled, or after `pollWaitMs` without;
 * so that a cancel reaches the agent at once and not at its next renewal. Same answer as `renew`; extends the lease too.
 */
export interface WaitRequest extends RenewRequest {
  /** The agent knows of the cancel and waits for a kill. */
  readonly cancelled?: true;
}

/** `POST jobs/{request}/report`: facts in order; a repeated `sequence` is acknowledged and ignored (F9). */
export interface ReportRequest {
  readonly lease: number;
  /** Counts the requests of this job from 1. */
  readonly sequence: number;
  readonly facts: readonly AgentFact[];
}

/** One fact about a running job. */
export type AgentFact =
  | { readonly kind: 'started'; readonly at: Instant }
  | { readonly kind: 'step'; readonly step: StepReport }
  | { readonly kind: 'output'; readonly name: string; readonly value: string; readonly secret: boolean }
  | {
      readonly kind: 'finished';
      readonly at: Instant;
      readonly result: NodeResult;
      readonly message?: string;
    };

/** A step as it begins, and again as it ends. */
export interface StepReport {
  /** Counts from 1, implicit steps included (STEP-2). */
  readonly order: number;
  readonly name: string;
  readonly displayName: string;
  readonly state: 'inProgress' | 'completed';
  readonly result?: NodeResult;
  readonly startTime: Instant;
  readonly finishTime?: Instant;
  readonly issues: readonly { readonly type: 'error' | 'warning'; readonly message: string }[];
  readonly errorCount: number;
  readonly warningCount: number;
  /** The same number as `LogRequest.step` once the step wrote a line. */
  readonly log?: number;
}

/** `POST jobs/{request}/log`: masked lines of one step, at a position, so that a repeat changes nothing (INV-60). */
export interface LogRequest {
  readonly lease: number;
  /** `StepReport.order` of the step. */
  readonly step: number;
  /** Number of the first line, from 0. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/** `POST agents/{agent}/leave`: the process ends; its jobs, if any, are lost to it. */
export type LeaveRequest = PollRequest;
