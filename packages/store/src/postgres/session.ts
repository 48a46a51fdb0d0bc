import type { PoolClient } from 'pg';
import { StoreError } from '../errors.ts';
import type { Call, Results, Work } from '../sql/work.ts';

/** One connection of PostgreSQL, borrowed for a while. */
export class Session {
  readonly #client: PoolClient;
  #warned = false;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  /** Runs a piece of work to its end: one round trip per yield, however many calls it holds. */
  async perform<T>(work: Work<T>): Promise<T> {
    let step = work.next();
    while (!step.done) {
      let results: Results;
      try {
        results = await this.send(step.value);
      } catch (error) {
        step = work.throw(error);
        continue;
      }
      step = work.next(results);
    }
    return step.value;
  }

  /**
   * Sends all calls before it waits for the first answer (pipelining). When one fails, those behind it in the
   * transaction fail too; the first failure is the one that counts.
   */
  async send(calls: readonly Call[]): Promise<Results> {
    const answers = calls.map((call) =>
      this.#client.query({
        ...(call.name !== undefined && { name: call.name }),
        text: call.text,
        values: [...call.params],
        ...(call.rows === 'tuples' && { rowMode: 'array' as const }),
      }),
    );
    try {
      return (await Promise.all(answers)).map((answer) => answer.rows as unknown[]);
    } catch (error) {
      throw understood(error);
    }
  }

  /** A statement without rows. */
  async exec(text: string): Promise<void> {
    try {
      await this.#client.query(text);
    } catch (error) {
      throw understood(error);
    }
  }

  /**
   * Commits. Nobody ever cancels it: that would turn the wait for a synchronous standby into a false success.
   * A lost connection, or a warning, leaves the outcome open; the caller must read back (F6, F7).
   */
  async commit(): Promise<void> {
    const warn = (notice: { readonly code?: string | undefined }): void => {
      if (notice.code?.startsWith('01')) this.#warned = true;
    };
    this.#client.on('notice', warn);
    let command: string;
    try {
      command = (await this.#client.query('COMMIT')).command;
    } catch (error) {
      if (sqlState(error) !== undefined) throw understood(error);
      throw unknownOutcome(error);
    } finally {
      this.#client.removeListener('notice', warn);
    }
    if (this.#warned) throw unknownOutcome(new Error('the database warned about the commit'));
    if (command !== 'COMMIT') throw new Error('the transaction had failed before it was committed');
  }
}

/** The SQLSTATE of an error of the database; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * True when the database itself is in trouble, or asks to try again: connection (08), transaction state (25),
 * roll-back (40), resources (53), locks (55), intervention (57), system (58, XX). Retrying one message cannot help.
 */
export function isTrouble(error: unknown): boolean {
  if (error instanceof StoreError) return true;
  const state = sqlState(error);
  return state !== undefined && /^(08|25|40|53|55|57|58|F0|XX)/.test(state);
}

/** True when the same transaction may succeed at the next try: deadlock or serialization. */
export function isTransient(error: unknown): boolean {
  return sqlState(error)?.startsWith('40') === true;
}

/** An error that is not the database's own says that it could not be reached. */
function understood(error: unknown): unknown {
  if (sqlState(error) !== undefined || error instanceof StoreError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new StoreError('unreachable', `The database does not answer: ${detail}`, { cause: error });
}

function unknownOutcome(cause: unknown): StoreError {
  return new StoreError(
    'outcome-unknown',
    'Nobody knows whether the database committed. Read back before trying again.',
    { cause },
  );
}
