import type { PoolId } from '@signalbox/model';
import type { PoolRow, Store } from '@signalbox/store';
import { DEFAULT_POOL } from './queue-run.ts';

/** What a pool is told besides its name. */
export interface PoolOptions {
  /** Whether projects that are made from now on have a queue to it. */
  readonly autoProvision: boolean;
  /** Kept for clients that write it back: agents are brought up to date by those who run them. */
  readonly autoUpdate: boolean;
}

type Settings = Pick<Store, 'settings'>;

/** The options of a pool; every project has a queue to the default pool until somebody says otherwise. */
export async function poolOptions({ settings }: Settings, pool: PoolRow): Promise<PoolOptions> {
  const value = await settings.get(keyOf(pool.id));
  const given = value === undefined ? {} : (JSON.parse(value) as Partial<PoolOptions>);
  return { autoProvision: pool.name === DEFAULT_POOL, autoUpdate: true, ...given };
}

/** Changes them; answers all of them. */
export async function changePoolOptions(
  store: Settings,
  pool: PoolRow,
  change: Partial<PoolOptions>,
): Promise<PoolOptions> {
  const options = { ...(await poolOptions(store, pool)), ...change };
  if (Object.keys(change).length > 0) await store.settings.set(keyOf(pool.id), JSON.stringify(options));
  return options;
}

/** Forgets them with their pool. */
export async function forgetPoolOptions({ settings }: Settings, pool: PoolId): Promise<void> {
  await settings.remove(keyOf(pool));
}

function keyOf(pool: PoolId): string {
  return `pool:options:${pool}`;
}
