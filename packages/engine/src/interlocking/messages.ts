import type {
  BundleId,
  CommitRelation,
  DefinitionId,
  FencingToken,
  Instant,
  LockBehavior,
  LockId,
  LockPolicy,
  RunId,
  SpanEnd,
  StaleCommit,
} from '@signalbox/model';
import type { CallerChannel, CallerTold, Checks, Requester, ResourceKey } from './rows.ts';

/** Which request an operator means, who it is, and why: 1 to 1000 characters. */
export type OperatorAct = {
  readonly bundle: BundleId;
  readonly by: string;
  readonly reason: string;
};

/** A lock that keeps a cancel from its holder until the holder's stage is over (`cancel: afterStage`, Q6). */
export type ProtectingLock = { readonly lock: LockId; readonly lockName: string };

/** A protected resource with the name that people know it by. */
export type NamedResource = ResourceKey & { readonly name: string };

/** What the plan of a run can reach inside a span: the answer to `SpanWanted` (LOCK-65). */
export interface SpanReach {
  /** The span of which the interlocking spoke. */
  readonly asked: SpanEnd;
  /** What of it is still to come; nothing: the span is the asking stage. */
  readonly until: SpanEnd;
  /** The stages that may still ask for locks inside it, the asking one left out. */
  readonly stages: readonly {
    readonly stage: string;
    readonly ownLock: boolean;
    readonly resources: readonly NamedResource[];
  }[];
}

