import type { WorkReport } from '../port/inbox.ts';
import type { Step } from './worker.ts';

/** Workers of one replica at most: enough to keep both the database and this event loop busy. */
const WORKERS = 4;

/** Pause after trouble with the database, before mail is looked for again. */
const RECOVER_MS = 250;

/**
 * Keeps workers going while there is mail. One is started by a kick; each that finds something starts another, so
 * that an idle replica asks once and a busy one works with all.
 */
export class Pump {
  readonly #step: () => Promise<Step | undefined>;
  readonly #after: (step: Step) => void;
  readonly #workers: number;
  readonly #idle: (() => void)[] = [];
  #running = 0;
  #kicked = false;
  #closed = false;
  #budget = Infinity;
  #report = { units: 0, messages: 0, parked: 0 };
  #trouble: unknown;

  constructor(connections: number, step: () => Promise<Step | undefined>, after: (step: Step) => void) {
    // Half the connections stay free for lists and commands.
    this.#workers = Math.max(1, Math.min(WORKERS, Math.floor(connections / 2)));
    this.#step = step;
    this.#after = after;
  }

  /** There may be mail. */
  kick(): void {
    this.#kicked = true;
    this.#budget = Infinity;
    this.#start();
  }

  /** Works until nothing is due or the budget is spent; throws when the database is in trouble. */
  async run(maxUnits: number): Promise<WorkReport> {
    const before = this.#report;
    this.#kicked = true;
    this.#budget = before.units + maxUnits;
    this.#trouble = undefined;
    this.#start();
    await this.settled();
    if (this.#trouble !== undefined) throw this.#trouble;
    const { units, messages, parked } = this.#report;
    return {
      units: units - before.units,
      messages: messages - before.messages,
      parked: parked - before.parked,
      more: this.#kicked,
    };
  }

  /** Resolves when no worker is at work. */
  async settled(): Promise<void> {
    if (this.#running === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
  }

  #start(): void {
    if (this.#closed || this.#running >= this.#workers) return;
    this.#running += 1;
    void this.#work();
  }

  async #work(): Promise<void> {
    try {
      do {
        this.#kicked = false;
        await this.#drain();
      } while (this.#kicked && !this.#isSpent());
    } catch (error) {
      this.#trouble = error;
      if (!this.#closed) setTimeout(() => this.kick(), RECOVER_MS).unref();
    }
    this.#running -= 1;
    if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #drain(): Promise<void> {
    for (;;) {
      if (this.#isSpent()) {
        this.#kicked = true;
        return;
      }
      const step = await this.#step();
      if (step === undefined) return;
      const { units, messages, parked } = this.#report;
      this.#report = {
        units: units + step.units,
        messages: messages + step.messages,
        parked: parked + step.parked,
      };
      this.#after(step);
      this.#start();
    }
  }

  #isSpent(): boolean {
    return this.#closed || this.#report.units >= this.#budget;
  }
}
