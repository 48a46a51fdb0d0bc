import { StoreError } from '../errors.ts';
import { CACHED_PLANS, REPLY_LIFE } from '../limits.ts';
import { Listeners } from '../listeners.ts';
import type { PostgresOptions } from '../options.ts';
import { PlanCache } from '../plan-cache.ts';
import type { Health, Store } from '../port/store.ts';
import { sharedAreas } from '../sql/areas.ts';
import { builderFor } from '../sql/builder.ts';
import { forgetCommands } from '../sql/hot/command.ts';
import { settings } from '../sql/ports/settings.ts';
import type { Runner } from '../sql/runner.ts';
import { run } from '../sql/work.ts';
import { Bell } from './bell.ts';
import { DatabaseClock } from './clock.ts';
import { Courier } from './courier.ts';
import { Database, DEFAULT_CONNECTIONS, schemaOf, unreachable } from './database.ts';
import { PostgresInbox } from './inbox.ts';
import { migrate } from './migrate.ts';
import { Pump } from './pump.ts';
import { sqlState } from './session.ts';
import { Worker, type Step } from './worker.ts';

/** How often replies that are a day old are looked for. */
const FORGET_EVERY: number = 60 * 60 * 1000;

/** Opens the store over a database, or refuses with a `StoreError`. */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const schema = schemaOf(options);
  const database = new Database(options);
  const databaseClock = new DatabaseClock(database);
  const listeners = { mail: new Listeners(), journal: new Listeners() };
  const bell = new Bell(options, listeners);
  try {
    const version = await database.borrow((session) =>
      migrate(session, schema, (options.clock ?? Date.now)()),
    );
    if (options.clock === undefined) await databaseClock.start();
    await bell.listen();
    const clock = options.clock ?? databaseClock.now;
    const release = async (): Promise<void> => {
      databaseClock.stop();
      await bell.close();
      await database.close();
    };
    return storeOver({ database, bell, listeners, clock, version, release, options });
  } catch (error) {
    databaseClock.stop();
    await bell.close().catch(() => undefined);
    await database.close();
    throw refusal(error);
  }
}

interface Parts {
  readonly database: Database;
  readonly bell: Bell;
  readonly listeners: { readonly mail: Listeners; readonly journal: Listeners };
  readonly clock: () => number;
  readonly version: number;
  readonly release: () => Promise<void>;
  readonly options: PostgresOptions;
}

function storeOver(parts: Parts): Store {
  const { database, clock, listeners } = parts;
  const plans = new PlanCache(CACHED_PLANS);
  let open = true;
  const whileOpen = <T>(act: () => Promise<T>): Promise<T> =>
    open ? act() : Promise.reject(new StoreError('closed', 'The store is closed.'));
  const runner: Runner = {
    db: builderFor('postgres'),
    plans,
    clock,
    read: (work) => whileOpen(() => database.read(work)),
    write: (work) => whileOpen(() => database.write(work)),
    rewrite: async (work) => {
      const done = await whileOpen(() => database.write(work));
      plans.clear();
      return done;
    },
    isDuplicate: (error) => sqlState(error) === '23505',
  };
  const courier = new Courier();
  const worker = new Worker(database, { engine: parts.options.engine, database: 'postgres', plans }, courier);
  const pump = new Pump(
    parts.options.connections ?? DEFAULT_CONNECTIONS,
    () => worker.step(clock()),
    (step) => announce(step, inbox, parts),
  );
  const inbox: PostgresInbox = new PostgresInbox(runner, courier, {
    kick: () => pump.kick(),
    mail: listeners.mail,
  });
  const sweeper = setInterval(() => void sweep(runner), FORGET_EVERY);
  sweeper.unref();
  return {
    ...sharedAreas(runner, 'postgres', listeners.journal),
    inbox,
    work: ({ maxUnits } = {}) => whileOpen(() => pump.run(maxUnits ?? Infinity)),
    health: () => healthOf(runner, { version: parts.version, open }),
    close: async () => {
      if (!open) return;
      await pump.close();
      open = false;
      clearInterval(sweeper);
      inbox.close();
      await parts.release();
    },
  };
}

/** After a commit: those who wait here hear at once, the other replicas within the bell's delay. */
function announce(step: Step, inbox: PostgresInbox, { bell, listeners }: Parts): void {
  inbox.answered(step.replies);
  if (step.replies.length > 0) bell.ring('mail');
  if (step.done.some(({ decision }) => decision.events.length > 0)) {
    listeners.journal.call();
    bell.ring('journal');
  }
  const isTimer = step.done.some(({ decision, now }) =>
    decision.mail.some(({ due }) => due !== undefined && due > now),
  );
  if (isTimer) {
    listeners.mail.call();
    bell.ring('mail');
  }
}

async function sweep(runner: Runner): Promise<void> {
  try {
    await runner.write(() => run(forgetCommands, runner.clock() - REPLY_LIFE));
  } catch {
    // Old replies stay an hour longer.
  }
}

async function healthOf(
  runner: Runner,
  { version, open }: { readonly version: number; readonly open: boolean },
): Promise<Health> {
  const base = { engine: 'postgres', schemaVersion: version } as const;
  if (!open) return { ...base, writable: false, problem: 'The store is closed.' };
  try {
    // A real write: a standby, a full disk and a hanging synchronous commit all show only here.
    await settings(runner).set('health.checked', String(runner.clock()));
    return { ...base, writable: true };
  } catch (error) {
    return { ...base, writable: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

function refusal(error: unknown): StoreError {
  return error instanceof StoreError ? error : unreachable(error);
}
