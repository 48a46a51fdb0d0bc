import { CACHED_PLANS } from '../limits.ts';
import { Listeners } from '../listeners.ts';
import type { SqliteOptions } from '../options.ts';
import { PlanCache } from '../plan-cache.ts';
import type { Inbox } from '../port/inbox.ts';
import type { Health, Store } from '../port/store.ts';
import { StoreError } from '../errors.ts';
import { sharedAreas } from '../sql/areas.ts';
import { builderFor } from '../sql/builder.ts';
import { nextDue } from '../sql/hot/mail.ts';
import { settings } from '../sql/ports/settings.ts';
import { parkedMail, replyTo, unparkMail } from '../sql/ports/inbox-reads.ts';
import type { Runner } from '../sql/runner.ts';
import { first, type Work } from '../sql/work.ts';
import { Connection, sqliteCode } from './connection.ts';
import { ownFolder } from './folder.ts';
import { migrate } from './migrate.ts';
import { Worker } from './worker.ts';
import { Writer } from './writer.ts';

/** Units of one `work` call when the caller does not say: about 20 ms. */
const DEFAULT_UNITS = 200;

/** Opens the store in a data folder, or refuses with a `StoreError`. */
export function openSqlite(options: SqliteOptions): Store {
  const folder = ownFolder(options.folder);
  const opened: Connection[] = [];
  const connect = (setup: string): Connection => {
    const connection = new Connection(folder.database);
    opened.push(connection);
    connection.exec(setup);
    return connection;
  };
  try {
    // FULL: an acknowledged COMMIT is on the disk. WAL: readers do not wait for the writer.
    const writing = connect(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000',
    );
    const clock = options.clock ?? Date.now;
    const version = migrate(writing, `The data folder ${options.folder}`, clock());
    // Lists read what is committed, on a connection of their own in this thread: a page of 100 takes under
    // 1 ms, and a worker thread would pay more than that for copying the rows.
    const reading = connect('PRAGMA query_only = ON; PRAGMA cache_size = -16000');
    const close = (): void => {
      for (const connection of opened) connection.close();
      folder.release();
    };
    return storeOver({ writing, reading, version, close, options: { ...options, clock } });
  } catch (error) {
    for (const connection of opened) connection.close();
    folder.release();
    throw error instanceof StoreError ? error : broken(options.folder, error);
  }
}

interface Parts {
  readonly writing: Connection;
  readonly reading: Connection;
  readonly version: number;
  readonly close: () => void;
  readonly options: SqliteOptions & { readonly clock: () => number };
}

function storeOver({ writing, reading, version, close, options }: Parts): Store {
  const plans = new PlanCache(CACHED_PLANS);
  const listeners = { mail: new Listeners(), journal: new Listeners() };
  const worker = new Worker(writing, { engine: options.engine, plans });
  const writer = new Writer(writing, worker, { clock: options.clock, listeners });
  let open = true;
  const runner: Runner = {
    db: builderFor('sqlite'),
    plans,
    clock: options.clock,
    read: (work) => (open ? settled(reading, work) : Promise.reject(closedError())),
    write: (work) => writer.perform(work),
    rewrite: (work) =>
      writer.perform(function* () {
        const done = yield* work();
        worker.forget();
        plans.clear();
        return done;
      }),
    isDuplicate: (error) => {
      const code = sqliteCode(error);
      return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
    },
  };
  return {
    ...sharedAreas(runner, 'sqlite', listeners.journal),
    inbox: inboxOver(runner, writer, listeners.mail),
    work: async ({ maxUnits } = {}) => {
      if (!open) throw closedError();
      return writer.work(maxUnits ?? DEFAULT_UNITS);
    },
    health: () => healthOf(runner, writer, { version, open }),
    close: async () => {
      if (!open) return;
      open = false;
      writer.close();
      close();
    },
  };
}

function inboxOver(runner: Runner, writer: Writer, mail: Listeners): Inbox {
  return {
    submit: (letters) => writer.submit(letters),
    execute: (letter, key) => writer.execute(letter, key),
    replyOf: (key) => runner.read(() => replyTo(key)),
    onMail: (listener) => mail.add(listener),
    nextDue: () =>
      runner.read(function* () {
        return (yield* first(nextDue))?.[0] ?? undefined;
      }),
    parked: () => runner.read(() => parkedMail(runner)),
    unpark: async (id) => {
      await writer.perform(() => unparkMail(runner, id));
      mail.call();
    },
  };
}

async function healthOf(
  runner: Runner,
  writer: Writer,
  { version, open }: { readonly version: number; readonly open: boolean },
): Promise<Health> {
  const base = { engine: 'sqlite', schemaVersion: version } as const;
  if (!open) return { ...base, writable: false, problem: closedError().message };
  // The last write tells. After a failure a small one is tried, or the store would stay ill for ever.
  if (writer.problem === undefined) return { ...base, writable: true };
  try {
    await settings(runner).set('health.checked', String(runner.clock()));
    return { ...base, writable: true };
  } catch (error) {
    return { ...base, writable: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function settled<T>(connection: Connection, work: () => Work<T>): Promise<T> {
  return connection.perform(work());
}

function closedError(): StoreError {
  return new StoreError('closed', 'The store is closed.');
}

function broken(folder: string, cause: unknown): StoreError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    'folder-unusable',
    `The database in ${folder} cannot be opened (${detail}). Restore a backup, or give --data another folder.`,
    { cause },
  );
}
