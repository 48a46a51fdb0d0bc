import type {
  BundleId,
  CommitRelation,
  DefinitionId,
  Instant,
  LockBehavior,
  LockId,
  LockPolicy,
  LockRequestStatus,
  LockResourceType,
  RunId,
  SpanEnd,
  StaleCommit,
} from '@signalbox/model';

/** What a caller from outside is told: it has its locks, or it has them no more, or never will. */
export type CallerNews = 'granted' | 'lost';

/** One line per project: the counters that only the interlocking hands out. */
export interface HeaderRow {
  readonly lastLock: LockId;
  readonly lastBundle: BundleId;
  readonly lastRequest: number;
  /** Grows each time a waiter becomes eligible; see `BundleRow.turn`. */
  readonly lastTurn: number;
}

/** Names the protected resource behind a lock; `persistedStage` ids are `<definition>:<folded stage>` (LOCK-5). */
export interface ResourceKey {
  readonly type: LockResourceType;
  readonly id: string;
}

/** A lock (QUEUEING §1). `lastToken` never falls, not even when the lock is disabled and enabled again. */
export interface LockRow {
  readonly id: LockId;
  readonly resource: ResourceKey;
  readonly name: string;
  readonly policy: LockPolicy;
  /** False: the check is disabled; later stages do not request it, waiting ones are served (X-21, GAP-18). */
  readonly enabled: boolean;
  readonly lastToken: number;
  /** Supersede has looked at every eligible waiter whose `turn` is not above this. */
  readonly supersededThrough: number;
  /** Nobody is granted the lock but branches that fit `exempt`, until its end or until somebody ends it. */
  readonly freeze?: Freeze;
  /** Its resource was deleted, and by whom; whoever asks for it fails (GAP-19). Making it anew ends that. */
  readonly deleted?: { readonly at: Instant; readonly by: string };
}

/** Who froze a lock, why, and for whom it does not count. */
export interface Freeze {
  readonly since: Instant;
  readonly until?: Instant;
  /** Patterns of branch names (`matchesBranch`): the way through for a hotfix. */
  readonly exempt: readonly string[];
  readonly by: string;
  readonly reason: string;
}

/** When an operator acted, who it was, and why. */
export type OperatorMark = {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
};

/** One request: a bundle's place at one lock. Its status is the bundle's. */
export interface RequestRow {
  readonly id: number;
  readonly lock: LockId;
  /** Set by the grant. */
  readonly token?: number;
  /** 1 … capacity, unique among the holders of the lock; set by the grant. */
  readonly slot?: number;
}

/** How somebody outside who does not ask by itself learns what becomes of its request. */
export interface CallerChannel {
  /** `azureCheck`: a stage of Azure DevOps waits for it, and is watched for as long as it has the locks. */
  readonly kind: 'callback' | 'azureCheck';
  /** Another one for another channel: whoever asks again with another one is told there from then on. */
  readonly id: string;
  /** Where that is, as people may see it: no secret is in it. */
  readonly shown: string;
  /** All that is needed to get there, sealed by the server: the journal holds no secret. */
  readonly sealed: string;
}

/** The last thing that a caller with a channel was told, or could not be told. */
export type CallerTold = {
  readonly news: CallerNews;
  readonly at: Instant;
  readonly ok: boolean;
  /** What came of it, a sentence. */
  readonly message: string;
};

/** Somebody outside who asks for locks (QUEUEING §1). */
export interface OutsideCaller {
  /** As the queue shows it. */
  readonly name: string;
  /** Whose token asked; only the same one may renew and release. */
  readonly owner: string;
  /** Absent: the caller asks by itself, and is heard of by it. */
  readonly channel?: CallerChannel;
}

/** How long a caller from outside counts as alive without another sign. */
export interface Lease {
  readonly seconds: number;
  /** The last sign of life and those seconds. Of a caller with a channel it counts from the grant on only. */
  readonly until: Instant;
}