/** What the interlocking of a project understands. */
export type InterlockingMessage =
  /** A run was created; these of its stages may still ask for these resources. Written with the run itself. */
  | {
      readonly type: 'Expected';
      readonly run: RunId;
      readonly definition: DefinitionId;
      readonly branch: string;
      readonly runQueueTime: Instant;
      readonly stages: readonly { readonly stage: string; readonly resources: readonly ResourceKey[] }[];
    }
  /** The stage will not ask (skipped, deselected, run over); no stage given: none of the run's stages will. */
  | { readonly type: 'NotExpected'; readonly run: RunId; readonly stage?: string }
  /** These stages of the run cannot come before a person has approved or started something (LOCK-63). */
  | { readonly type: 'PersonAwaited'; readonly run: RunId; readonly stages: readonly string[] }
  /** They can now. */
  | { readonly type: 'PersonAnswered'; readonly run: RunId; readonly stages: readonly string[] }
  /** Timer: a person has been awaited for as long as a lock's `expectedLimit` allows. */
  | { readonly type: 'ExpectationDue'; readonly run: RunId }
  /** A stage attempt asks for every lock of its resources (LOCK-9); drops its `expected` rows at once. */
  | {
      readonly type: 'LocksRequested';
      readonly requester: Requester;
      /** Somebody started the stage by hand, so its request is as new as that (X-14, LOCK-62). */
      readonly byHand?: true;
      readonly behavior?: LockBehavior;
      /** `ownLock`: the stage names a lock of its own, so an empty bundle is an error (LAW-12). */
      readonly ownLock: boolean;
      readonly resources: readonly NamedResource[];
      /** The pipeline, `name` or `folder/name`, as policies call it; absent: no span names it. */
      readonly pipeline?: string;
      /** Answers `SpanWanted`; the request counts from here. */
      readonly reach?: SpanReach;
      /**
       * Nobody has been asked for the stage's approvals yet. Where a lock says `slot: beforeApproval` the bundle is
       * queued at once, and approvals are asked for after `LocksGranted` (CLASSIC-3). Else the answer is
       * `AskApprovals`: the stage asks for its approvals, keeps its `expected` rows, and asks again when it has them.
       */
      readonly approvals?: 'pending';
      /** When the checks that it has passed count; absent: for ever (LOCK-26). */
      readonly checks?: Pick<Checks, 'from' | 'until'>;
    }
  /** The approvals of the stage attempt are complete; other checks may still be to come (GAP-48). */
  | { readonly type: 'ApprovalGiven'; readonly run: RunId; readonly stage: string; readonly attempt: number }
  /**
   * Checks of a waiting stage attempt lapsed, passed again, or count for another time (LOCK-26, X-3, GAP-16). It
   * keeps its place; while they do not count it is passed over, supersedes nobody and is superseded by nobody
   * (LOCK-51). A holder keeps what it has.
   */
  | {
      readonly type: 'ChecksChanged';
      readonly run: RunId;
      readonly stage: string;
      readonly attempt: number;
      readonly valid: boolean;
      /** Not before then: an approval was deferred. */
      readonly from?: Instant;
      /** The earliest lapse of them. */
      readonly until?: Instant;
    }
  /** Timer: the checks of a waiter begin or cease to count. */
  | { readonly type: 'ChecksDue'; readonly bundle: BundleId }
  /** The stage is terminal and no process of its jobs can still act (LAW-8). */
  | {
      readonly type: 'LocksReleased';
      readonly run: RunId;
      readonly stage: string;
      readonly attempt: number;
      /** Absent: it did not fail. `abandoned`: its agent was lost (LAW-10). Both follow `onFailure`. */
      readonly end?: 'failed' | 'abandoned';
      /** The stage succeeded: its commit is what is there now (LOCK-67). */
      readonly deployed?: true;
    }
  /** The answer to the effect `compareRuns`: how the commit of the bundle's run stands to that of run `base`. */
  | {
      readonly type: 'RunsCompared';
      readonly bundle: BundleId;
      readonly base: RunId;
      readonly relation: CommitRelation;
    }
  /** The span that began with this stage attempt is over: no stage comes in any more (LOCK-65). */
  | { readonly type: 'SpanOver'; readonly run: RunId; readonly stage: string; readonly attempt: number }
  /**
   * The stage is over but may still act, its agent is lost, or it is back (LAW-8, LAW-10); or a person is awaited
   * before or after its jobs (CLASSIC-3). The locks stay.
   */
  | {
      readonly type: 'HolderChanged';
      readonly run: RunId;
      readonly stage: string;
      readonly attempt: number;
      readonly state: 'working' | 'draining' | 'quarantined' | 'awaitingApproval' | 'awaitingPostApproval';
      /** When its processes can act no more, if that is known. */
      readonly until?: Instant;
      /** Whom it waits for, of those that wait for a person: names as people read them. */
      readonly approvers?: readonly string[];
    }
  /** Timer: a holder has held a lock for as long as its policy allows. */
  | { readonly type: 'HoldDue'; readonly bundle: BundleId }
  /** The stage attempt was cancelled while it waited, or declines a grant that crossed the cancel (LAW-5). */
  | { readonly type: 'LocksWithdrawn'; readonly run: RunId; readonly stage: string; readonly attempt: number }
  /** Timer: the bundle's waiting time is over (LOCK-40). */
  | { readonly type: 'WaitExpired'; readonly bundle: BundleId }
  /** Command: create the lock of a resource, or change its policy or name; replies the lock's id. */
  | {
      readonly type: 'ConfigureLock';
      readonly resource: ResourceKey;
      readonly name: string;
      readonly policy: LockPolicy;
      readonly enabled: boolean;
      readonly by: string;
    }
  /** Command: the resource of a lock is deleted (GAP-19); replies `{ changed }`, refused while somebody holds it. */
  | { readonly type: 'DeleteLock'; readonly resource: ResourceKey; readonly by: string }
  /** Commands of operators about one request. All reply `{ changed }`, and are journalled with who and why. */
  | ({ readonly type: 'HoldRequest' } & OperatorAct)
  | ({ readonly type: 'UnholdRequest' } & OperatorAct)
  | ({ readonly type: 'MoveRequest' } & OperatorAct & {
        /** Beside which other request of the same queue. */
        readonly place: { readonly side: 'before' | 'after'; readonly of: BundleId };
      })
  | ({ readonly type: 'WithdrawRequest' } & OperatorAct)
  | ({ readonly type: 'ForceGrant' } & OperatorAct)
  /** Commands of operators about one holder; reply and journal likewise. */
  | ({ readonly type: 'AcknowledgeFailure' } & OperatorAct)
  | ({ readonly type: 'ForceRelease' } & OperatorAct)
  /**
   * Commands of outside callers. `request` is the caller's own id of its request, `owner` whose token speaks.
   * All reply `{ bundle }`.
   */
  | {
      readonly type: 'AcquireLease';
      readonly request: string;
      readonly caller: string;
      readonly owner: string;
      readonly locks: readonly LockId[];
      /** How long the lease lasts without a sign of life. */
      readonly seconds: number;
      /** Where to tell of the grant; then the lease begins with it, and nobody has to ask while it waits. */
      readonly channel?: CallerChannel;
    }
  | { readonly type: 'RenewLease'; readonly request: string; readonly owner: string }
  | {
      readonly type: 'ReleaseLease';
      readonly request: string;
      readonly owner: string;
      /** What it held the locks for failed: they follow `onFailure`. */
      readonly failed: boolean;
    }
  /** A caller was told, or could not be and is not tried any more; the answer to the effect `tellCaller`. */
  | ({
      readonly type: 'CallerTold';
      readonly request: string;
      readonly channel: string;
    } & Omit<CallerTold, 'at'>)
  /** Timer: a lease is over, or its margin is. */
  | { readonly type: 'LeaseDue'; readonly bundle: BundleId }
  /** Command: no grant before `until`, or before somebody ends it; branches that fit `exempt` pass. */
  | {
      readonly type: 'FreezeLock';
      readonly lock: LockId;
      readonly until?: Instant;
      readonly exempt: readonly string[];
      readonly by: string;
      readonly reason: string;
    }
  | { readonly type: 'UnfreezeLock'; readonly lock: LockId; readonly by: string; readonly reason: string }
  /** Timer: the end of a freeze. */
  | { readonly type: 'FreezeOver'; readonly lock: LockId }
  /**
   * Timer and sweep: settle every one of these locks again; must find nothing to do (INV-05). Replies
   * `{ mended }`, the number of journal entries that it took. `continued`: goes on with a settle that
   * stopped after following 64 locks (QUEUEING §3), and may find something.
   */
  | { readonly type: 'Reconcile'; readonly locks: readonly LockId[]; readonly continued?: true };

