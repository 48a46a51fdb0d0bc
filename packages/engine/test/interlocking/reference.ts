import { DEFAULT_LOCK_POLICY, fold, type LockBehavior, type LockPolicy } from '@signalbox/model';
import type { InterlockingMessage, Requester, ResourceKey } from '@signalbox/engine';

/** A bundle as the reference remembers it. */
interface Asked extends Requester {
  readonly id: number;
  readonly behavior: LockBehavior | undefined;
  readonly locks: readonly Lock[];
  readonly rank: number;
  since: number;
  status: string;
  eligible: boolean;
  approved?: true;
  /** Its stage failed and nobody has acknowledged that: how it is to end. */
  kept?: string;
  idle?: true;
  held?: true;
  forced?: true;
  granted?: number;
  /** Its place, once an operator has given it one. */
  place?: number;
  tokens: Record<string, number>;
  /** Of somebody outside: whose token asked, for how long, and until when they count as alive. */
  lease?: { readonly owner: string; readonly seconds: number; until: number };
  supersededBy?: number;
}

interface Lock {
  readonly key: string;
  policy: LockPolicy;
  enabled: boolean;
  freeze?: { readonly until: number | undefined; readonly exempt: readonly string[] };
  lastToken: number;
}

interface Expected {
  readonly key: string;
  readonly definition: number;
  readonly stage: string;
  readonly run: number;
  readonly runQueueTime: number;
  readonly branch: string;
  since?: number;
  lapsed?: true;
}

/**
 * The queue as plainly as possible: every question is answered by looking at everything, after every message.
 * Written from the design, not from the engine; the two must agree on every history.
 */
export class Reference {
  readonly #locks: Lock[] = [];
  readonly #bundles: Asked[] = [];
  #expected: Expected[] = [];

