import type { Instant } from '@signalbox/model';
import { first, statement } from '../sql/work.ts';
import type { Database } from './database.ts';

const databaseTime = statement<[now: number]>(
  'database_time',
  'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint',
);

/** How often the difference is measured again: clocks of servers drift by milliseconds in this time. */
const MEASURE_EVERY = 60_000;

/**
 * The database's clock, so that all replicas decide by one (F13): this machine's clock and the difference, measured
 * now and then, because asking for each decision would cost a round trip.
 */
export class DatabaseClock {
  readonly #database: Database;
  #difference = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  readonly now = (): Instant => Math.floor(Date.now() + this.#difference);

  async start(): Promise<void> {
    await this.#measure();
    this.#timer = setInterval(() => void this.#measure().catch(() => undefined), MEASURE_EVERY);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #measure(): Promise<void> {
    const sent = Date.now();
    const row = await this.#database.read(() => first(databaseTime));
    // The answer was true somewhere in the middle of the round trip.
    if (row !== undefined) this.#difference = row[0] - (sent + Date.now()) / 2;
  }
}
