import type { WirePoolUsage, WireResourceLimit } from '@signalbox/api';
import type { JobRequestRow } from '@signalbox/engine';
import type { PoolRow } from '@signalbox/store';
import type { Ask, Handlers } from '../ask.ts';
import { collection } from '../shape/common.ts';
import { wireRequests } from './agents.ts';

/** More jobs than this are not looked at; an installation that runs more has several servers. */
const LOOKED_AT = 1000;

/** What may run and what runs, over all pools (REST.md §1.3). Every pool is a private one. */
export const resourceUsageHandlers: Handlers<'getResourceLimits' | 'getResourceUsage'> = {
  getResourceLimits: async (ask) => collection([await limitOf(ask)]),
  getResourceUsage: async (ask) => resourceUsage(ask),
};

/** A pool runs as many jobs as it has agents, unless its own limit is lower (AGENT-6). */
async function limitOf({ app: { store } }: Ask): Promise<WireResourceLimit> {
  const counts = await Promise.all(
    (await store.pools.list()).map(async ({ id, name }) => {
      const [[header], agents] = await Promise.all([
        store.poolWork.answer(id, [{ need: 'header' }]),
        store.poolWork.agents(id),
      ]);
      return [name, Math.min(agents.length, header?.header?.parallelJobs ?? Infinity)] as const;
    }),
  );
  return {
    isHosted: false,
    parallelismTag: 'Private',
    totalCount: counts.reduce((sum, [, count]) => sum + count, 0),
    resourceLimitsData: Object.fromEntries(counts.map(([name, count]) => [name, String(count)])),
  };
}

async function resourceUsage(ask: Ask): Promise<WirePoolUsage> {
  const pools = await ask.app.store.pools.list();
  const running = await Promise.all(pools.map(async (pool) => [pool, await runningIn(ask, pool)] as const));
  const isWanted = ask.query.flag('includeRunningRequests') === true;
  const requests = isWanted
    ? await Promise.all(running.map(([pool, rows]) => wireRequests(ask, pool.id, rows)))
    : [];
  return {
    resourceLimit: await limitOf(ask),
    usedCount: running.reduce((sum, [, rows]) => sum + rows.length, 0),
    ...(isWanted && { runningRequests: requests.flat() }),
  };
}

async function runningIn({ app }: Ask, pool: PoolRow): Promise<readonly JobRequestRow[]> {
  const { items } = await app.store.poolWork.requests(pool.id, { limit: LOOKED_AT });
  return items.filter(({ state }) => state.phase === 'assigned');
}