/**
 * Who asks: a stage attempt of a run (LOCK-9), or somebody outside. The latter have `caller`; their request id
 * is the `stage`, and run and definition are 0.
 */
export interface Requester {
  readonly run: RunId;
  readonly definition: DefinitionId;
  /** The stage's name as written; compare folded. */
  readonly stage: string;
  readonly attempt: number;
  readonly branch: string;
  /** Grows with the run's id inside a project; where two runs share one, `runQueueTime` order is by arrival. */
  readonly runQueueTime: Instant;
  readonly caller?: OutsideCaller;
}

/** Why a holder that is not at work still holds. */
export interface HolderState {
  /**
   * `draining`: its stage is over; `quarantined`: its agent is lost; `failed`: kept until acknowledged. The others
   * wait for a person, before their jobs or after them (CLASSIC-3).
   */
  readonly state: 'draining' | 'quarantined' | 'failed' | 'awaitingApproval' | 'awaitingPostApproval';
  readonly since: Instant;
  /** When its processes can act no more, if that is known. */
  readonly until?: Instant;
  /** How it ended, of failed ones: the final word when it is acknowledged. */
  readonly end?: 'finished' | 'abandoned';
  /** Whom it waits for, of those that wait for a person, once the run has said. */
  readonly approvers?: readonly string[];
}

/** Whether the checks that a waiter had passed count now; outside of the times they do not (LOCK-26, GAP-16). */
export interface Checks {
  readonly valid: boolean;
  /** When the interlocking learned it. */
  readonly since: Instant;
  /** Not before then: an approval was deferred. */
  readonly from?: Instant;
  /** The earliest lapse of them. */
  readonly until?: Instant;
}

/** What a bundle holds beyond its own stage: the holder is the run (LOCK-65). */
export interface SpanRow {
  /** The span is over with the run, or once each of these stages is. */
  readonly until: SpanEnd;
  /** The locks of the stage that asked; the others are for later stages. */
  readonly own: readonly LockId[];
  /** That stage is not inside any more. */
  readonly left?: true;
  /** No further stage comes in; the locks are free when nobody is inside any more. */
  readonly over?: true;
  /** The worst end of those that were inside. */
  readonly worst?: 'failed' | 'abandoned';
}

/** A stage attempt that passes through what its run holds: it has no place at any lock (LAW-9). */
export interface InsideRow {
  /** The bundle whose locks it uses. */
  readonly span: BundleId;
  /** Those of them that it needs. */
  readonly locks: readonly LockId[];
  /** Since when it waits for its turn inside, or uses it; what it asked for before is over since then. */
  readonly since: Instant;
}

