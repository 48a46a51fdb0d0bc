import type { AgentId, Instant, JobRequestId, Millis, NodeResult, TaskReference } from '@signalbox/model';

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
  /** Where the token is for the machines of an environment: which one, and its tags; absent tags stay as they are (DEP-12). */
  readonly environment?: { readonly name: string; readonly tags?: readonly string[] };
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
  /** The service connections that its steps use; absent: none. Their authorisation is masked (SEC-1). */
  readonly endpoints?: readonly JobEndpoint[];
  /** The secure files that its steps use; absent: none. */
  readonly secureFiles?: readonly JobSecureFile[];
}

/** A secure file that a job may download while it has its lease; the ticket is masked (SEC-1). */
export interface JobSecureFile {
  readonly id: string;
  readonly name: string;
  readonly ticket: string;
}

/** A service connection as a task gets it (REST.md §4.1); a step may change it for later ones (LOG-18). */
export interface JobEndpoint {
  readonly id: string;
  readonly name: string;
  /** For example `generic` or `kubernetes`. */
  readonly type: string;
  readonly url: string;
  /** For example `UsernamePassword`. */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
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
  readonly definition: { readonly id: number; readonly name: string; readonly path?: string };
  readonly stage: string;
  readonly stageAttempt: number;
  readonly job: string;
  readonly jobAttempt: number;
  readonly hook?: string;
  /** The leg, the slice `Job<n>`, or the machine of the environment; absent: none. */
  readonly leg?: string;
  readonly displayName: string;
  readonly variables: readonly JobVariable[];
  readonly steps: readonly JobStep[];
  /** Minutes; 0 means unlimited. */
  readonly timeoutInMinutes: number;
  readonly cancelTimeoutInMinutes: number;
  /** A lock protects its stage: the agent does not end the job when its lease runs out (Q6, RELIABILITY §5.4). */
  readonly protected?: true;
  /** The environment that a deployment job deploys to. */
  readonly environment?: string;
  /** When the server stops it at the latest; absent: there is no time-out. */
  readonly latestEnd?: Instant;
  readonly clean?: 'outputs' | 'resources' | 'all';
  /** Where `checkout: self` gets its files; absent when the pipeline has no repository. */
  readonly repository?: JobRepository;
  /** The other repositories that its steps check out; absent: none. */
  readonly repositories?: readonly JobRepository[];
  /** The alias of the container in which steps run that say nothing else; absent: on the agent itself (CONT-2). */
  readonly container?: string;
  /** The containers in which steps run: the job's own, and those that targets of steps name; absent: none. */
  readonly containers?: readonly JobContainer[];
  /** The containers beside the steps, in the order of the file; absent: none. */
  readonly services?: readonly JobService[];
}

/** A repository at the one commit of the run (RSRC-6, CO-5). */
export interface JobRepository {
  readonly alias: string;
  readonly name: string;
  /** What `git fetch` takes: a URL, or an absolute path on the agent's machine. */
  readonly url: string;
  readonly ref: string;
  readonly commit: string;
  /** Of its service connection, for HTTP; absent: what the address itself says. Masked (SEC-1). */
  readonly credentials?: JobCredentials;
}

/** A user and a password, or a token. */
export interface JobCredentials {
  readonly username: string;
  readonly password: string;
}

/** A container as the agent starts it (CONT-1); its texts may hold macros, which the agent expands. */
export interface JobContainer {
  /** Unique among the containers of the job, ignoring case; steps name it as their `target`. */
  readonly alias: string;
  readonly image: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Further words for the command that creates it. */
  readonly options?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  /** Absent: not mapped (CONT-2). */
  readonly mapDockerSocket?: boolean;
  readonly mountReadOnly?: {
    readonly work?: boolean;
    readonly externals?: boolean;
    readonly tools?: boolean;
    readonly tasks?: boolean;
  };
  /** The image is on the machine: it is not pulled. */
  readonly localImage?: boolean;
  /** The service connection of its registry, by name. */
  readonly endpoint?: string;
  /** What the connection gives: absent: the image can be pulled by everybody. Masked (SEC-1). */
  readonly registry?: JobCredentials & { readonly address: string };
}

/** A container beside the steps, for this job alone (CONT-3, CONT-4); `name` is its name in the network. */
export interface JobService {
  readonly name: string;
  readonly container: JobContainer;
}

/** A step; texts may still hold macros, which the agent expands when the step starts (VAR-1). */
export interface JobStep {
  readonly name: string;
  readonly displayName: string;
  readonly task: TaskReference;
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
  /** Renames the run (LOG-30); must be a number by RNAME-5. */
  | { readonly kind: 'runNumber'; readonly number: string }
  /** Adds a tag to the run (LOG-31). */
  | { readonly kind: 'tag'; readonly tag: string }
  | {
      readonly kind: 'finished';
      readonly at: Instant;
      readonly result: NodeResult;
      readonly message?: string;
    };

/** A step as it begins, as what it says of its progress changes, and as it ends. */
export interface StepReport {
  /** Counts from 1, implicit steps included (STEP-2). */
  readonly order: number;
  readonly name: string;
  readonly displayName: string;
  readonly state: 'inProgress' | 'completed';
  readonly result?: NodeResult;
  readonly startTime: Instant;
  readonly finishTime?: Instant;
  readonly issues: readonly StepIssue[];
  readonly errorCount: number;
  readonly warningCount: number;
  /** The same number as `LogRequest.step` once the step wrote a line. */
  readonly log?: number;
  /** 0 to 100; absent: it did not say (LOG-11). */
  readonly percent?: number;
  /** What it does now; empty or absent: it did not say. */
  readonly operation?: string;
  /** Its child records in the order of their first mention (LOG-12); absent: none. */
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

/** A child record of a step, made by `task.logdetail` (LOG-12). */
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
