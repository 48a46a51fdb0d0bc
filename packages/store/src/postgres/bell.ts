import pg from 'pg';
import type { Listeners } from '../listeners.ts';
import type { PostgresOptions } from '../options.ts';
import { connectionSettings, schemaOf } from './database.ts';

/** Replicas hear of each other's work this much later at most; what happens in between is told at once. */
const COALESCE_MS = 40;

/** Time between two attempts to listen again. */
const RETRY_MS = 1000;

/** What a ring is about. */
export type Ring = 'mail' | 'journal';

/**
 * Tells the other replicas that there is something new. A NOTIFY inside the transactions would cut their number to
 * a quarter (the server serialises commits that notify), so there is one for many, on a connection of its own.
 * A ring that is lost costs time only: everybody also polls.
 */
export class Bell {
  readonly #options: PostgresOptions;
  readonly #channel: string;
  readonly #listeners: { readonly mail: Listeners; readonly journal: Listeners };
  readonly #pending = new Set<Ring>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    options: PostgresOptions,
    listeners: { readonly mail: Listeners; readonly journal: Listeners },
  ) {
    this.#options = options;
    this.#channel = `signalbox_${schemaOf(options)}`.slice(0, 63);
    this.#listeners = listeners;
  }

  async listen(): Promise<void> {
    const client = new pg.Client(connectionSettings(this.#options));
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${this.#channel}`);
      this.#client = client;
    } catch (error) {
      this.#lost(client);
      throw error;
    }
    if (this.#closed) await client.end();
  }

  /** Soon, once for all that is rung until then. */
  ring(about: Ring): void {
    this.#pending.add(about);
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#notify();
    }, COALESCE_MS);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  async #notify(): Promise<void> {
    const payload = [...this.#pending].join(' ');
    this.#pending.clear();
    try {
      await this.#client?.query('SELECT pg_notify($1, $2)', [this.#channel, payload]);
    } catch {
      // The connection is lost; its end brings the next attempt, and the others poll.
    }
  }

  /** Also the own rings: by now the feed may show what was still behind an older transaction. */
  #hear(payload: string): void {
    for (const about of payload.split(' ')) {
      if (about === 'mail' || about === 'journal') this.#listeners[about].call();
    }
  }

  #lost(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
    if (this.#closed || this.#retry !== undefined || this.#client !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.listen().then(
        () => this.#hear('mail journal'),
        () => undefined,
      );
    }, RETRY_MS);
  }
}
