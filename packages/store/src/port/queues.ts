import type {
  AgentRow,
  BundleRow,
  ExpectedRow,
  InterlockingAnswer,
  InterlockingNeed,
  JobRequestRow,
  LockRow,
  PoolAnswer,
  PoolNeed,
  ResourceKey,
} from '@signalbox/engine';
import type { BundleId, LockId, PoolId, ProjectId, RunId } from '@signalbox/model';
import type { Page, PageOptions } from './page.ts';

/** A waiting bundle and its place at one lock, 1 for the first (LAW-13). */
export interface Waiter {
  readonly bundle: BundleRow;
  readonly position: number;
}

/** Which part of a line. */
export interface LineOptions extends PageOptions {
  /** So many more are left out, so that a list can be entered anywhere; a page from there costs as much as what it leaves out. */
  readonly skip?: number;
}

/** The locks of a project, for reading only. Lock and bundle numbers are per project. */
export interface Locks {
  /** Without those whose resource was deleted, as `find`; `get` still has them, for the names in old requests. */
  list(project: ProjectId): Promise<readonly LockRow[]>;
  get(project: ProjectId, lock: LockId): Promise<LockRow | undefined>;
  find(project: ProjectId, resource: ResourceKey): Promise<LockRow | undefined>;
  /** By slot. */
  holders(project: ProjectId, lock: LockId): Promise<readonly BundleRow[]>;
  /** In the order in which they are granted: (order, bundle). */
  waiters(project: ProjectId, lock: LockId, options?: LineOptions): Promise<Page<Waiter>>;
  /** Place of a waiting bundle; undefined when it does not wait there. */
  position(project: ProjectId, lock: LockId, bundle: BundleId): Promise<number | undefined>;
  /** How many wait. */
  waiting(project: ProjectId, lock: LockId): Promise<number>;
  /** Runs that may still ask, by (queue time, run). */
  expected(project: ProjectId, resource: ResourceKey, options?: PageOptions): Promise<Page<ExpectedRow>>;
  /** Requests that are over, latest first. */
  ended(project: ProjectId, lock: LockId, options?: PageOptions): Promise<Page<BundleRow>>;
  bundle(project: ProjectId, id: BundleId): Promise<BundleRow | undefined>;
  /** Every bundle that a run ever had, by id. */
  ofRun(project: ProjectId, run: RunId): Promise<readonly BundleRow[]>;
  /** What a read-only decision (explain) asks for. */
  answer(project: ProjectId, needs: readonly InterlockingNeed[]): Promise<readonly InterlockingAnswer[]>;
}

/** What the pools do, for reading only. Agent and request numbers are per pool. */
export interface PoolWork {
  agents(pool: PoolId): Promise<readonly AgentRow[]>;
  /** Requests that are not finished, by (readyAt, run, id). */
  requests(pool: PoolId, options?: PageOptions): Promise<Page<JobRequestRow>>;
  request(pool: PoolId, id: number): Promise<JobRequestRow | undefined>;
  /** What a read-only decision asks for. */
  answer(pool: PoolId, needs: readonly PoolNeed[]): Promise<readonly PoolAnswer[]>;
}
