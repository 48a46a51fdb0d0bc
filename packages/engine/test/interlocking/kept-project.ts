import {
  createInterlocking,
  evolveInterlocking,
  WholeInterlocking,
  type Interlocking,
  type InterlockingEvent,
  type InterlockingMessage,
  type Outcome,
} from '@signalbox/engine';
import { PROJECT, snapshot, write } from './project.ts';

/**
 * One project whose interlocking stays in memory with all its rows, as in a process that never rests: fast
 * enough for a million messages. A crash throws that away and begins anew with the stored rows.
 */
export class KeptProject {
  readonly rows: WholeInterlocking = new WholeInterlocking();
  #working: Interlocking = createInterlocking(PROJECT, this.rows);
  #stored: WholeInterlocking = new WholeInterlocking();

  get everything(): Interlocking {
    return this.#working;
  }

  send(message: InterlockingMessage, now: number): Outcome<InterlockingEvent> {
    const handled = this.#working.handle(message, now);
    if (handled.kind === 'needs') throw new Error(`lacks ${JSON.stringify(handled.needs)}`);
    for (const event of handled.outcome.events) evolveInterlocking(this.rows, event);
    return handled.outcome;
  }

  /** Begins anew with what a store would have by now: the rows that were changed (LAW-4). */
  crash(): void {
    write(this.#stored, this.#working.changes());
    this.#working = createInterlocking(PROJECT, snapshot(this.#stored));
  }

  /** What a store has now. */
  stored(): WholeInterlocking {
    this.crash();
    return this.#stored;
  }
}
