import Libsql from 'libsql';
import type { Call, Results, Work } from '../sql/work.ts';

interface Prepared {
  readonly statement: ReturnType<Libsql.Database['prepare']>;
  /** Asked once: the driver's own property costs a call into it. */
  readonly reads: boolean;
}

/** Ad hoc texts (lists with their filters) come in few shapes; this only bounds an accident. */
const MAX_PREPARED = 500;

/** One connection with its prepared statements. Synchronous: a call has its rows when it returns. */
export class Connection {
  readonly #database: Libsql.Database;
  readonly #prepared = new Map<string, Prepared>();

  constructor(path: string) {
    this.#database = new Libsql(path);
  }

  /** Statements without parameters and rows: pragmas, BEGIN, COMMIT, the schema. */
  exec(text: string): void {
    this.#database.exec(text);
  }

  /** Runs a piece of work to its end. An error of the database is thrown into it, at the call that failed. */
  perform<T>(work: Work<T>): T {
    let step = work.next();
    while (!step.done) {
      let results: Results;
      try {
        results = step.value.map((call) => this.#run(call));
      } catch (error) {
        step = work.throw(error);
        continue;
      }
      step = work.next(results);
    }
    return step.value;
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #run(call: Call): readonly unknown[] {
    const { statement, reads } = this.#prepare(call);
    if (!reads) {
      statement.run(call.params as unknown[]);
      return [];
    }
    if (call.single !== true) return statement.all(call.params as unknown[]);
    // Half the time of `all`, whose iterator fetches rows by the hundred.
    const row = statement.get(call.params as unknown[]);
    return row === undefined ? [] : [row];
  }

  #prepare(call: Call): Prepared {
    const known = this.#prepared.get(call.text);
    if (known !== undefined) return known;
    if (this.#prepared.size >= MAX_PREPARED) this.#prepared.clear();
    // `$1` is a name to SQLite, numbered by first appearance; `?1` is the number that is meant.
    const statement = this.#database.prepare(call.text.replace(/\$(\d+)/g, '?$1'));
    const prepared = { statement, reads: statement.reader };
    if (prepared.reads && call.rows === 'tuples') statement.raw();
    this.#prepared.set(call.text, prepared);
    return prepared;
  }
}

/** The code of a database error, for example `SQLITE_CONSTRAINT_UNIQUE`; undefined for any other error. */
export function sqliteCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}

/** True when the database itself is in trouble: disk full, read-only, broken. Retrying one message cannot help. */
export function isTrouble(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && !code.startsWith('SQLITE_CONSTRAINT');
}
