import type { BUILD_REASON, BUILD_RESULT, BUILD_STATUS, BuildQueryOrder, DELETED_OPTION } from '../enums.ts';
import type { WireTime } from '../views.ts';
import type { Paging } from './shape.ts';

/** Which runs, in which order (REST.md §3.3); everything that is given has to fit. */
export interface RunQuery extends Paging {
  readonly statusFilter?: readonly (keyof typeof BUILD_STATUS)[];
  readonly resultFilter?: readonly (keyof typeof BUILD_RESULT)[];
  readonly reasonFilter?: readonly (keyof typeof BUILD_REASON)[];
  readonly deletedFilter?: keyof typeof DELETED_OPTION;
  /** With or without `refs/heads/`. */
  readonly branchName?: string;
  /** A name, or a part of it. */
  readonly requestedFor?: string;
  /** A `*` at the end stands for any end. */
  readonly buildNumber?: string;
  /** Numbers of pipelines. */
  readonly definitions?: readonly number[];
  readonly buildIds?: readonly number[];
  /** Runs with all of these tags. */
  readonly tagFilters?: readonly string[];
  readonly minTime?: WireTime;
  readonly maxTime?: WireTime;
  readonly maxBuildsPerDefinition?: number;
  readonly queryOrder?: BuildQueryOrder;
  /** Runs of pipelines that use these queues by default. */
  readonly queues?: readonly number[];
  readonly repositoryId?: string;
  readonly repositoryType?: string;
}
