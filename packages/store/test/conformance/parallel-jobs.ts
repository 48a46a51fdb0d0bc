import { createPool, DEFAULT_LEASE_POLICY, type PoolMessage } from '@signalbox/engine';
import type { Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { settle, storesOf, type Harness } from '../support/harness.ts';
import { ENGINE } from '../support/real-engine.ts';

const LIMIT = 2;
const POOLS = [1, 2, 3];
const JOBS = 4;

const LIMITED = {
  ...ENGINE,
  pool: (id: number) => createPool(id, { ...DEFAULT_LEASE_POLICY, parallelJobs: LIMIT }),
};

/** A limit that pools share, decided by the real engine over each store. */
export function parallelJobsSuite(harness: Harness): void {
  const open = storesOf(harness);
  let key = 0;

  function tell(store: Store, pool: number, body: PoolMessage): Promise<unknown> {
    key += 1;
    return store.inbox.execute({ to: { kind: 'pool', id: pool }, body }, `parallel ${key}`);
  }

  describe('the parallel jobs of the server (AGENT-6)', () => {
    it('are never more than the limit, however many pools decide at once, and all get their turn', async () => {
      const store = await open({ engine: LIMITED });
      const jobs = POOLS.flatMap((pool) =>
        Array.from({ length: JOBS }, (_, at) => ({ pool, run: pool + 10 * at })),
      );
      await Promise.all(jobs.map(({ pool, run }) => tell(store, pool, connects(run))));
      await Promise.all(jobs.map(({ pool }, at) => tell(store, pool, polls(1 + Math.floor(at % JOBS)))));
      await Promise.all(jobs.map(({ pool, run }) => tell(store, pool, ready(run))));
      const begun = new Set<number>();
      for (let round = 0; round < jobs.length; round += 1) {
        await settle(store);
        const running = await assigned(store);
        expect(running.length).toBeLessThanOrEqual(LIMIT);
        for (const { run } of running) begun.add(run);
        await Promise.all(running.map(({ pool, run, lease }) => tell(store, pool, over(run, lease))));
      }
      expect(begun).toEqual(new Set(jobs.map(({ run }) => run)));
    });
  });
}

const instance = { stage: 'S', stageAttempt: 1, job: 'J', jobAttempt: 1 };

function connects(run: number): PoolMessage {
  return { type: 'AgentConnected', name: `agent ${run}`, version: '1', session: 's', capabilities: {} };
}

function polls(agent: number): PoolMessage {
  return { type: 'AgentPolled', agent, session: 's' };
}

function ready(run: number): PoolMessage {
  return { type: 'JobReady', run, instance, demands: [], readyAt: run, cancelTimeoutMs: 1 };
}

function over(run: number, lease: number): PoolMessage {
  return { type: 'JobOver', run, instance, lease };
}

async function assigned(
  store: Store,
): Promise<readonly { readonly pool: number; readonly run: number; readonly lease: number }[]> {
  const pages = await Promise.all(POOLS.map((pool) => store.poolWork.requests(pool, { limit: 100 })));
  return pages.flatMap(({ items }, at) =>
    items.flatMap(({ run, state }) =>
      state.phase === 'assigned' ? [{ pool: POOLS[at] ?? 0, run, lease: state.lease }] : [],
    ),
  );
}
