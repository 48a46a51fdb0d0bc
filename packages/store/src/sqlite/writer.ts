import type { Mail, Reply } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import { StoreError } from '../errors.ts';
import { REPLY_LIFE } from '../limits.ts';
import type { Listeners } from '../listeners.ts';
import type { WorkReport } from '../port/inbox.ts';
import { commandByKey, forgetCommands } from '../sql/hot/command.ts';
import { first, run, type Work } from '../sql/work.ts';
import { digestOf, keyReused } from '../unit/command.ts';
import { isTrouble, type Connection } from './connection.ts';
import { Turn } from './turn.ts';
import { NotSoEasy, type Tally, type Worker } from './worker.ts';

/** Longest stretch of work before the event loop gets its turn; a COMMIT takes about 1 ms. */
const MAX_TURN_MS = 25;

/** How often replies that are a day old are looked for. */
const FORGET_EVERY: number = 60 * 60 * 1000;

/** Something to be done in the next transaction; `act` runs inside it, `settle` or `fail` after it. */
interface Job {
  act(turn: Turn, now: Instant): void;
  settle(): void;
  fail(error: unknown): void;
}

interface Waiter {
  resolve(reply: Reply): void;
  reject(error: unknown): void;
}

/**
 * The only writer: everything that comes in during one turn of the event loop goes into one transaction, together
 * with the work that it sets off, and is acknowledged only after its COMMIT (group commit). An fsync costs about
 * 0.7 ms and a unit 0.1 ms, so ten hand-offs in one turn cost little more than one.
 */
export class Writer {
  readonly #connection: Connection;
  readonly #worker: Worker;
  readonly #clock: () => Instant;
  readonly #listeners: { readonly mail: Listeners; readonly journal: Listeners };
  readonly #waiters = new Map<string, Waiter[]>();
  #jobs: Job[] = [];
  #scheduled = false;
  #closed = false;
  #forgotAt = 0;
  #problem: string | undefined;

  constructor(
    connection: Connection,
    worker: Worker,
    context: {
      readonly clock: () => Instant;
      readonly listeners: { readonly mail: Listeners; readonly journal: Listeners };
    },
  ) {
    this.#connection = connection;
    this.#worker = worker;
    this.#clock = context.clock;
    this.#listeners = context.listeners;
  }

