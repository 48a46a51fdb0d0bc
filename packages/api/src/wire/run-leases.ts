import type { WireTime } from '../views.ts';

/** A lease that keeps a run. */
export interface WireRunLease {
  readonly leaseId: number;
  readonly ownerId: string;
  readonly definitionId: number;
  readonly runId: number;
  readonly createdOn: WireTime;
  readonly validUntil: WireTime;
  readonly protectPipeline: boolean;
}