  /** What became of every stage attempt, for comparison. */
  summary(): readonly string[] {
    return this.#bundles.map(({ run, stage, attempt, status, tokens, supersededBy }) =>
      JSON.stringify([run, stage, attempt, status, tokens, supersededBy ?? null]),
    );
  }

  handle(message: InterlockingMessage, now: number): void {
    switch (message.type) {
      case 'Expected':
        this.#expect(message);
        break;
      case 'NotExpected':
        this.#drop(message.run, message.stage);
        break;
      case 'PersonAwaited':
      case 'PersonAnswered':
        this.#person(message, now);
        break;
      case 'ApprovalGiven':
        this.#approve(message);
        break;
      case 'LocksRequested':
        this.#request(message, now);
        break;
      case 'LocksReleased':
      case 'LocksWithdrawn':
        this.#leave(message);
        break;
      case 'HolderChanged':
        this.#holder(message);
        break;
      case 'AcquireLease':
        this.#acquire(message, now);
        break;
      case 'RenewLease':
        this.#renew(this.#find(leaseName(message)), message.owner, now);
        break;
      case 'ReleaseLease':
        this.#giveBack(message);
        break;
      case 'AcknowledgeFailure':
      case 'ForceRelease':
      case 'HoldRequest':
      case 'UnholdRequest':
      case 'MoveRequest':
      case 'ForceGrant':
      case 'WithdrawRequest':
        this.#operate(message);
        break;
      case 'FreezeLock':
      case 'UnfreezeLock':
        this.#freeze(message);
        break;
      case 'ConfigureLock':
        this.#configure(message);
        break;
      case 'HoldDue':
      case 'FreezeOver':
      case 'LeaseDue':
      case 'ExpectationDue':
      case 'WaitExpired':
      case 'Reconcile':
        break;
    }
    this.#settle(now);
  }

  #expect({
    run,
    definition,
    runQueueTime,
    branch,
    stages,
  }: Extract<InterlockingMessage, { type: 'Expected' }>): void {
    for (const { stage, resources } of stages) {
      for (const resource of resources) {
        this.#expected.push({
          key: keyOf(resource),
          definition,
          stage: fold(stage),
          run,
          runQueueTime,
          branch,
        });
      }
    }
  }

  #drop(run: number, stage: string | undefined): void {
    this.#expected = this.#expected.filter(
      (row) => row.run !== run || (stage !== undefined && row.stage !== fold(stage)),
    );
  }

  #request(message: Extract<InterlockingMessage, { type: 'LocksRequested' }>, now: number): void {
    const { requester, behavior, resources } = message;
    if (message.approvals !== 'pending') this.#drop(requester.run, requester.stage);
    const known = this.#find(requester);
    if (known?.status === 'awaiting' && message.approvals !== 'pending') {
      known.status = 'waiting';
      known.since = now;
    }
    if (known !== undefined) return;
    const own = stageKey(requester);
    if (message.ownLock && !this.#locks.some(({ key }) => key === own)) {
      this.#locks.push({ key: own, policy: DEFAULT_LOCK_POLICY, enabled: true, lastToken: 0 });
    }
    const locks = this.#locks.filter(
      (lock) =>
        lock.enabled &&
        ((message.ownLock && lock.key === own) || resources.some((resource) => keyOf(resource) === lock.key)),
    );
    if (locks.length === 0) return;
    const rank = requester.attempt === 1 ? requester.runQueueTime : now;
    const id = this.#bundles.length + 1;
    const part = { ...requester, id, behavior, locks, since: now, rank };
    const status = message.approvals === 'pending' ? 'awaiting' : 'waiting';
    this.#bundles.push({ ...part, status, eligible: false, tokens: {} });
  }

  #leave(message: Extract<InterlockingMessage, { type: 'LocksReleased' | 'LocksWithdrawn' }>): void {
    const bundle = this.#find(message);
    if (bundle === undefined) return;
    if (bundle.kept !== undefined && message.type === 'LocksReleased') return;
    if (bundle.status === 'holding' && message.type === 'LocksReleased') {
      const end = message.end === 'abandoned' ? 'abandoned' : 'finished';
      const keeps = bundle.locks.some(({ policy }) => policy.onFailure === 'hold');
      if (message.end !== undefined && keeps) bundle.kept = end;
      else bundle.status = end;
    } else if (['holding', 'waiting', 'awaiting'].includes(bundle.status)) bundle.status = 'canceled';
  }

  #acquire(message: Extract<InterlockingMessage, { type: 'AcquireLease' }>, now: number): void {
    const { request, owner, seconds } = message;
    const locks = message.locks.flatMap((id) => this.#locks[id - 1] ?? []);
    const known = this.#find(leaseName(message));
    if (known !== undefined) {
      const same = known.locks.length === locks.length && locks.every((lock) => known.locks.includes(lock));
      if (same) this.#renew(known, owner, now);
      return;
    }
    if (locks.length < message.locks.length || locks.some(({ enabled }) => !enabled)) return;
    this.#bundles.push({
      ...leaseName(message),
      definition: 0,
      branch: '',
      runQueueTime: now,
      stage: request,
      id: this.#bundles.length + 1,
      behavior: undefined,
      locks,
      rank: now,
      since: now,
      status: 'waiting',
      eligible: false,
      tokens: {},
      lease: { owner, seconds, until: now + seconds * 1000 },
    });
  }

  #renew(bundle: Asked | undefined, owner: string, now: number): void {
    if (bundle?.lease?.owner !== owner || bundle.lease.until <= now) return;
    if (bundle.idle || bundle.kept || !['waiting', 'holding'].includes(bundle.status)) return;
    const { granted = now } = bundle;
    const over = bundle.locks.some(
      ({ policy: { holdLimitMinutes: limit, onHoldLimit } }) =>
        onHoldLimit === 'cancel' && limit > 0 && granted + limit * 60_000 <= now,
    );
    if (!over) bundle.lease.until = now + bundle.lease.seconds * 1000;
  }

  #giveBack(message: Extract<InterlockingMessage, { type: 'ReleaseLease' }>): void {
    const bundle = this.#find(leaseName(message));
    if (bundle?.lease?.owner !== message.owner) return;
    this.#leave({
      type: 'LocksReleased',
      ...leaseName(message),
      ...(message.failed && { end: 'failed' as const }),
    });
  }

  #person(
    { type, run, stages }: Extract<InterlockingMessage, { stages: readonly string[] }>,
    now: number,
  ): void {
    for (const row of this.#expected) {
      if (row.run !== run || !stages.some((stage) => fold(stage) === row.stage)) continue;
      if (type === 'PersonAwaited') row.since ??= now;
      else {
        delete row.since;
        delete row.lapsed;
      }
    }
  }

  #operate(message: Extract<InterlockingMessage, { bundle: number; by: string }>): void {
    const bundle = this.#bundles.find(({ id }) => id === message.bundle);
    if (bundle === undefined) return;
    if (message.type === 'WithdrawRequest') {
      if (['waiting', 'awaiting'].includes(bundle.status)) bundle.status = 'canceled';
      return;
    }
    if (message.type === 'AcknowledgeFailure' && bundle.status === 'holding') {
      bundle.status = bundle.kept ?? bundle.status;
    }
    if (message.type === 'ForceRelease' && bundle.status === 'holding' && bundle.idle && !bundle.kept) {
      bundle.status = 'abandoned';
    }
    if (bundle.status !== 'waiting') return;
    if (message.type === 'HoldRequest') Object.assign(bundle, { held: true, eligible: false });
    if (message.type === 'UnholdRequest') delete bundle.held;
    if (message.type === 'ForceGrant') {
      delete bundle.held;
      Object.assign(bundle, { forced: true, eligible: true, place: 0 });
    }
    if (message.type !== 'MoveRequest') return;
    const { side, of } = message.place;
    const other = this.#bundles.find(({ id }) => id === of);
    if (other?.status !== 'waiting' || other === bundle || other.forced || bundle.forced) return;
    if (!other.locks.some((lock) => bundle.locks.includes(lock))) return;
    const at = this.#order(other);
    const place = side === 'before' ? at - Number(bundle.id > of) : at + Number(bundle.id < of);
    if (place !== this.#order(bundle)) bundle.place = place;
  }

  #holder(message: Extract<InterlockingMessage, { type: 'HolderChanged' }>): void {
    const bundle = this.#find(message);
    if (bundle?.status !== 'holding') return;
    if (message.state === 'working') delete bundle.idle;
    else bundle.idle = true;
  }

  #freeze(message: Extract<InterlockingMessage, { type: 'FreezeLock' | 'UnfreezeLock' }>): void {
    const lock = this.#locks[message.lock - 1];
    if (lock === undefined) return;
    if (message.type === 'UnfreezeLock' && lock.freeze === undefined) return;
    if (message.type === 'UnfreezeLock') delete lock.freeze;
    else lock.freeze = { until: message.until, exempt: message.exempt };
    this.#judgeAnew(lock);
  }

  /** Everybody at the lock is judged anew, the oldest run first. */
  #judgeAnew(lock: Lock): void {
    const waiters = this.#waiting().filter(({ locks }) => locks.includes(lock));
    for (const bundle of waiters.toSorted(byRun)) bundle.eligible = !this.#isBarred(bundle);
  }

  /** Those who wait or await approval in its group at a lock that says so, and are older, go. */
  #approve(message: Extract<InterlockingMessage, { type: 'ApprovalGiven' }>): void {
    const bundle = this.#find(message);
    if (bundle?.status !== 'awaiting' || bundle.approved) return;
    bundle.approved = true;
    for (const lock of bundle.locks.filter(({ policy }) => policy.supersede === 'onApproval')) {
      for (const other of this.#bundles) {
        const waits = other.status === 'awaiting' || (other.status === 'waiting' && other.eligible);
        const older = other.rank < bundle.rank || (other.rank === bundle.rank && other.run < bundle.run);
        if (!waits || !older || !other.locks.includes(lock) || other.run === bundle.run) continue;
        if (!sameGroup(lock, other, bundle)) continue;
        if (other.status === 'awaiting') this.#drop(other.run, other.stage);
        other.status = 'superseded';
        other.supersededBy = bundle.run;
      }
    }
  }

  #configure({ resource, policy, enabled }: Extract<InterlockingMessage, { type: 'ConfigureLock' }>): void {
    const lock = this.#locks.find(({ key }) => key === keyOf(resource));
    if (lock === undefined) {
      this.#locks.push({ key: keyOf(resource), policy, enabled, lastToken: 0 });
      return;
    }
    const { orderBy, behavior, waitTimeoutMinutes, lanes } = lock.policy;
    lock.policy = policy;
    lock.enabled = enabled;
    const same =
      JSON.stringify(lanes) === JSON.stringify(policy.lanes) &&
      orderBy === policy.orderBy &&
      behavior === policy.behavior &&
      waitTimeoutMinutes === policy.waitTimeoutMinutes;
    if (same) return;
    this.#judgeAnew(lock);
  }

  #settle(now: number): void {
    this.#lapse(now);
    this.#thaw(now);
    for (;;) {
      const overdue = this.#waiting().filter((bundle) => this.#limit(bundle) <= now);
      for (const bundle of overdue) bundle.status = 'timedOut';
      this.#leasesOver(now);
      const through = this.#waiting()
        .filter((bundle) => !bundle.eligible)
        .toSorted(byRun)
        .find((bundle) => !this.#isBarred(bundle));
      if (through !== undefined) {
        through.eligible = true;
        continue;
      }
      if (this.#supersede()) continue;
      const next = this.#queue().find((bundle) => this.#mayHave(bundle));
      if (next === undefined) return;
      next.status = 'holding';
      next.granted = now;
      for (const lock of next.locks) {
        lock.lastToken += 1;
        next.tokens[lock.key] = lock.lastToken;
      }
    }
  }

  /** Callers who were not heard of: waiters go, holders are lost 30 s later. */
  #leasesOver(now: number): void {
    for (const bundle of this.#bundles) {
      if (bundle.lease === undefined || bundle.kept !== undefined || bundle.lease.until > now) continue;
      if (bundle.status === 'waiting') bundle.status = 'canceled';
      if (bundle.status !== 'holding') continue;
      bundle.idle = true;
      if (bundle.lease.until + 30_000 > now) continue;
      if (bundle.locks.some(({ policy }) => policy.onFailure === 'hold')) bundle.kept = 'abandoned';
      else bundle.status = 'abandoned';
    }
  }

  #lapse(now: number): void {
    for (const row of this.#expected) {
      const lock = this.#locks.find(({ key }) => key === row.key);
      if (lock === undefined || row.since === undefined) continue;
      if (row.since + lock.policy.expectedLimitMinutes * 60_000 <= now) row.lapsed = true;
    }
  }

  #thaw(now: number): void {
    for (const lock of this.#locks) {
      if (lock.freeze?.until === undefined || lock.freeze.until > now) continue;
      delete lock.freeze;
      this.#judgeAnew(lock);
    }
  }

  #isBarred(bundle: Asked): boolean {
    if (bundle.held) return true;
    if (bundle.forced) return false;
    if (bundle.locks.some((lock) => lock.freeze && !isExempt(lock, bundle))) return true;
    return bundle.locks
      .filter((lock) => lock.policy.orderBy === 'runQueueTime' && !isExempt(lock, bundle))
      .some((lock) => {
        const expected = this.#expected.some(
          (row) =>
            row.key === lock.key &&
            !row.lapsed &&
            row.definition === bundle.definition &&
            row.stage === fold(bundle.stage) &&
            isOlder(row, bundle) &&
            !passes(lock, bundle, row),
        );
        const barred = this.#waiting().some(
          (other) =>
            !other.eligible &&
            !other.held &&
            other.locks.includes(lock) &&
            other.definition === bundle.definition &&
            fold(other.stage) === fold(bundle.stage) &&
            isOlder(other, bundle) &&
            !passes(lock, bundle, other),
        );
        return expected || barred;
      });
  }

  /** Walks from the newest waiter to the oldest; each goes if a survivor of its group, of another run, is newer. */
  #supersede(): boolean {
    const survivors: Asked[] = [];
    let any = false;
    const newestFirst = this.#queue().toSorted((a, b) => b.rank - a.rank || b.run - a.run || b.id - a.id);
    for (const bundle of newestFirst) {
      const by = bundle.locks
        .filter((lock) => this.#isTime(lock))
        .map((lock) => {
          const group = survivors.filter(
            (other) => other.locks.includes(lock) && sameGroup(lock, other, bundle),
          );
          return group[0]?.run === bundle.run ? undefined : group[0];
        })
        .find((other) => other !== undefined);
      if (by === undefined) {
        survivors.push(bundle);
        continue;
      }
      bundle.status = 'superseded';
      bundle.supersededBy = by.run;
      any = true;
    }
    return any;
  }

  #isTime(lock: Lock): boolean {
    const holders = this.#holders(lock);
    const free = holders.length < lock.policy.capacity;
    return lock.policy.supersede !== 'onRelease' || (free && holders.every((one) => !isParallel(one, lock)));
  }

  #mayHave(bundle: Asked): boolean {
    return bundle.locks.every((lock) => {
      const ahead = this.#queue()
        .filter((other) => other.locks.includes(lock))
        .filter((other) => (this.#order(other) - this.#order(bundle) || other.id - bundle.id) < 0);
      const holders = this.#holders(lock);
      const shared = holders.every((one) => isParallel(one, lock) === isParallel(bundle, lock));
      if (bundle.forced) return shared && holders.length < lock.policy.capacity;
      const alike = [...ahead, ...holders].every((one) => isParallel(one, lock) === isParallel(bundle, lock));
      const olderSelf =
        lock.policy.orderBy === 'runQueueTime' &&
        ahead.some((one) => one.definition === bundle.definition && fold(one.stage) === fold(bundle.stage));
      return alike && !olderSelf && ahead.length + holders.length < lock.policy.capacity;
    });
  }

  #waiting(): readonly Asked[] {
    return this.#bundles.filter(({ status }) => status === 'waiting');
  }

  #queue(): readonly Asked[] {
    return this.#waiting()
      .filter(({ eligible }) => eligible)
      .toSorted((a, b) => this.#order(a) - this.#order(b) || a.id - b.id);
  }

  #holders(lock: Lock): readonly Asked[] {
    return this.#bundles.filter(({ status, locks }) => status === 'holding' && locks.includes(lock));
  }

  #order(bundle: Asked): number {
    if (bundle.place !== undefined) return bundle.place;
    const byRunTime = bundle.locks.some(({ policy }) => policy.orderBy === 'runQueueTime');
    const time = byRunTime ? bundle.runQueueTime : bundle.since;
    return time - Math.min(...bundle.locks.map((lock) => headStart(lock, bundle.branch)));
  }

  #limit(bundle: Asked): number {
    return bundle.since + Math.min(...bundle.locks.map(({ policy }) => policy.waitTimeoutMinutes)) * 60_000;
  }

  #find({ run, stage, attempt }: { run: number; stage: string; attempt: number }): Asked | undefined {
    return this.#bundles.find(
      (one) => one.run === run && one.attempt === attempt && fold(one.stage) === fold(stage),
    );
  }
}

