import { fold, type BundleId, type Instant, type LockId, type ProjectId, type RunId } from '@signalbox/model';
import type { Effect, Mail, Outcome, Reply } from '../outcome.ts';
import { tellCaller } from './caller-news.ts';
import type { InterlockingEvent } from './events.ts';
import { evolveInterlocking } from './evolve.ts';
import { gateKey } from './keys.ts';
import { MAX_FOLLOWED_LOCKS } from './limits.ts';
import type { InterlockingMessage, LockAnswer } from './messages.ts';
import type { BundleRow, HeaderRow, LockRow, Requester } from './rows.ts';
import type { Reader } from './slice/reader.ts';
import type { Slice } from './slice/slice.ts';
import { isWaiting } from './waiting.ts';

/** What a run is told; `tell` adds the stage attempt. */
export type Answer = LockAnswer extends infer A
  ? A extends LockAnswer
    ? Omit<A, 'stage' | 'attempt'>
    : never
  : never;

/** Where the waiters of one stage of a pipeline may stand barred behind an older run (LAW-7). */
export interface Gate {
  readonly lock: LockRow;
  readonly definition: number;
  /** Folded. */
  readonly stage: string;
}

/**
 * One message being decided: what happened so far, and what settle has still to look at.
 * Everything here is thrown away when it turns out that a row was lacking.
 */
export class Decision {
  readonly project: ProjectId;
  readonly now: Instant;
  readonly read: Reader;
  readonly #slice: Slice;
  readonly #events: InterlockingEvent[] = [];
  readonly #mail: Mail[] = [];
  readonly #effects: Effect[] = [];
  readonly #wakes: Map<string, Mail> = new Map();
  reply: Reply | undefined;

  /** Locks at which somebody may be granted now. */
  readonly toGrant: Set<LockId> = new Set();
  /** Locks at which somebody may be superseded now. */
  readonly toSupersede: Set<LockId> = new Set();
  /** Of those: all waiters are to be looked at, whether they are new or not, and even if it is not the time. */
  readonly lookAtAll: Set<LockId> = new Set();
  /** Locks at which superseding has looked in this decision; true: at every waiter who came since the last time. */
  readonly looked: Map<LockId, boolean> = new Map();
  /** Gates that may let somebody through now. */
  readonly gates: Map<string, Gate> = new Map();
  /** Spans that somebody may come into now, or that may be over. */
  readonly spans: Set<BundleId> = new Set();
  /** Bundles that became eligible by this decision. */
  readonly arrivals: Set<BundleId> = new Set();
  /** Bundles whose waiting limit is new: they get a timer, if they still wait in the end. */
  readonly timers: Set<BundleId> = new Set();
  readonly #followed: Set<LockId> = new Set();
  readonly #left: Set<LockId> = new Set();

  constructor(project: ProjectId, now: Instant, slice: Slice, read: Reader) {
    this.project = project;
    this.now = now;
    this.#slice = slice;
    this.read = read;
  }

  /** The number of journal entries so far. */
  get size(): number {
    return this.#events.length;
  }

  /** The counters; a message is decided only when they are known. */
  get header(): HeaderRow {
    return this.#slice.getHeader();
  }

  /** The row as this decision has made it; for bundles that it knows to exist. */
  current(id: BundleId): BundleRow | undefined {
    return this.#slice.getBundle(id);
  }

  record(event: InterlockingEvent): void {
    this.#events.push(event);
    evolveInterlocking(this.#slice, event);
  }

  /** Mail to this interlocking itself, when the time has come; the same one once. */
  wake(body: InterlockingMessage, due: Instant): void {
    this.#wakes.set(`${due} ${JSON.stringify(body)}`, {
      to: { kind: 'interlocking', id: this.project },
      body,
      due,
    });
  }

  /** Asks how the commit of the bundle's run stands to that of another run; `RunsCompared` answers. */
  compareRuns({ id: bundle, requester }: BundleRow, base: RunId): void {
    const { project } = this;
    const key = `compareRuns:${project}:${bundle}:${base}`;
    this.#effects.push({ key, kind: 'compareRuns', project, bundle, base, head: requester.run });
  }

  /** Asks the run to cancel a stage that holds, as a person would. Callers from outside learn it when they renew. */
  cancelStage({ run, stage, caller }: Requester, by: string): void {
    if (caller !== undefined) return;
    this.#mail.push({ to: { kind: 'run', id: run }, body: { type: 'CancelStage', stage, by } });
  }

  /** Asks a run that holds a span to end, as a person would. */
  cancelRun({ run }: Requester, by: string): void {
    this.#mail.push({ to: { kind: 'run', id: run }, body: { type: 'Cancel', by } });
  }

  /** Tells the run of a stage attempt; callers from outside are told at their channel, or ask by themselves. */
  tell(requester: Requester, answer: Answer): void {
    const { run, stage, attempt, caller } = requester;
    const news = answer.type === 'LocksGranted' ? 'granted' : 'lost';
    if (caller !== undefined) return this.effect(tellCaller(this.project, requester, news));
    this.#mail.push({ to: { kind: 'run', id: run }, body: { ...answer, stage, attempt } });
  }

  /** Something to be done outside, if there is something. */
  effect(effect: Effect | undefined): void {
    if (effect !== undefined) this.#effects.push(effect);
  }

  /** Settle is to look at the bundle's locks, because something about it changed. */
  touch(bundle: BundleRow, what: { readonly supersede: boolean }): void {
    for (const { lock } of bundle.requests) {
      if (!this.#follow(lock)) continue;
      this.toGrant.add(lock);
      if (what.supersede) this.lookAt(lock);
    }
  }

  /** Superseding is to look at the lock, again if it did already. */
  lookAt(lock: LockId): void {
    this.toSupersede.add(lock);
    this.looked.delete(lock);
  }

  openGate(lock: LockRow, requester: Pick<Requester, 'definition' | 'stage'>): void {
    if (lock.policy.orderBy !== 'runQueueTime') return;
    const { definition, stage } = requester;
    const key = gateKey(lock.id, definition, fold(stage));
    this.gates.set(key, { lock, definition, stage: fold(stage) });
  }

  outcome(): Outcome<InterlockingEvent> {
    const mail = [...this.#mail, ...this.#wakes.values(), ...this.#timerMail(), ...this.#restMail()];
    const { reply } = this;
    return { events: this.#events, mail, effects: this.#effects, ...(reply !== undefined && { reply }) };
  }

  #timerMail(): readonly Mail[] {
    const to = { kind: 'interlocking', id: this.project } as const;
    return [...this.timers].flatMap((bundle) => {
      const row = this.current(bundle);
      if (row === undefined || !isWaiting(row)) return [];
      return [{ to, body: { type: 'WaitExpired' as const, bundle }, due: row.expiresAt }];
    });
  }

  #restMail(): readonly Mail[] {
    if (this.#left.size === 0) return [];
    const locks = [...this.#left].toSorted((a, b) => a - b);
    const to = { kind: 'interlocking', id: this.project } as const;
    return [{ to, body: { type: 'Reconcile', locks, continued: true } }];
  }

  /** False when the chain of locks is too long to be followed now. */
  #follow(lock: LockId): boolean {
    if (this.#followed.size >= MAX_FOLLOWED_LOCKS && !this.#followed.has(lock)) {
      this.#left.add(lock);
      return false;
    }
    this.#followed.add(lock);
    return true;
  }
}
