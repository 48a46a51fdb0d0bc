import type { BundleId, DefinitionId, Instant, LockId, RunId } from './ids.ts';
import type { SpanEnd } from './lock-span.ts';

/** The published words for a lock request (LOCK-7), and our `expected` (QUEUEING §1). */
export type LockRequestStatus =
  'expected' | 'queued' | 'waitingOnChecks' | 'inUse' | 'finished' | 'timedOut' | 'canceled' | 'abandoned';

/** The kinds of protected resource (GLOSS-5), the stage's own lock (LOCK-5), and named locks of ours. */
export type LockResourceType =
  | 'environment'
  | 'endpoint'
  | 'variablegroup'
  | 'repository'
  | 'securefile'
  | 'queue'
  | 'persistedStage'
  | 'named';

/**
 * One reason why a request waits. The same value is the decision and its explanation:
 * UI, CLI, REST and check log render it, nothing recomputes it (QUEUEING §3).
 */
export type Blocker =
  /** The lock has no free slot. */
  | {
      readonly kind: 'heldBy';
      readonly lock: LockId;
      readonly by: readonly BlockingBundle[];
      readonly since: Instant;
    }
  /** Somebody eligible is ahead and reserves the slot. */
  | {
      readonly kind: 'behind';
      readonly lock: LockId;
      readonly by: readonly BlockingBundle[];
      readonly since: Instant;
    }
  /** An older run of the same pipeline may still reach this stage (LAW-7). */
  | {
      readonly kind: 'olderRunExpected';
      readonly lock: LockId;
      readonly by: readonly BlockingBundle[];
      readonly since: Instant;
    }
  /** Another lock of the same bundle is not free; all are granted together (LAW-9). */
  | {
      readonly kind: 'notGrantedTogether';
      readonly lock: LockId;
      readonly waitsFor: LockId;
      readonly since: Instant;
    }
  /** Whether the commit is older than what was last deployed is being found out (LOCK-67). */
  | {
      readonly kind: 'comparingCommits';
      readonly lock: LockId;
      /** The stage that deployed. */
      readonly by: readonly BlockingBundle[];
      readonly since: Instant;
    }
  /** A check that had passed is not valid now (LOCK-26). */
  | {
      readonly kind: 'checksPending';
      readonly lock: LockId;
      readonly since: Instant;
      /** When it counts by itself, if that is known. */
      readonly until?: Instant;
    }
  /** Nobody is granted the lock before the freeze is over. */
  | {
      readonly kind: 'frozen';
      readonly lock: LockId;
      readonly since: Instant;
      readonly until?: Instant;
      /** Who froze it, and why. */
      readonly actor: string;
      readonly reason: string;
    }
  /** A holder's stage is over or its agent is lost, but its processes may still act (LAW-8, LAW-10). */
  | {
      readonly kind: 'quarantined';
      readonly lock: LockId;
      readonly by: readonly BlockingBundle[];
      readonly since: Instant;
      /** When its processes can act no more, if that is known. */
      readonly until?: Instant;
    }
  /** A holder failed, and the lock waits for a person to acknowledge that (`onFailure: hold`). */
  | {
      readonly kind: 'keptForFailure';
      readonly lock: LockId;
      readonly by: readonly BlockingBundle[];
      readonly since: Instant;
    }
  /** A holder does nothing before a person has approved something (CLASSIC-3). */
  | {
      readonly kind: 'awaitingApproval';
      readonly lock: LockId;
      readonly by: readonly BlockingBundle[];
      readonly since: Instant;
      /** Before its jobs, or after them. */
      readonly when: 'before' | 'after';
      /** Whom it waits for, as its run names them; empty: the run has not said. */
      readonly approvers: readonly string[];
    }
  /** An operator took the request out of its turn. */
  | {
      readonly kind: 'onHold';
      readonly lock: LockId;
      readonly since: Instant;
      readonly actor: string;
      readonly reason: string;
    };

/** How the commit of one run stands to that of another, as git says; `older`: an ancestor of it. */
export type CommitRelation = 'older' | 'same' | 'newer' | 'diverged' | 'unknown';

/** A stage that is older than what its pipeline last deployed behind a lock (LOCK-67). */
export interface StaleCommit {
  readonly lock: LockId;
  readonly lockName: string;
  /** Who deployed what is newer: its run, its stage, and when it ended. */
  readonly byRun: RunId;
  readonly byStage: string;
  readonly deployedAt: Instant;
  /** By ancestry of the commits; where git does not know it, by the time at which the runs were queued. */
  readonly judgedBy: 'ancestry' | 'queueTime';
}

/** The words of `Blocker.kind`. */
export type BlockerKind = Blocker['kind'];

/** Who stands in the way: enough to link to it. */
export interface BlockingBundle {
  /** 0 when the run is expected only, and has not asked yet. */
  readonly bundle: BundleId;
  readonly run: RunId;
  readonly definition: DefinitionId;
  readonly stage: string;
  readonly attempt: number;
  /** The name of a caller from outside; then run and definition are 0, and `stage` is its request id. */
  readonly caller?: string;
  /** The run holds it for this span, not its stage alone (LOCK-65). */
  readonly until?: SpanEnd;
}

/** The fencing token of one grant: grows with every grant of its lock, never reused (INV-02). */
export interface FencingToken {
  readonly lock: LockId;
  readonly lockName: string;
  readonly token: number;
}
