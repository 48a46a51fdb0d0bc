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

/** A lease to make. */
export interface NewRunLease {
  readonly runId: number;
  readonly definitionId: number;
  /** Who keeps the run, in a word of their own. */
  readonly ownerId: string;
  readonly daysValid: number;
  /** Whether the pipeline must not be deleted either. */
  readonly protectPipeline?: boolean;
}

/** What can be changed of a lease; days count from now. */
export interface RunLeaseChange {
  readonly daysValid?: number;
  readonly protectPipeline?: boolean;
}