/** What a run is told about its bundle. */
export type LockAnswer =
  /**
   * The answer to `approvals: 'pending'` when the approvals come before the locks, or there are no locks: ask for
   * them now. Under `slot: beforeApproval` the grant comes first, and is the answer (CLASSIC-3, LOCK-66).
   */
  | { readonly type: 'AskApprovals'; readonly stage: string; readonly attempt: number }
  | {
      readonly type: 'LocksGranted';
      readonly stage: string;
      readonly attempt: number;
      /** Empty when no lock exists for the stage's resources. */
      readonly tokens: readonly FencingToken[];
      /** Those of its locks that protect it, by their policy at the grant; absent when none does (Q6). */
      readonly protectedBy?: readonly ProtectingLock[];
      /** A newer commit was deployed at these locks before; they only warn of that (LOCK-67). */
      readonly stale?: readonly StaleCommit[];
      /** The run holds its locks for this span, and says `SpanOver` when it is over. */
      readonly span?: SpanEnd;
    }
  /** A lock of the stage has a span: it is to ask again, with what the plan can reach inside it (LOCK-65). */
  | {
      readonly type: 'SpanWanted';
      readonly stage: string;
      readonly attempt: number;
      readonly until: SpanEnd;
      /** What it asked with. */
      readonly approvals?: 'pending';
    }
  /** An operator took the locks of a holder that is draining or quarantined: its stage ends, if it has not. */
  | {
      readonly type: 'LocksTaken';
      readonly stage: string;
      readonly attempt: number;
      readonly by: string;
      readonly reason: string;
    }
  | {
      readonly type: 'LocksLost';
      readonly stage: string;
      readonly attempt: number;
      readonly why:
        | { readonly kind: 'superseded'; readonly byRun: RunId; readonly lock: string }
        | {
            readonly kind: 'timedOut';
            readonly lock: string;
            readonly minutes: number;
            readonly then: 'skip' | 'fail';
          }
        | { readonly kind: 'stale'; readonly commit: StaleCommit }
        | { readonly kind: 'withdrawn'; readonly by: string; readonly reason: string }
        | { readonly kind: 'lockMissing'; readonly message: string }
        /** The run holds a span that began with stage `by` and has no such lock; nobody waits inside a span. */
        | { readonly kind: 'lockOutsideSpan'; readonly lock: string; readonly by: string };
    };
