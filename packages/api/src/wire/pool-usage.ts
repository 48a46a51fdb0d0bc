import type { WireJobRequest } from './pipelines.ts';

/** How many jobs may run at once: the published shape. */
export interface WireResourceLimit {
  readonly isHosted: false;
  readonly parallelismTag: 'Private';
  readonly totalCount: number;
  /** How many in each pool. */
  readonly resourceLimitsData: Readonly<Record<string, string>>;
}

/** What may run and what runs, over all pools. */
export interface WirePoolUsage {
  readonly resourceLimit: WireResourceLimit;
  readonly usedCount: number;
  /** Where they are asked for. */
  readonly runningRequests?: readonly WireJobRequest[];
}