  /** Why the last transaction failed; undefined when it did not. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Runs a piece of work in the next transaction, in a savepoint of its own. */
  perform<T>(work: () => Work<T>): Promise<T> {
    let result: T;
    return this.#enqueue(
      () => {
        result = this.#connection.perform(work());
      },
      () => result,
    );
  }

  submit(mail: readonly Mail[]): Promise<void> {
    return this.#enqueue(
      (turn, now) => turn.post(mail, now),
      () => undefined,
    );
  }

  execute(mail: Mail, key: string): Promise<Reply> {
    if (this.#closed) return Promise.reject(closed());
    return new Promise<Reply>((resolve, reject) => {
      const waiter = { resolve, reject };
      this.#jobs.push({
        act: (turn, now) => this.#admit(turn, { mail, key, now }),
        settle: () => this.#waiters.set(key, [...(this.#waiters.get(key) ?? []), waiter]),
        fail: reject,
      });
      this.#schedule();
    });
  }

  /** One transaction now, for mail that is due; `more` tells whether the budget ended it. */
  async work(maxUnits: number): Promise<WorkReport> {
    this.#worker.lookAgain();
    const tally = this.#flush((done) => done.units >= maxUnits);
    return { ...tally, more: this.#worker.hasBacklog };
  }

  /** Finishes what was accepted, then refuses everything. */
  close(): void {
    if (this.#closed) return;
    try {
      if (this.#jobs.length > 0) this.#flush(timeBudget());
    } catch {
      // Whoever waits was told.
    }
    this.#closed = true;
    for (const waiters of this.#waiters.values()) for (const waiter of waiters) waiter.reject(closed());
    this.#waiters.clear();
  }

  #enqueue<T>(act: Job['act'], result: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(closed());
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({ act, settle: () => resolve(result()), fail: reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#closed) return;
      try {
        this.#flush(timeBudget());
      } catch {
        // Whoever waits was told; what is in the table is tried again by the next turn or `work`.
      }
    });
  }

  /**
   * One transaction. Nearly always everything in it succeeds, so it is first done without savepoints; when a part
   * fails, all is rolled back and done again with them. Throws when nothing of it happened; then every job of it
   * has been refused.
   */
  #flush(spent: (tally: Tally) => boolean): Tally {
    const jobs = this.#jobs;
    this.#jobs = [];
    const now = this.#clock();
    try {
      return this.#transact(new Turn(false), { jobs, now, spent });
    } catch (error) {
      if (!(error instanceof NotSoEasy)) throw this.#abandon(jobs, error);
    }
    try {
      this.#undo();
      return this.#transact(new Turn(true), { jobs, now, spent });
    } catch (error) {
      throw this.#abandon(jobs, error);
    }
  }

  #transact(
    turn: Turn,
    { jobs, now, spent }: { jobs: readonly Job[]; now: Instant; spent: (tally: Tally) => boolean },
  ): Tally {
    this.#connection.exec('BEGIN IMMEDIATE');
    const after = jobs.map((job) => this.#do(job, turn, now));
    const tally = this.#worker.drain(turn, now, spent);
    this.#settle(turn);
    this.#forget(now);
    this.#connection.exec('COMMIT');
    this.#problem = undefined;
    for (const settle of after) settle();
    this.#announce(turn);
    return tally;
  }

  #settle(turn: Turn): void {
    try {
      this.#worker.settle(turn);
    } catch (error) {
      throw turn.isCareful || isTrouble(error) ? error : new NotSoEasy(error);
    }
  }

  #do(job: Job, turn: Turn, now: Instant): () => void {
    if (!turn.isCareful) {
      try {
        job.act(turn, now);
      } catch (error) {
        throw isTrouble(error) ? error : new NotSoEasy(error);
      }
      return () => job.settle();
    }
    this.#connection.exec('SAVEPOINT job');
    try {
      job.act(turn, now);
      this.#connection.exec('RELEASE job');
      return () => job.settle();
    } catch (error) {
      if (isTrouble(error)) throw error;
      this.#connection.exec('ROLLBACK TO job; RELEASE job');
      return () => job.fail(error);
    }
  }

  #admit(turn: Turn, command: { readonly mail: Mail; readonly key: string; readonly now: Instant }): void {
    const { mail, key, now } = command;
    const digest = digestOf(mail);
    const known = turn.command(key);
    const row = known === undefined ? this.#connection.perform(first(commandByKey, key)) : undefined;
    const before = known?.digest ?? row?.[0];
    if (before !== undefined && before !== digest) throw keyReused(key);
    if (typeof row?.[1] === 'string') turn.repeated.set(key, JSON.parse(row[1]) as Reply);
    if (before !== undefined) return;
    turn.addCommand(key, { digest, createdAt: now });
    turn.postLetter(mail.to, { body: mail.body, command: key });
  }

  #announce(turn: Turn): void {
    for (const [key, reply] of [...turn.repeated, ...turn.replies]) {
      for (const waiter of this.#waiters.get(key) ?? []) waiter.resolve(reply);
      this.#waiters.delete(key);
    }
    if (turn.journalGrew) this.#listeners.journal.call();
    if (turn.firstTimer !== undefined) this.#listeners.mail.call();
    if (this.#worker.hasBacklog) this.#schedule();
  }

  #abandon(jobs: readonly Job[], cause: unknown): StoreError {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const error = new StoreError('not-writable', `The database did not accept the write: ${detail}`, {
      cause,
    });
    this.#problem = error.message;
    this.#undo();
    for (const job of jobs) job.fail(error);
    return error;
  }

  #undo(): void {
    this.#worker.forget();
    try {
      this.#connection.exec('ROLLBACK');
    } catch {
      // SQLite rolled back by itself, or never began.
    }
  }

  #forget(now: Instant): void {
    if (now - this.#forgotAt < FORGET_EVERY) return;
    this.#forgotAt = now;
    this.#connection.perform(run(forgetCommands, now - REPLY_LIFE));
  }
}

function timeBudget(): () => boolean {
  const end = performance.now() + MAX_TURN_MS;
  return () => performance.now() > end;
}

function closed(): StoreError {
  return new StoreError('closed', 'The store is closed.');
}
