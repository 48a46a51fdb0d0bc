import {
  createInterlocking,
  createPool,
  createRun,
  createTrigger,
  bornRun,
  type Mail,
} from '@signalbox/engine';
import { openStore, type Engine, type Store } from '@signalbox/store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../../packages/store/test/support/postgres.ts';

/** The engine that servers have. */
export const ENGINE: Engine = {
  run: (id) => createRun(id),
  interlocking: (project) => createInterlocking(project),
  pool: (id) => createPool(id),
  trigger: (project) => createTrigger(project),
  born: ({ identity, plan }) => bornRun(identity, plan),
};

/** Opens a store that nobody else has; `end` closes it and leaves nothing behind. */
export type Open = () => Promise<{ readonly store: Store; readonly end: () => Promise<void> }>;

/** Opens a store, measures, and closes it again. */
export async function within<T>(open: Open, measure: (store: Store) => Promise<T>): Promise<T> {
  const { store, end } = await open();
  try {
    return await measure(store);
  } finally {
    await end();
  }
}

/**
 * Lets a bench measure every store: real files, and a PostgreSQL that syncs. Where there is none, `missing` says why
 * after the figures.
 */
export async function withStores(
  bench: (
    stores: Readonly<Record<'memory' | 'sqlite', Open>> & { readonly postgres?: Open },
  ) => Promise<void>,
): Promise<void> {
  const server = await findPostgres({ durable: true });
  try {
    await bench({ memory, sqlite, ...('url' in server && { postgres: () => postgres(server.url) }) });
    if ('missing' in server) console.log(`  PostgreSQL was not measured: ${server.missing}`);
  } finally {
    if ('stop' in server) server.stop();
  }
}

let schemas = 0;

function postgres(url: string): ReturnType<Open> {
  schemas += 1;
  const schema = `bench_${process.pid}_${schemas}`;
  return opened(openStore({ kind: 'postgres', url, engine: ENGINE, schema }), () => undefined);
}

function memory(): ReturnType<Open> {
  return opened(openStore({ kind: 'memory', engine: ENGINE }), () => undefined);
}

function sqlite(): ReturnType<Open> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'));
  return opened(openStore({ kind: 'sqlite', folder, engine: ENGINE }), () =>
    rmSync(folder, { recursive: true, force: true }),
  );
}

async function opened(opening: Promise<Store>, clean: () => void): ReturnType<Open> {
  const store = await opening;
  const end = async (): Promise<void> => {
    await store.close();
    clean();
  };
  return { store, end };
}

let keys = 0;

/** Sends a command and waits for its reply. */
export async function ask(store: Store, mail: Mail): Promise<void> {
  keys += 1;
  const reply = await store.inbox.execute(mail, `bench ${keys}`);
  if (!reply.ok) throw new Error(reply.refusal.message);
}

/** Lets the store work until nothing is due. */
export async function settle(store: Store): Promise<void> {
  while ((await store.work()).more);
}
