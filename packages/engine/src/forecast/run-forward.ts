import {
  minutes,
  type Blocker,
  type BundleId,
  type Instant,
  type LockId,
  type RunId,
} from '@signalbox/model';
import { evolveInterlocking } from '../interlocking/evolve.ts';
import { WholeInterlocking } from '../interlocking/fold.ts';
import { createInterlocking, type Interlocking } from '../interlocking/interlocking.ts';
import { resourceKey } from '../interlocking/keys.ts';
import type { InterlockingMessage } from '../interlocking/messages.ts';
import type { BundleRow, Requester } from '../interlocking/rows.ts';
import { Sorted } from '../interlocking/slice/sorted.ts';
import { isWaiting } from '../interlocking/waiting.ts';
import { remaining, stageKeyOf, type HoldsOf, type StageName } from './holds.ts';
import { decideOn, mailToItself, type Moment } from './what-if.ts';

/** What becomes of a waiter when every hold lasts as long as expected and nobody else comes. */
export type Fate =
  | { readonly kind: 'starts'; readonly at: Instant }
  | { readonly kind: 'superseded'; readonly at: Instant; readonly by: RunId }
  | { readonly kind: 'timesOut'; readonly at: Instant }
  /** It is taken back before it starts. */
  | { readonly kind: 'ends'; readonly at: Instant }
  /** It never comes to its turn in this world: `because` is what still blocks it in the end. */
  | { readonly kind: 'unknown'; readonly because: readonly Blocker[] };

/** A fate, and the stages whose holds had to end before it. */
export interface Course {
  readonly fate: Fate;
  readonly basis: readonly StageName[];
}

/** One world: what every waiter comes to, when each holder ends, and of which stages nothing is known. */
export interface World {
  readonly courses: ReadonlyMap<BundleId, Course>;
  /** When those that hold now are over; undefined: the past does not say. */
  readonly ends: ReadonlyMap<BundleId, Instant | undefined>;
  /** Stages that hold or would hold, and whose past says nothing of when that ends. */
  readonly unknown: readonly StageName[];
}

interface Timer {
  readonly due: Instant;
  readonly order: number;
  readonly message: InterlockingMessage;
  /** The hold that ends with it. */
  readonly ends?: BundleRow;
}

/**
 * Runs `settle` forward from a moment: holders succeed after what is left of the quantile `q` of their stage's past
 * holds, time-outs, ends of freezes and the other timers of the queue come when they are due. Nothing new arrives,
 * and what only people can do is not done. Git is not asked: of two commits of a branch that of the younger run is
 * the newer one (LOCK-67). Ends when nobody waits or no timer is left.
 */
export function runForward(moment: Moment, holdsOf: HoldsOf, q: number): World {
  return new Forward(moment, holdsOf, q).run();
}

class Forward {
  readonly #moment: Moment;
  readonly #holdsOf: HoldsOf;
  readonly #q: number;
  readonly #copy: Interlocking;
  readonly #rows: WholeInterlocking;
  readonly #timers: Sorted<Timer> = new Sorted((a, b) => a.due - b.due || a.order - b.order);
  readonly #courses: Map<BundleId, Course> = new Map();
  readonly #ends: Map<BundleId, Instant | undefined> = new Map();
  readonly #unknown: Map<string, StageName> = new Map();
  /** The stages whose holds ended so far, by lock. */
  readonly #ended: Map<LockId, Map<string, StageName>> = new Map();
  /** Locks at which somebody may come sooner than this world knows, because a hold there has no known end. */
  readonly #uncertain: Set<LockId> = new Set();
  #now: Instant;
  #order = 0;
  #waiting = 0;

  constructor(moment: Moment, holdsOf: HoldsOf, q: number) {
    this.#moment = moment;
    this.#holdsOf = holdsOf;
    this.#q = q;
    this.#now = moment.now;
    this.#copy = createInterlocking(moment.project, moment.rows);
    this.#rows = copyOf(moment.rows);
  }

