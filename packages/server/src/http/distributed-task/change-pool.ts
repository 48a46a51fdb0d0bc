import { isDeepStrictEqual } from 'node:util';
import type { WirePool } from '@signalbox/api';
import type { PoolRow } from '@signalbox/store';
import { changePoolOptions, type PoolOptions } from '../../work/pool-options.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { findPool, poolCommand, poolType, wirePool } from './pools.ts';

/** Making and changing agent pools (REST.md §3.8). */
export const poolChangeHandlers: Handlers<'createPool' | 'updatePool'> = {
  createPool: async (ask) => createPool(ask),
  updatePool: async (ask) => updatePool(ask),
};

async function createPool(ask: Ask): Promise<WirePool> {
  const { store } = ask.app;
  const body = ask.body();
  const name = readPoolName(body.text('name'));
  const type = body.raw('poolType');
  if (type !== undefined && type !== null && type !== 1 && type !== 'automation')
    throw badRequest('"poolType" is automation: pools of machines come with their environments.');
  const known = await store.pools.find(name);
  const pool = await store.pools.upsert(name);
  if (known === undefined) await changePoolOptions(store, pool, optionsIn(body));
  return wirePool(ask, pool);
}

async function updatePool(ask: Ask): Promise<WirePool> {
  const pool = await findPool(ask);
  const body = ask.body();
  const before = await wirePool(ask, pool);
  if (body.entries().length === 0)
    throw badRequest('Nothing is to be changed: "name", "autoProvision", "autoUpdate" or "parallelJobs".');
  refuseOthers(body, before);
  const name = body.has('name') ? readPoolName(body.text('name')) : pool.name;
  if (name !== pool.name) refuseMachines(pool);
  // `null` takes the limit away; absent leaves it.
  if (body.entries().some(([field]) => field.toLowerCase() === 'paralleljobs')) {
    const parallelJobs = body.number('parallelJobs');
    const limit = parallelJobs !== undefined && { parallelJobs };
    await poolCommand(ask, pool, { type: 'PoolLimitSet', ...limit });
  }
  const { store } = ask.app;
  await changePoolOptions(store, pool, optionsIn(body));
  return wirePool(ask, name === pool.name ? pool : await store.pools.rename(pool.id, name));
}

/** The pool of an environment has the name of its environment. */
function refuseMachines(pool: PoolRow): void {
  if (poolType(pool) === 'deployment')
    throw badRequest('The pool of the machines of an environment cannot be renamed.');
}

const CHANGED = ['name', 'autoprovision', 'autoupdate', 'paralleljobs'];

/** Terraform writes the pool back with what it read; a field that is something else now would be a change. */
function refuseOthers(body: Fields, before: WirePool): void {
  const known = new Map(
    Object.entries(before).map(([name, value]) => [name.toLowerCase(), value as unknown]),
  );
  const type = { automation: 1, deployment: 2 }[before.poolType];
  for (const [name, value] of body.entries()) {
    const field = name.toLowerCase();
    const isSame = isDeepStrictEqual(known.get(field), value) || (field === 'pooltype' && value === type);
    if (!CHANGED.includes(field) && !isSame)
      throw badRequest(`"${name.slice(0, 60)}" of a pool cannot be changed.`);
  }
}

function optionsIn(body: Fields): Partial<PoolOptions> {
  const [autoProvision, autoUpdate] = [body.flag('autoProvision'), body.flag('autoUpdate')];
  return {
    ...(autoProvision !== undefined && { autoProvision }),
    ...(autoUpdate !== undefined && { autoUpdate }),
  };
}

function readPoolName(text: string | undefined): string {
  const name = text?.trim() ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (name !== '' && name.length <= 128 && !/[\u0000-\u001F\u007F/\\]/.test(name)) return name;
  throw badRequest('A pool needs a "name" of at most 128 characters, without slashes.');
}
