import type { WireQueueReference } from '../wire/build.ts';
import type { Collection } from '../wire/common.ts';
import type { MachineTags, NewEnvironment, NewPool, PoolChange } from '../wire/pool-input.ts';
import type {
  WireAgent,
  WireDeploymentRecord,
  WireEnvironment,
  WireJobRequest,
  WireMachine,
  WirePool,
} from '../wire/pipelines.ts';
import type { Paging } from './shape.ts';

/** What is shown of agents besides what they are. */
export interface AgentQuery {
  readonly includeAssignedRequest?: boolean;
  readonly includeCapabilities?: boolean;
}

/** What the routes of `routes/distributed-task.ts` take and answer. */
export interface DistributedTaskShapes {
  readonly listEnvironments: {
    readonly query: Paging & { readonly name?: string };
    readonly answer: Collection<WireEnvironment>;
  };
  readonly createEnvironment: {
    readonly body: NewEnvironment;
    readonly answer: WireEnvironment;
    readonly refuses: 409;
  };
  readonly getEnvironment: {
    readonly query: {
      /** `resourceReferences` for its machines. */
      readonly expands?: string;
    };
    readonly answer: WireEnvironment;
  };
  readonly updateEnvironment: {
    readonly body: Partial<NewEnvironment>;
    readonly answer: WireEnvironment;
    readonly refuses: 409;
  };
  readonly deleteEnvironment: { readonly answer: undefined; readonly refuses: 409 };
  readonly listDeploymentRecords: {
    readonly query: Paging;
    readonly answer: Collection<WireDeploymentRecord>;
  };
  readonly listMachines: {
    readonly query: AgentQuery & {
      readonly name?: string;
      /** Machines with all of these. */
      readonly tags?: readonly string[];
    };
    readonly answer: Collection<WireMachine>;
  };
  readonly updateMachine: {
    readonly query: AgentQuery;
    readonly body: MachineTags;
    readonly answer: WireMachine;
  };
  readonly deleteMachine: { readonly answer: undefined; readonly refuses: 409 };
  readonly listPools: {
    readonly query: {
      readonly poolName?: string;
      readonly poolIds?: readonly number[];
      readonly poolType?: WirePool['poolType'];
    };
    readonly answer: Collection<WirePool>;
  };
  readonly createPool: {
    readonly body: NewPool;
    readonly answer: WirePool;
    readonly refuses: 409;
  };
  readonly getPool: { readonly answer: WirePool };
  readonly updatePool: { readonly body: PoolChange; readonly answer: WirePool; readonly refuses: 409 };
  readonly deletePool: { readonly answer: undefined; readonly refuses: 409 };
  readonly listAgents: {
    readonly query: AgentQuery & { readonly agentName?: string };
    readonly answer: Collection<WireAgent>;
  };
  readonly getAgent: { readonly query: AgentQuery; readonly answer: WireAgent };
  readonly updateAgent: {
    readonly query: AgentQuery;
    readonly body: { readonly id?: number; readonly enabled: boolean };
    readonly answer: WireAgent;
    readonly refuses: 409;
  };
  readonly deleteAgent: { readonly answer: undefined; readonly refuses: 409 };
  readonly setUserCapabilities: {
    readonly query: AgentQuery;
    /** All of them, by name; those that are not named are taken away. */
    readonly body: Readonly<Record<string, string>>;
    readonly answer: WireAgent;
    readonly refuses: 409;
  };
  readonly listJobRequests: {
    readonly query: Paging & {
      /** `agentId` is the older name. */
      readonly agentIds?: readonly number[];
      readonly agentId?: readonly number[];
      readonly jobId?: string;
      readonly planId?: string;
    };
    readonly answer: Collection<WireJobRequest>;
  };
  readonly listQueues: {
    readonly query: {
      /** A `*` stands for any text. `queueName` is the older name. */
      readonly queueNames?: readonly string[];
      readonly queueName?: readonly string[];
      readonly queueIds?: readonly number[];
      readonly poolIds?: readonly number[];
    };
    readonly answer: Collection<WireQueueReference>;
  };
  readonly getQueue: { readonly answer: WireQueueReference };
}
