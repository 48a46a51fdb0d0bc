import type {
  BlockerKind,
  BundleId,
  CommitRelation,
  Instant,
  LockId,
  LockPolicy,
  RunId,
  StaleCommit,
} from '@signalbox/model';
import type {
  BundleRow,
  CallerChannel,
  CallerTold,
  Checks,
  ExpectedRow,
  Freeze,
  OperatorMark,
  ResourceKey,
} from './rows.ts';

/** Why a grant may come before or after the place that its run's queue time would give it (LAW-7). */
export type OrderException =
  | 'expectedLimit'
  | 'retry'
  | 'byHand'
  | 'onHold'
  | 'checks'
  | 'moved'
  | 'forced'
  | 'freezeExemption'
  | 'lane'
  | 'span';

/** What happens to the locks of a project; `evolve` makes rows of it, the audit log shows it. */
export type InterlockingEvent =
  | {
      readonly type: 'LockConfigured';
      readonly lock: LockId;
      readonly resource: ResourceKey;
      readonly name: string;
      readonly policy: LockPolicy;
      readonly enabled: boolean;
      readonly by: string;
      readonly at: Instant;
    }
  /** Its resource is gone: nobody is granted it any more (GAP-19). */
  | { readonly type: 'LockDeleted'; readonly lock: LockId; readonly at: Instant; readonly by: string }
  | { readonly type: 'RunExpected'; readonly rows: readonly ExpectedRow[] }
  | { readonly type: 'ExpectationDropped'; readonly rows: readonly ExpectedRow[] }
  /** A person is awaited, has answered, or was awaited for too long: the rows as they are now (LOCK-63). */
  | {
      readonly type: 'ExpectationChanged';
      readonly why: 'personAwaited' | 'personAnswered' | 'limit';
      readonly rows: readonly ExpectedRow[];
      readonly at: Instant;
    }
  /** The stage waits for its approvals: the row as it begins. */
  | { readonly type: 'BundleExpected'; readonly bundle: BundleRow; readonly lastRequest: number }
  | { readonly type: 'BundleApproved'; readonly bundle: BundleId; readonly at: Instant }
  /** The checks of a waiter lapsed, passed again, or count for another time (LOCK-26). */
  | {
      readonly type: 'BundleChecked';
      readonly bundle: BundleId;
      readonly at: Instant;
      readonly checks: Checks;
      readonly status: 'queued' | 'waitingOnChecks';
      readonly eligible: boolean;
      readonly turn: number;
      readonly passes?: readonly RunId[];
    }
  /** A new bundle took its place: the row as it begins. */
  | { readonly type: 'BundleQueued'; readonly bundle: BundleRow; readonly lastRequest: number }
  /** It has no blocker any more but those of its turn in the queue. */
  | {
      readonly type: 'BundleEligible';
      readonly bundle: BundleId;
      readonly turn: number;
      /** Older runs whose time to hold it back was over. */
      readonly passes?: readonly RunId[];
    }
  /**
   * All locks of the bundle, at one instant (LAW-9). `passed`: who was waiting ahead, and why that was right;
   * `exceptions`: why it may come before an older run (LAW-7).
   */
  | {
      readonly type: 'BundleGranted';
      readonly bundle: BundleId;
      readonly at: Instant;
      readonly requests: readonly {
        readonly lock: LockId;
        readonly token: number;
        readonly slot: number;
        readonly supersededThrough: number;
      }[];
      readonly passed?: readonly { readonly bundle: BundleId; readonly because: BlockerKind }[];
      readonly exceptions?: readonly OrderException[];
      /** It is older than what was deployed at these locks, which only warn of that. */
      readonly stale?: readonly StaleCommit[];
    }
  | {
      readonly type: 'BundleSuperseded';
      readonly bundle: BundleId;
      readonly by: BundleId;
      readonly byRun: RunId;
      readonly lock: LockId;
      readonly at: Instant;
    }
  | {
      readonly type: 'BundleTimedOut';
      readonly bundle: BundleId;
      readonly lock: LockId;
      readonly at: Instant;
    }
  /** Nothing but the age of its commit is open: git is asked how it stands to those of these runs. */
  | {
      readonly type: 'CommitsAsked';
      readonly bundle: BundleId;
      readonly bases: readonly RunId[];
      readonly at: Instant;
    }
  /** What git said: the commit of the bundle beside that of run `base`. */
  | {
      readonly type: 'CommitsCompared';
      readonly bundle: BundleId;
      readonly base: RunId;
      readonly relation: CommitRelation;
      readonly at: Instant;
    }
  /** It is older than what was deployed at these locks, which refuse that (LOCK-67). */
  | {
      readonly type: 'BundleRejected';
      readonly bundle: BundleId;
      readonly stale: readonly StaleCommit[];
      readonly at: Instant;
    }
  /** Released by its stage; `deployed`: which succeeded, so that its commit is what is there now. */
  | {
      readonly type: 'BundleFinished';
      readonly bundle: BundleId;
      readonly at: Instant;
      readonly deployed?: true;
    }
  | {
      readonly type: 'HolderChanged';
      readonly bundle: BundleId;
      readonly at: Instant;
      readonly state: 'working' | 'draining' | 'quarantined' | 'awaitingApproval' | 'awaitingPostApproval';
      readonly until?: Instant;
      readonly approvers?: readonly string[];
    }
  /** Its stage is over, and it keeps its locks until somebody acknowledges that. */
  | {
      readonly type: 'BundleKept';
      readonly bundle: BundleId;
      readonly at: Instant;
      readonly end: 'failed' | 'abandoned';
    }
  | ({ readonly type: 'BundleAcknowledged'; readonly bundle: BundleId } & OperatorMark)
  /** Its agent was lost for good, or an operator took its locks: then with who and why. */
  | {
      readonly type: 'BundleAbandoned';
      readonly bundle: BundleId;
      readonly at: Instant;
      readonly by?: string;
      readonly reason?: string;
    }
  /** An outside caller is told at another place from now on. */
  | {
      readonly type: 'CallerMoved';
      readonly bundle: BundleId;
      readonly at: Instant;
      readonly channel: CallerChannel;
    }
  /** An outside caller was told, or could not be (`ok: false`). */
  | ({ readonly type: 'CallerTold'; readonly bundle: BundleId } & CallerTold)
  /** A sign of life of an outside caller: its lease lasts until then. */
  | {
      readonly type: 'LeaseRenewed';
      readonly bundle: BundleId;
      readonly at: Instant;
      readonly until: Instant;
    }
  /** It holds longer than the lock allows; `cancel`: its run was told to end the stage. */
  | {
      readonly type: 'HoldLimitReached';
      readonly bundle: BundleId;
      readonly lock: LockId;
      readonly minutes: number;
      readonly action: 'alert' | 'cancel';
      readonly at: Instant;
    }
  /** Its run was granted a span that has its locks: it waits for them no longer, but for its turn inside. */
  | {
      readonly type: 'SpanJoined';
      readonly bundle: BundleId;
      readonly span: BundleId;
      readonly locks: readonly LockId[];
      readonly at: Instant;
    }
  /** It has its turn inside the span of its run. */
  | { readonly type: 'SpanEntered'; readonly bundle: BundleId; readonly at: Instant }
  /** A stage inside a span is over; `bundle` and `span` are the same for the stage with which it began. */
  | {
      readonly type: 'SpanLeft';
      readonly bundle: BundleId;
      readonly span: BundleId;
      readonly end: 'finished' | 'canceled' | 'failed' | 'abandoned';
      readonly at: Instant;
      /** It succeeded: its commit is what is at its locks now (LOCK-67). */
      readonly deployed?: true;
    }
  /** No further stage comes into the span. */
  | { readonly type: 'SpanOver'; readonly bundle: BundleId; readonly at: Instant }
  /** Withdrawn while waiting, or declined after the grant (LAW-5): then its tokens are burnt. */
  | { readonly type: 'BundleCanceled'; readonly bundle: BundleId; readonly at: Instant }
  /** What operators did, with who and why. */
  | ({ readonly type: 'BundleHeld'; readonly bundle: BundleId } & OperatorMark)
  | ({
      readonly type: 'BundleUnheld';
      readonly bundle: BundleId;
      readonly eligible: boolean;
      readonly turn: number;
      readonly passes?: readonly RunId[];
    } & OperatorMark)
  | ({ readonly type: 'BundleMoved'; readonly bundle: BundleId; readonly order: Instant } & OperatorMark)
  | ({ readonly type: 'BundleForced'; readonly bundle: BundleId } & OperatorMark)
  | ({ readonly type: 'BundleWithdrawn'; readonly bundle: BundleId } & OperatorMark)
  | { readonly type: 'LockFrozen'; readonly lock: LockId; readonly freeze: Freeze }
  | ({ readonly type: 'LockUnfrozen'; readonly lock: LockId } & OperatorMark)
  | {
      readonly type: 'BundleRekeyed';
      readonly bundle: BundleId;
      readonly order: Instant;
      readonly expiresAt: Instant;
      readonly eligible: boolean;
      readonly turn: number;
      readonly passes?: readonly RunId[];
    };