  run(): World {
    const { bundles, locks } = this.#moment.rows;
    for (const bundle of bundles.values()) this.#begin(bundle);
    for (const { id, freeze } of locks.values()) {
      if (freeze?.until !== undefined) this.#at(freeze.until, { type: 'FreezeOver', lock: id });
    }
    this.#expectLimits();
    while (this.#waiting > 0 && this.#next());
    for (const { id } of [...bundles.values()].filter(isWaiting)) this.#giveUp(id);
    return { courses: this.#courses, ends: this.#ends, unknown: [...this.#unknown.values()] };
  }

  #begin(bundle: BundleRow): void {
    if (isWaiting(bundle)) this.#beginWait(bundle);
    else if (bundle.status === 'inUse' && bundle.inside === undefined) {
      this.#ends.set(bundle.id, this.#endHold(bundle));
    }
  }

  #beginWait(bundle: BundleRow): void {
    this.#waiting += 1;
    if (bundle.inside !== undefined) return;
    this.#at(bundle.expiresAt, { type: 'WaitExpired', bundle: bundle.id });
    const { valid = false, from, until } = bundle.checks ?? {};
    for (const due of valid ? [from, until] : []) {
      if (due !== undefined) this.#at(due, { type: 'ChecksDue', bundle: bundle.id });
    }
    for (const { base, relation } of bundle.compared ?? []) {
      if (relation === undefined) this.#compare(bundle.id, base);
    }
  }

  /** Puts the end of a hold on the calendar; undefined when the past does not say when that is. */
  #endHold(bundle: BundleRow): Instant | undefined {
    const end = bundle.holder === undefined ? this.#endOfWork(bundle) : bundle.holder.until;
    if (end === undefined) this.#spread(bundle);
    else for (const message of this.#endOf(bundle)) this.#at(end, message, bundle);
    return end;
  }

  /** What ends a hold: of a span, that its run has come through it and nobody is inside any more (LOCK-65). */
  #endOf(bundle: BundleRow): readonly InterlockingMessage[] {
    const { requester, span, id, holder } = bundle;
    // Whoever cannot say how it went has not succeeded.
    const deployed = holder === undefined ? ({ deployed: true } as const) : {};
    const released = ({ run, stage, attempt }: Requester) =>
      ({ type: 'LocksReleased', run, stage, attempt, ...deployed }) as const;
    if (span === undefined) return [released(requester)];
    const { run, stage, attempt } = requester;
    const members = [...this.#rows.bundles.values()].filter(({ inside }) => inside?.span === id);
    return [
      { type: 'SpanOver', run, stage, attempt },
      released(requester),
      ...members.map((one) => released(one.requester)),
    ];
  }

  #endOfWork({ requester, assignTime = this.#now }: BundleRow): Instant | undefined {
    const { definition, stage } = requester;
    const left = remaining(this.#holdsOf({ definition, stage }), this.#now - assignTime, this.#q);
    if (left === undefined) this.#unknown.set(stageKeyOf(requester), { definition, stage });
    return left === undefined ? undefined : this.#now + left;
  }

  /** The end of a hold is unknown: so is what happens at its locks, and wherever their waiters wait as well. */
  #spread({ requests }: BundleRow): void {
    const waiting = [...this.#rows.bundles.values()].filter(isWaiting);
    let news = requests.map(({ lock }) => lock);
    while (news.length > 0) {
      for (const lock of news) this.#uncertain.add(lock);
      const touched = waiting.filter((one) => this.#isUncertain(one)).flatMap((one) => one.requests);
      news = touched.map(({ lock }) => lock).filter((lock) => !this.#uncertain.has(lock));
    }
  }

  #isUncertain({ requests }: BundleRow): boolean {
    return requests.some(({ lock }) => this.#uncertain.has(lock));
  }

  #compare(bundle: BundleId, base: RunId): void {
    this.#at(this.#now, { type: 'RunsCompared', bundle, base, relation: 'unknown' });
  }

  /** When younger runs need not wait any longer for one that waits for a person (LOCK-63). */
  #expectLimits(): void {
    const { locks, expected } = this.#moment.rows;
    const limits = new Map(
      [...locks.values()].map(({ resource, policy }) => [resourceKey(resource), policy.expectedLimitMinutes]),
    );
    for (const { resource, run, awaitedSince, lapsed } of expected.values()) {
      const limit = limits.get(resourceKey(resource));
      if (awaitedSince === undefined || lapsed || limit === undefined) continue;
      this.#at(awaitedSince + minutes(limit), { type: 'ExpectationDue', run });
    }
  }

