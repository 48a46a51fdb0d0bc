import type { WireTime } from '../views.ts';
import type { IdentityRef, WireLink } from './common.ts';

/** A definition, in the words of the Pipelines API. */
export interface WirePipeline {
  readonly id: number;
  readonly revision: number;
  readonly name: string;
  readonly folder: string;
  readonly url: string;
  readonly configuration?: {
    readonly type: 'yaml';
    readonly path: string;
    readonly repository: { readonly id: string; readonly name: string; readonly type: string };
  };
}

/** A run, in the words of the Pipelines API. */
export interface WireRun {
  readonly id: number;
  readonly name: string;
  readonly state: 'inProgress' | 'canceling' | 'completed';
  readonly result?: 'succeeded' | 'failed' | 'canceled';
  readonly createdDate: WireTime;
  readonly finishedDate?: WireTime;
  readonly url: string;
  readonly pipeline: WirePipeline;
  readonly resources: {
    readonly repositories: {
      readonly self: {
        readonly repository: { readonly id: string; readonly type: string; readonly name: string };
        readonly refName: string;
        readonly version: string;
      };
    };
  };
  /** Given when it was queued; a secret one's value is never returned. */
  readonly variables: Readonly<Record<string, { readonly value: string | null; readonly isSecret: boolean }>>;
  /** Values given for the file's `parameters` when it was queued, as texts. */
  readonly templateParameters: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly _links: Readonly<Record<string, WireLink>>;
}

/** An environment. */
export interface WireEnvironment {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly createdBy: IdentityRef;
  readonly createdOn: WireTime;
  readonly lastModifiedBy: IdentityRef;
  readonly lastModifiedOn: WireTime;
  /** Empty where they were not asked for. */
  readonly resources: readonly WireResourceReference[];
  readonly project: { readonly id: string; readonly name: string };
}

/** A resource of an environment, in short. */
export interface WireResourceReference {
  readonly id: number;
  readonly name: string;
  readonly type: 'virtualMachine';
  readonly tags: readonly string[];
}

/** A machine of an environment with the agent that works there (ENV-5). */
export interface WireMachine extends WireResourceReference {
  readonly environmentReference: { readonly id: number; readonly name: string };
  /** Absent: it has never connected since, or was removed from the pool. */
  readonly agent?: WireAgent;
  readonly createdOn: WireTime;
  readonly lastModifiedOn: WireTime;
}

/** One deployment to an environment. */
export interface WireDeploymentRecord {
  readonly id: number;
  readonly environmentId: number;
  readonly planId: string;
  readonly planType: 'Build';
  /** The project. */
  readonly scopeId: string;
  /** Which job of the run: `Stage.Job`. */
  readonly requestIdentifier: string;
  readonly stageName: string;
  readonly jobName: string;
  readonly stageAttempt: number;
  /** The machine; absent: the whole environment. */
  readonly resourceId?: number;
  readonly definition: {
    readonly id: number;
    readonly name: string;
    readonly _links: Readonly<Record<string, WireLink>>;
  };
  /** For whom the run was started; ours. */
  readonly requestedFor?: IdentityRef;
  /** The run. */
  readonly owner: {
    readonly id: number;
    readonly name: string;
    readonly _links: Readonly<Record<string, WireLink>>;
  };
  readonly result: string;
  readonly queueTime: WireTime;
  readonly startTime?: WireTime;
  readonly finishTime: WireTime;
}

/** An agent pool. */
export interface WirePool {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly isHosted: false;
  readonly poolType: 'automation' | 'deployment';
  readonly createdOn: WireTime;
  readonly isLegacy: false;
  readonly scope: string;
  /** Whether projects that are made from now on have a queue to it. */
  readonly autoProvision: boolean;
  /** Kept for clients: agents here are brought up to date by those who run them. */
  readonly autoUpdate: boolean;
  readonly options: 'none';
  /** Jobs of the pool that may run at once (AGENT-6); absent: as many as it has agents. Ours alone. */
  readonly parallelJobs?: number;
}

/** An agent. */
export interface WireAgent {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly status: 'online' | 'offline';
  readonly maxParallelism: 1;
  readonly provisioningState: 'Provisioned';
  readonly osDescription?: string;
  readonly createdOn?: WireTime;
  readonly systemCapabilities?: Readonly<Record<string, string>>;
  /** What people gave it; they override the others (AGENT-3). */
  readonly userCapabilities?: Readonly<Record<string, string>>;
  readonly assignedRequest?: {
    readonly requestId: number;
    readonly assignTime: WireTime;
    readonly jobName: string;
    readonly owner: { readonly id: number; readonly name: string };
  };
}

/** A job that waits for an agent of a pool, has one, or had one. */
export interface WireJobRequest {
  readonly requestId: number;
  readonly poolId: number;
  readonly queueTime: WireTime;
  readonly assignTime?: WireTime;
  readonly reservedAgent?: { readonly id: number };
  readonly jobId: string;
  readonly jobName: string;
  readonly planType: 'Build';
  readonly demands: readonly string[];
  readonly owner: { readonly id: number; readonly name: string };
  readonly state: 'waiting' | 'assigned' | 'quarantined' | 'finished';
  /** One sentence, while it waits. Ours alone. */
  readonly waitingFor?: string;
}
