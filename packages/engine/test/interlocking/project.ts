import {
  WholeInterlocking,
  createInterlocking,
  evolveInterlocking,
  type Interlocking,
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

/** One project's interlocking over a journal in memory: each message is one unit of work of its own. */
export class Project {
  readonly rows: WholeInterlocking = new WholeInterlocking();
  readonly journal: InterlockingEvent[] = [];
  /** How many loads the last message took. */
  rounds = 0;

  /** Decides a message and commits it; the mail that it wrote is the caller's. */
  send(message: InterlockingMessage, now: number): Outcome<InterlockingEvent> {
    const working = createInterlocking(PROJECT);
    const outcome = this.decide(working, message, now);
    this.commit(outcome);
    return outcome;
  }

  /** Runs the driver's loop on a working copy, without committing. */
  decide(working: Interlocking, message: InterlockingMessage, now: number): Outcome<InterlockingEvent> {
    this.rounds = 0;
    for (;;) {
      const handled = working.handle(message, now);
      if (handled.kind === 'decided') return handled.outcome;
      this.#load(working, handled.needs, message);
    }
  }

  commit(outcome: Outcome<InterlockingEvent>): void {
    for (const event of outcome.events) evolveInterlocking(this.rows, event);
    this.journal.push(...outcome.events);
  }

  blockersOf(bundle: BundleId): readonly Blocker[] {
    return this.read((working) => working.blockersOf(bundle));
  }

  read<T>(ask: (working: Interlocking) => Reading<T>): T {
    const working = createInterlocking(PROJECT);
    this.rounds = 0;
    for (;;) {
      const answer = ask(working);
      if (answer.kind === 'value') return answer.value;
      this.#load(working, answer.needs, answer);
    }
  }

  #load(working: Interlocking, needs: readonly InterlockingNeed[], of: unknown): void {
    this.rounds += 1;
    if (this.rounds > MAX_ROUNDS)
      throw new Error(`${JSON.stringify(of)} still lacks ${JSON.stringify(needs)}`);
    working.supply(needs.map((need) => answerNeed(this.rows, need)));
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
