import type { DefinitionId, Instant, ProjectId, RunId } from '@signalbox/model';

/** What a caller gives of a lease on a run. */
export interface RunLeaseInput {
  readonly run: RunId;
  readonly definition: DefinitionId;
  /** Who wants the run kept, in words of their own, for example `User:ann`. */
  readonly owner: string;
  readonly validUntil: Instant;
  /** Keeps the pipeline as well. */
  readonly protectPipeline: boolean;
}

/** A lease on a run: until then the run is not deleted. */
export interface RunLeaseRow extends RunLeaseInput {
  readonly id: number;
  readonly project: ProjectId;
  readonly createdAt: Instant;
}

/** Which leases; absent: no restriction. */
export interface RunLeaseFilter {
  readonly ids?: readonly number[];
  readonly run?: RunId;
  readonly definition?: DefinitionId;
  /** Exact. */
  readonly owner?: string;
}

/** Leases that keep runs (REST.md §3.3). One that has run out is as good as none: no method answers it. */
export interface RunLeases {
  /** All or none; refused with `not-found` when a run is not of the project and the pipeline, or is removed. */
  add(project: ProjectId, leases: readonly RunLeaseInput[]): Promise<readonly RunLeaseRow[]>;
  /** By number. */
  list(project: ProjectId, filter?: RunLeaseFilter): Promise<readonly RunLeaseRow[]>;
  /** Undefined when there is none. */
  update(
    project: ProjectId,
    id: number,
    patch: Partial<Pick<RunLeaseRow, 'validUntil' | 'protectPipeline'>>,
  ): Promise<RunLeaseRow | undefined>;
  remove(project: ProjectId, ids: readonly number[]): Promise<void>;
  /** Those of the runs that a lease keeps. */
  kept(runs: readonly RunId[]): Promise<readonly RunId[]>;
}
