import {
  WholeInterlocking,
  createInterlocking,
  evolveInterlocking,
  type Interlocking,
  type InterlockingChange,
  type InterlockingEvent,
  type InterlockingMessage,
  type InterlockingNeed,
  type Mail,
  type Outcome,
  type Reading,
} from '@signalbox/engine';
import type { Blocker, BundleId } from '@signalbox/model';
import { answerNeed } from './answer.ts';

/** The project of all tests. */
export const PROJECT = 7;

/** How often a decision may ask before a test calls it endless. */
const MAX_ROUNDS = 200;

/**
 * One project's interlocking over a journal in memory: each message is one unit of work of its own. A stingy
 * one answers as few rows as a need allows, so that decisions have to ask again and again.
 */
export class Project {
  readonly #stingy: boolean;
  readonly rows: WholeInterlocking = new WholeInterlocking();
  readonly journal: InterlockingEvent[] = [];
  /** How many loads the last message took. */
  rounds = 0;

  constructor(how: { readonly stingy: boolean } = { stingy: false }) {
    this.#stingy = how.stingy;
  }

  /** Decides a message and commits it; the mail that it wrote is the caller's. */
  send(message: InterlockingMessage, now: number): Outcome<InterlockingEvent> {
    const working = createInterlocking(PROJECT);
    const outcome = this.decide(working, message, { now });
    this.commit(outcome);
    return outcome;
  }

  /** Runs the driver's loop on a working copy over the rows as they were when it was made; commits nothing. */
  decide(
    working: Interlocking,
    message: InterlockingMessage,
    { now, rows = this.rows }: { readonly now: number; readonly rows?: WholeInterlocking },
  ): Outcome<InterlockingEvent> {
    this.rounds = 0;
    for (;;) {
      const handled = working.handle(message, now);
      if (handled.kind === 'decided') return handled.outcome;
      this.#load(working, handled.needs, { rows, of: message });
    }
  }

  commit(outcome: Outcome<InterlockingEvent>): void {
    for (const event of outcome.events) evolveInterlocking(this.rows, event);
    this.journal.push(...outcome.events);
  }

  blockersOf(bundle: BundleId, now: number): readonly Blocker[] {
    return this.read((working) => working.blockersOf(bundle, now));
  }

  read<T>(ask: (working: Interlocking) => Reading<T>): T {
    const working = createInterlocking(PROJECT);
    this.rounds = 0;
    for (;;) {
      const answer = ask(working);
      if (answer.kind === 'value') return answer.value;
      this.#load(working, answer.needs, { rows: this.rows, of: answer });
    }
  }

  #load(
    working: Interlocking,
    needs: readonly InterlockingNeed[],
    { rows, of }: { readonly rows: WholeInterlocking; readonly of: unknown },
  ): void {
    this.rounds += 1;
    if (this.rounds > MAX_ROUNDS)
      throw new Error(`${JSON.stringify(of)} still lacks ${JSON.stringify(needs)}`);
    working.supply(needs.map((need) => answerNeed(rows, this.#stingy ? stingy(need) : need)));
  }
}

/** One row at a time: whoever wants more asks again. */
function stingy(need: InterlockingNeed): InterlockingNeed {
  return 'count' in need ? { ...need, count: 1 } : need;
}

/** The rows as they are now, for those who decide on them later. */
export function snapshot(rows: WholeInterlocking): WholeInterlocking {
  const copy = new WholeInterlocking();
  copy.setHeader(rows.header);
  for (const lock of rows.locks.values()) copy.setLock(lock);
  for (const bundle of rows.bundles.values()) copy.setBundle(bundle);
  for (const row of rows.expected.values()) copy.addExpected(row);
  for (const row of rows.deployed.values()) copy.setDeployed(row);
  return copy;
}

/** Writes what a working copy changed, as a store does. */
export function write(rows: WholeInterlocking, changes: readonly InterlockingChange[]): void {
  for (const change of changes) {
    if (change.table === 'header') rows.setHeader(change.row);
    else if (change.table === 'lock') rows.setLock(change.row);
    else if (change.table === 'bundle') rows.setBundle(change.row);
    else if (change.table === 'deployed') rows.setDeployed(change.row);
    else if (change.row === undefined) rows.deleteExpected(change.key);
    else rows.addExpected(change.row);
  }
}

/** The timers among mail: those of the interlocking that are due later. */
export function timersOf(mail: readonly Mail[]): readonly { body: InterlockingMessage; due: number }[] {
  return mail.flatMap((one) =>
    one.to.kind === 'interlocking' && one.due !== undefined
      ? [{ body: one.body as InterlockingMessage, due: one.due }]
      : [],
  );
}