/** All the requests of one stage attempt. */
export interface BundleRow {
  readonly id: BundleId;
  readonly requester: Requester;
  /** `expected`: its stage waits for an approval and has not asked for the locks yet (QUEUEING §1). */
  readonly status: LockRequestStatus;
  /** The stage's effective behaviour at each lock is this, else the lock's policy (LOCK-8). */
  readonly behavior?: LockBehavior;
  readonly requests: readonly RequestRow[];
  readonly queueTime: Instant;
  readonly assignTime?: Instant;
  readonly finishTime?: Instant;
  /** The same in all its locks: order.time, then the bundle's id (QUEUEING §3). */
  readonly order: Instant;
  /** Rank for "latest": the run's queue time, for later attempts the time of the request (LOCK-62). Ties: run id. */
  readonly rank: Instant;
  /** No blocker but heldBy, behind, notGrantedTogether. */
  readonly eligible: boolean;
  /**
   * `lastTurn` when it last became eligible; 0 while it never was, and for those who take no part in
   * superseding at any lock (`sequential`, `parallel`): nobody need look at them.
   */
  readonly turn: number;
  /** When waiting ends by itself (LOCK-40): the earliest over its locks. */
  readonly expiresAt: Instant;
  /** When the interlocking learned that the stage is approved; only of those that said that they wait for it. */
  readonly approvedAt?: Instant;
  /** It is granted for a span of stages (LOCK-65). */
  readonly span?: SpanRow;
  /** It passes through a span: `queued` while it waits for its turn inside. Its requests, if it had any, are over. */
  readonly inside?: InsideRow;
  /** It asked before its approval: with the grant it waits for that (CLASSIC-3). */
  readonly awaitsApproval?: true;
  /** Absent: its checks have passed and do not lapse. */
  readonly checks?: Checks;
  /** It waited on its checks once; others may have passed it. */
  readonly wasLapsed?: true;
  /** Its stage was started by hand. */
  readonly byHand?: true;
  /** Of outside callers only. */
  readonly lease?: Lease;
  /** Of outside callers with a channel. */
  readonly told?: CallerTold;
  /** A holder that is not simply at work; absent: it is, or it does not hold. */
  readonly holder?: HolderState;
  /** The locks that it has held longer than they allow, as reported. */
  readonly overdue?: readonly LockId[];
  /** An operator keeps it from its turn. */
  readonly hold?: OperatorMark;
  /** An operator held it once; others may have passed it. */
  readonly wasHeld?: true;
  /** An operator gave it another place; a change of policy does not move it back. */
  readonly moved?: OperatorMark;
  /** An operator wants it granted as soon as there is a slot: it stands before everybody else. */
  readonly forced?: OperatorMark;
  /** An operator ended its waiting. */
  readonly withdrawn?: OperatorMark;
  /** Older runs of its pipeline that wait for a person and whose time to hold it back was over (LOCK-63). */
  readonly passes?: readonly RunId[];
  /** What git was asked about its commit, and said if it has answered: one per run that deployed (LOCK-67). */
  readonly compared?: readonly Comparison[];
  /** It is older than what was deployed at these locks: granted all the same, or ended for it. */
  readonly stale?: readonly StaleCommit[];
  /** Who ended it, for superseded ones. */
  readonly supersededBy?: { readonly run: RunId; readonly bundle: BundleId; readonly lock: LockId };
}

/** The commit of a waiter beside that of a run that deployed. */
export interface Comparison {
  readonly base: RunId;
  readonly askedAt: Instant;
  /** Absent: not answered yet. */
  readonly relation?: CommitRelation;
}

/** What a pipeline last deployed behind a lock: the stage that last ended there and succeeded (LOCK-67). */
export interface DeployedRow {
  readonly lock: LockId;
  readonly definition: DefinitionId;
  readonly bundle: BundleId;
  readonly run: RunId;
  readonly stage: string;
  readonly attempt: number;
  readonly branch: string;
  readonly runQueueTime: Instant;
  /** When it gave the lock back. */
  readonly at: Instant;
}

/** The run exists and may still reach this lock with this stage (QUEUEING §2, `orderBy`). */
export interface ExpectedRow {
  readonly resource: ResourceKey;
  readonly definition: DefinitionId;
  /** Folded stage name. */
  readonly stage: string;
  readonly run: RunId;
  readonly runQueueTime: Instant;
  readonly branch: string;
  /** Since when the stage cannot come before a person has acted (LOCK-63). */
  readonly awaitedSince?: Instant;
  /** The person has been awaited for `expectedLimit`: younger runs pass. */
  readonly lapsed?: true;
}

/** One changed row, as the store writes it. `row: undefined` deletes (only `expected` rows are ever deleted). */
export type InterlockingChange =
  | { readonly table: 'header'; readonly row: HeaderRow }
  | { readonly table: 'lock'; readonly row: LockRow }
  | { readonly table: 'bundle'; readonly row: BundleRow }
  | { readonly table: 'deployed'; readonly row: DeployedRow }
  | { readonly table: 'expected'; readonly key: ExpectedRow; readonly row: ExpectedRow | undefined };
