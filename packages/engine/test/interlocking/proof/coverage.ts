import type {
  InterlockingEvent,
  InterlockingMessage,
  LockAnswer,
  OrderException,
  Outcome,
  WholeInterlocking,
} from '@signalbox/engine';
import {
  DEFAULT_LOCK_POLICY,
  POLICY_WORDS,
  type BlockerKind,
  type LockPolicy,
  type LockRequestStatus,
} from '@signalbox/model';

/** What random histories must reach: by group, every kind that there is. */
type Kinds<T extends string> = Readonly<Record<T, true>>;

/** The compiler keeps these lists complete. */
const EVENTS: Kinds<InterlockingEvent['type']> = {
  LockConfigured: true,
  LockDeleted: true,
  RunExpected: true,
  ExpectationDropped: true,
  ExpectationChanged: true,
  BundleExpected: true,
  BundleApproved: true,
  BundleChecked: true,
  BundleQueued: true,
  BundleEligible: true,
  BundleGranted: true,
  BundleSuperseded: true,
  BundleTimedOut: true,
  CommitsAsked: true,
  CommitsCompared: true,
  BundleRejected: true,
  BundleFinished: true,
  HolderChanged: true,
  BundleKept: true,
  BundleAcknowledged: true,
  BundleAbandoned: true,
  LeaseRenewed: true,
  CallerTold: true,
  CallerMoved: true,
  SpanJoined: true,
  SpanEntered: true,
  SpanLeft: true,
  SpanOver: true,
  HoldLimitReached: true,
  BundleCanceled: true,
  BundleHeld: true,
  BundleUnheld: true,
  BundleMoved: true,
  BundleForced: true,
  BundleWithdrawn: true,
  LockFrozen: true,
  LockUnfrozen: true,
  BundleRekeyed: true,
};

const MESSAGES: Kinds<InterlockingMessage['type']> = {
  Expected: true,
  NotExpected: true,
  PersonAwaited: true,
  PersonAnswered: true,
  ExpectationDue: true,
  LocksRequested: true,
  ApprovalGiven: true,
  ChecksChanged: true,
  ChecksDue: true,
  LocksReleased: true,
  RunsCompared: true,
  HolderChanged: true,
  HoldDue: true,
  LocksWithdrawn: true,
  WaitExpired: true,
  ConfigureLock: true,
  DeleteLock: true,
  HoldRequest: true,
  UnholdRequest: true,
  MoveRequest: true,
  WithdrawRequest: true,
  ForceGrant: true,
  AcknowledgeFailure: true,
  ForceRelease: true,
  AcquireLease: true,
  RenewLease: true,
  ReleaseLease: true,
  LeaseDue: true,
  SpanOver: true,
  CallerTold: true,
  FreezeLock: true,
  UnfreezeLock: true,
  FreezeOver: true,
  Reconcile: true,
};

const BLOCKERS: Kinds<BlockerKind> = {
  heldBy: true,
  behind: true,
  olderRunExpected: true,
  notGrantedTogether: true,
  checksPending: true,
  awaitingApproval: true,
  frozen: true,
  quarantined: true,
  keptForFailure: true,
  onHold: true,
  comparingCommits: true,
};

const STATUSES: Kinds<LockRequestStatus> = {
  expected: true,
  queued: true,
  waitingOnChecks: true,
  inUse: true,
  finished: true,
  timedOut: true,
  canceled: true,
  abandoned: true,
};

const EXCEPTIONS: Kinds<OrderException> = {
  expectedLimit: true,
  retry: true,
  byHand: true,
  onHold: true,
  checks: true,
  moved: true,
  forced: true,
  freezeExemption: true,
  lane: true,
  span: true,
};

const ANSWERS: Kinds<LockAnswer['type']> = {
  AskApprovals: true,
  SpanWanted: true,
  LocksGranted: true,
  LocksTaken: true,
  LocksLost: true,
};

/** Counts what histories reach, and says what they do not. */
export class Coverage {
  readonly #groups: Map<string, Map<string, number>> = new Map();

  constructor() {
    const kinds = { event: EVENTS, message: MESSAGES, blocker: BLOCKERS, status: STATUSES };
    const groups = { ...kinds, exception: EXCEPTIONS, answer: ANSWERS, setting: settings() };
    for (const [group, names] of Object.entries(groups)) {
      this.#groups.set(group, new Map(Object.keys(names).map((name) => [name, 0])));
    }
  }

  /** A message, what came of it, and the rows afterwards. */
  see(
    message: InterlockingMessage,
    { events, mail }: Outcome<InterlockingEvent>,
    rows: WholeInterlocking,
  ): void {
    this.count('message', message.type);
    for (const { body } of mail) if (Object.hasOwn(ANSWERS, body.type)) this.count('answer', body.type);
    for (const event of events) {
      this.count('event', event.type);
      if (event.type !== 'BundleGranted') continue;
      for (const exception of event.exceptions ?? []) this.count('exception', exception);
      for (const { lock } of event.requests) {
        const policy = rows.getLock(lock)?.policy ?? DEFAULT_LOCK_POLICY;
        for (const setting of valuesOf(policy)) this.count('setting', setting);
      }
    }
  }

  count(group: string, name: string): void {
    const counts = this.#groups.get(group) ?? new Map<string, number>();
    this.#groups.set(group, counts.set(name, (counts.get(name) ?? 0) + 1));
  }

  /** Whatever was never reached. */
  missing(): readonly string[] {
    return [...this.#groups].flatMap(([group, counts]) =>
      [...counts].filter(([, count]) => count === 0).map(([name]) => `${group} ${name}`),
    );
  }

  /** A line per kind: the group, the name, how often. */
  table(): string {
    return [...this.#groups]
      .flatMap(([group, counts]) => [...counts].map(([name, count]) => this.#line(group, name, count)))
      .join('\n');
  }

  #line(group: string, name: string, count: number): string {
    return `${group.padEnd(10)}${name.padEnd(34)}${String(count).padStart(10)}`;
  }
}

/** Every word that a setting may be; of the others, that it is the default, and that it is something else. */
function settings(): Kinds<string> {
  const names = Object.keys(DEFAULT_LOCK_POLICY) as (keyof LockPolicy)[];
  const all = names.flatMap((name) => wordsOf(name).map((word) => `${name}: ${word}`));
  return Object.fromEntries(all.map((name) => [name, true as const]));
}

function wordsOf(name: keyof LockPolicy): readonly string[] {
  if (name === 'span') return ['stage', 'run', 'through'];
  return Object.hasOwn(POLICY_WORDS, name)
    ? POLICY_WORDS[name as keyof typeof POLICY_WORDS]
    : ['default', 'other'];
}

function* valuesOf(policy: LockPolicy): Generator<string, void> {
  for (const [name, value] of Object.entries(policy)) {
    if (name === 'span') yield `span: ${typeof value === 'string' ? value : 'through'}`;
    else if (Object.hasOwn(POLICY_WORDS, name)) yield `${name}: ${value}`;
    else yield `${name}: ${isDefault(name as keyof LockPolicy, value) ? 'default' : 'other'}`;
  }
}

function isDefault(name: keyof LockPolicy, value: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(DEFAULT_LOCK_POLICY[name]);
}
