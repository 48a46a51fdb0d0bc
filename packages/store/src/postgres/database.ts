import pg from 'pg';
import { StoreError } from '../errors.ts';
import type { PostgresOptions } from '../options.ts';
import type { Work } from '../sql/work.ts';
import { Gate } from './gate.ts';
import { isTransient, Session } from './session.ts';

/** Connections for work and lists unless the caller says otherwise. */
export const DEFAULT_CONNECTIONS = 10;

/** Retries of a transaction that met a deadlock or a serialization failure. */
const TRIES = 4;

/** Whole numbers beyond 2^53 do not occur: ids count up from one, times are milliseconds. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** The settings of every connection (F8): whatever hangs, hangs for a bounded time. */
export function connectionSettings(options: PostgresOptions): pg.ClientConfig {
  return {
    connectionString: options.url,
    // A host that swallows packets would be waited for without end otherwise.
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A replica that was stopped in the middle of a transaction must not hold its aggregate for ever (F12).
    options: `-c search_path=${schemaOf(options)} -c idle_in_transaction_session_timeout=60000`,
    application_name: 'signalbox',
    types,
  };
}

/** The schema's name, checked: it is the only identifier that comes from outside. */
export function schemaOf({ schema = 'signalbox' }: PostgresOptions): string {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) return schema;
  throw new StoreError(
    'unreachable',
    `The schema name ${schema} is not usable. Take lower-case letters, digits and underscores.`,
  );
}

/** The connections of one replica. */
export class Database {
  readonly #pool: pg.Pool;
  readonly #gate: Gate;

  constructor(options: PostgresOptions) {
    const max = options.connections ?? DEFAULT_CONNECTIONS;
    this.#pool = new pg.Pool({ ...connectionSettings(options), max, pipeline: true });
    // Without a listener a connection that breaks while it is idle would end the process.
    this.#pool.on('error', () => undefined);
    this.#gate = new Gate(max);
  }

  /** Lends a connection. One on which anything failed is thrown away, not given to the next. */
  async borrow<T>(use: (session: Session) => Promise<T>): Promise<T> {
    // The pool's own queue counts waiting as connecting and would time out under a burst.
    const leave = await this.#gate.enter();
    try {
      const client = await this.#connect();
      const broken: { error?: Error } = {};
      const note = (error: Error): void => {
        broken.error = error;
      };
      client.on('error', note);
      try {
        return await use(new Session(client));
      } catch (error) {
        if (isLost(error)) note(error);
        throw error;
      } finally {
        client.removeListener('error', note);
        client.release(broken.error);
      }
    } finally {
      leave();
    }
  }

  /** Reads what is committed. */
  read<T>(work: () => Work<T>): Promise<T> {
    return this.borrow((session) => session.perform(work()));
  }

  /** One transaction, tried again when the database asks for it. */
  async write<T>(work: () => Work<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.borrow((session) => transaction(session, () => session.perform(work())));
      } catch (error) {
        if (tries >= TRIES || !isTransient(error)) throw error;
      }
    }
  }

  async close(): Promise<void> {
    await this.#gate.drained();
    await this.#pool.end();
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw unreachable(error);
    }
  }
}

/** Does it in a transaction: all of it or, when it throws, nothing. BEGIN travels with the first calls. */
export async function transaction<T>(session: Session, act: () => Promise<T>): Promise<T> {
  const begun = session.exec('BEGIN');
  let result: T;
  try {
    [, result] = await Promise.all([begun, act()]);
  } catch (error) {
    await rollBack(session);
    throw error;
  }
  await session.commit();
  return result;
}

/** True when the connection cannot be trusted any more; a refusal of the caller says nothing about it. */
function isLost(error: unknown): error is StoreError {
  return error instanceof StoreError && (error.code === 'unreachable' || error.code === 'outcome-unknown');
}

async function rollBack(session: Session): Promise<void> {
  try {
    await session.exec('ROLLBACK');
  } catch {
    // The connection is gone, and the transaction with it.
  }
}

/** The refusal when there is no connection to be had. */
export function unreachable(cause: unknown): StoreError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    'unreachable',
    `The database cannot be reached (${detail}). Check the database URL, that the server runs, and the password.`,
    { cause },
  );
}
