import type { WireQueueReference } from '../wire/build.ts';
import type { Collection } from '../wire/common.ts';
import type { NewQueue } from '../wire/pool-input.ts';
import type { WireAgent, WireJobRequest } from '../wire/pipelines.ts';
import type { WirePoolUsage, WireResourceLimit } from '../wire/pool-usage.ts';
import type { AgentQuery } from './distributed-task.ts';
import type { Paging } from './shape.ts';

/** What the routes of `routes/pool-usage.ts` take and answer. */
export interface PoolUsageShapes {
  readonly getJobRequest: { readonly answer: WireJobRequest };
  readonly listQueueRequests: { readonly query: Paging; readonly answer: Collection<WireJobRequest> };
  readonly getQueueRequest: { readonly answer: WireJobRequest };
  readonly createQueue: { readonly body: NewQueue; readonly answer: WireQueueReference };
  readonly deleteQueue: { readonly answer: undefined; readonly refuses: 409 };
  /** It always refuses. */
  readonly createAgent: { readonly answer: undefined };
  readonly replaceAgent: {
    readonly query: AgentQuery;
    readonly body: { readonly id?: number; readonly enabled: boolean };
    readonly answer: WireAgent;
    readonly refuses: 409;
  };
  readonly mayUsePool: { readonly answer: boolean };
  readonly getResourceLimits: { readonly answer: Collection<WireResourceLimit> };
  readonly getResourceUsage: {
    readonly query: { readonly includeRunningRequests?: boolean };
    readonly answer: WirePoolUsage;
  };
  readonly getYamlSchema: {
    /** A JSON Schema. */
    readonly answer: Readonly<Record<string, unknown>>;
  };
  /** It always refuses. */
  readonly createOidcToken: { readonly answer: undefined };
}