function behaviorAt(bundle: Asked, lock: Lock): LockBehavior {
  return bundle.behavior ?? lock.policy.behavior;
}

function isParallel(bundle: Asked, lock: Lock): boolean {
  return behaviorAt(bundle, lock) === 'parallel';
}

/** How much earlier than it came a run counts. */
function headStart({ policy }: Lock, branch: string): number {
  const lane = policy.lanes.find(({ branches }) =>
    branches.some(
      (pattern) => branch === pattern || (pattern.endsWith('*') && branch.startsWith(pattern.slice(0, -1))),
    ),
  );
  return (lane?.headStartMinutes ?? 0) * 60_000;
}

/** With its head start the younger one comes before the older one. */
function passes(lock: Lock, younger: Aged & { branch: string }, older: Aged & { branch: string }): boolean {
  return (
    younger.runQueueTime - headStart(lock, younger.branch) <
    older.runQueueTime - headStart(lock, older.branch)
  );
}

/** Whether a freeze of the lock lets it through. */
function isExempt({ freeze }: Lock, { branch }: Asked): boolean {
  return freeze?.exempt.some((pattern) => branch.startsWith(pattern.replace('*', ''))) ?? false;
}

function sameGroup(lock: Lock, a: Asked, b: Asked): boolean {
  if (a.forced || b.forced) return false;
  const behavior = behaviorAt(a, lock);
  if (behavior !== behaviorAt(b, lock) || a.definition !== b.definition) return false;
  if (behavior === 'branchRunLatest') return a.branch === b.branch;
  return behavior === 'runLatest' && (!lock.key.startsWith('persistedStage') || a.branch === b.branch);
}

function leaseName({ request }: { readonly request: string }): { run: 0; stage: string; attempt: 1 } {
  return { run: 0, stage: request, attempt: 1 };
}

function stageKey({ definition, stage }: Requester): string {
  return `persistedStage/${definition}:${fold(stage)}`;
}

function keyOf(resource: ResourceKey): string {
  return `${resource.type}/${resource.id}`;
}

type Aged = { readonly runQueueTime: number; readonly run: number };

function isOlder(a: Aged, b: Aged): boolean {
  return a.runQueueTime < b.runQueueTime || (a.runQueueTime === b.runQueueTime && a.run < b.run);
}

function byRun(a: Asked, b: Asked): number {
  return a.runQueueTime - b.runQueueTime || a.run - b.run || a.id - b.id;
}
