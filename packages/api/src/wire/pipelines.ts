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
  readonly resources: readonly never[];
  readonly project: { readonly id: string; readonly name: string };
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
  readonly poolType: 'automation';
  readonly createdOn: WireTime;
  readonly isLegacy: false;
  readonly scope: string;
  readonly autoProvision: true;
  readonly autoUpdate: false;
  readonly options: 'none';
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
  readonly assignedRequest?: { readonly requestId: number; readonly assignTime: WireTime };
}