  #at(due: Instant, message: InterlockingMessage, ends?: BundleRow): void {
    this.#order += 1;
    this.#timers.add({ due, order: this.#order, message, ...(ends !== undefined && { ends }) });
  }

  /** Lets the next thing happen; false when nothing is on the calendar. */
  #next(): boolean {
    const [timer] = this.#timers;
    if (timer === undefined) return false;
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.due);
    if (timer.ends !== undefined) this.#noteEnd(timer.ends);
    if (timer.message.type === 'WaitExpired') this.#doubt(timer.message.bundle);
    this.#decide(timer.message);
    return true;
  }

  #noteEnd({ requester, requests }: BundleRow): void {
    const { definition, stage } = requester;
    for (const { lock } of requests) {
      const ended = this.#ended.get(lock) ?? new Map<string, StageName>();
      this.#ended.set(lock, ended.set(stageKeyOf(requester), { definition, stage }));
    }
  }

  #decide(message: InterlockingMessage): void {
    const { outcome } = decideOn(this.#copy, message, this.#now);
    for (const event of outcome.events) {
      evolveInterlocking(this.#rows, event);
      if ('bundle' in event && typeof event.bundle === 'number') this.#note(event.bundle);
    }
    for (const { bundle, base } of outcome.effects.filter((effect) => effect.kind === 'compareRuns')) {
      this.#compare(bundle, base);
    }
    for (const own of mailToItself(outcome.mail)) this.#at(own.due ?? this.#now, own.message);
  }

  /** Takes down what became of a waiter, the first time that it does not wait any more. */
  #note(id: BundleId): void {
    const bundle = this.#rows.getBundle(id);
    const before = this.#moment.rows.getBundle(id);
    if (!bundle || !before || !isWaiting(before) || isWaiting(bundle) || this.#courses.has(id)) return;
    this.#waiting -= 1;
    const basis = new Map(bundle.requests.flatMap(({ lock }) => [...(this.#ended.get(lock) ?? [])]));
    this.#courses.set(id, { fate: fateOf(bundle, this.#now), basis: [...basis.values()] });
    if (bundle.status === 'inUse' && bundle.inside === undefined) this.#endHold(bundle);
  }

  /**
   * Who times out behind a hold without a known end, an older run that may still come, a check or a person might as
   * well have started before: nobody can say.
   */
  #doubt(id: BundleId): void {
    const bundle = this.#rows.getBundle(id);
    if (!bundle || !isWaiting(bundle) || bundle.expiresAt > this.#now || this.#courses.has(id)) return;
    if (!bundle.eligible || this.#isUncertain(bundle)) {
      this.#giveUp(id);
      this.#waiting -= 1;
    }
  }

  #giveUp(id: BundleId): void {
    if (this.#courses.has(id)) return;
    const reading = this.#copy.blockersOf(id, this.#now);
    const because = reading.kind === 'value' ? reading.value : [];
    this.#courses.set(id, { fate: { kind: 'unknown', because }, basis: [] });
  }
}

function fateOf({ status, supersededBy }: BundleRow, at: Instant): Fate {
  if (status === 'inUse') return { kind: 'starts', at };
  if (supersededBy !== undefined) return { kind: 'superseded', at, by: supersededBy.run };
  return status === 'timedOut' ? { kind: 'timesOut', at } : { kind: 'ends', at };
}

function copyOf(rows: WholeInterlocking): WholeInterlocking {
  const copy = new WholeInterlocking();
  copy.setHeader(rows.header);
  for (const lock of rows.locks.values()) copy.setLock(lock);
  for (const bundle of rows.bundles.values()) copy.setBundle(bundle);
  for (const row of rows.expected.values()) copy.addExpected(row);
  for (const row of rows.deployed.values()) copy.setDeployed(row);
  return copy;
}
