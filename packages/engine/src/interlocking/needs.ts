import type { BundleId, DefinitionId, Instant, LockId, RunId } from '@signalbox/model';
import type { BundleRow, DeployedRow, ExpectedRow, HeaderRow, LockRow, ResourceKey } from './rows.ts';

/**
 * A decision sees a slice of the interlocking, not all of it (QUEUEING §3). What the slice lacks is
 * named by a need; the store answers it from an index and the decision runs again.
 * "Waiting" = status queued or waitingOnChecks. Every answer contains whole bundles and,
 * for `lock…` needs, the lock rows.
 */
export type InterlockingNeed =
  | { readonly need: 'header' }
  | { readonly need: 'lockOf'; readonly resource: ResourceKey }
  | { readonly need: 'lock'; readonly id: LockId }
  | { readonly need: 'bundle'; readonly id: BundleId }
  /** The bundle of one stage attempt, whatever its status. Stage folded. */
  | { readonly need: 'bundleOf'; readonly run: RunId; readonly stage: string; readonly attempt: number }
  /** Every bundle of a run that is expected, waiting or in use. */
  | { readonly need: 'openOf'; readonly run: RunId }
  /** What a pipeline last deployed behind the lock. */
  | { readonly need: 'deployed'; readonly lock: LockId; readonly definition: DefinitionId }
  /** Every bundle that is inUse at the lock. */
  | { readonly need: 'holders'; readonly lock: LockId }
  /** Waiting, eligible bundles at the lock by (order, id), the first `count` above `after`. */
  | {
      readonly need: 'front';
      readonly lock: LockId;
      readonly after: readonly [Instant, BundleId];
      readonly count: number;
    }
  /** Waiting, eligible bundles at the lock with turn > after. */
  | { readonly need: 'turned'; readonly lock: LockId; readonly after: number }
  /** Bundles `expected` at the lock, of one definition, of one branch if given: those that await approval. */
  | {
      readonly need: 'awaiting';
      readonly lock: LockId;
      readonly definition: DefinitionId;
      readonly branch?: string;
    }
  /** Waiting, eligible bundles of one definition at the lock, of one branch if given: the group of `runLatest`. */
  | {
      readonly need: 'group';
      readonly lock: LockId;
      readonly definition: DefinitionId;
      readonly branch?: string;
    }
  /** Waiting, not eligible bundles of (definition, folded stage) at the lock by (runQueueTime, run), `count` above `after`. */
  | {
      readonly need: 'barred';
      readonly lock: LockId;
      readonly definition: DefinitionId;
      readonly stage: string;
      readonly after: readonly [Instant, RunId];
      readonly count: number;
    }
  /** Every waiting bundle at the lock: for a change of policy only, which is O(n) by nature. */
  | { readonly need: 'waiting'; readonly lock: LockId }
  /** Expected rows of (resource, definition, folded stage), not lapsed, by (runQueueTime, run), `count` above `after`. */
  | {
      readonly need: 'expected';
      readonly resource: ResourceKey;
      readonly definition: DefinitionId;
      readonly stage: string;
      readonly after: readonly [Instant, RunId];
      readonly count: number;
    }
  /** Lapsed expected rows of (resource, definition, folded stage) with (runQueueTime, run) below `before`. */
  | {
      readonly need: 'lapsed';
      readonly resource: ResourceKey;
      readonly definition: DefinitionId;
      readonly stage: string;
      readonly before: readonly [Instant, RunId];
    }
  /** Every expected row of a resource for which a person is awaited and that has not lapsed. */
  | { readonly need: 'awaitedAt'; readonly resource: ResourceKey }
  /** Every expected row of a run. */
  | { readonly need: 'expectedOf'; readonly run: RunId };

/** The rows that answer needs; `of` pairs each answer with its need so that coverage is known. */
export interface InterlockingAnswer {
  readonly of: InterlockingNeed;
  readonly header?: HeaderRow;
  readonly locks?: readonly LockRow[];
  readonly bundles?: readonly BundleRow[];
  readonly expected?: readonly ExpectedRow[];
  readonly deployed?: readonly DeployedRow[];
}
