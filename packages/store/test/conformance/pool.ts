import type { AgentRow, JobRequestRow, PoolAnswer, PoolNeed } from '@signalbox/engine';
import type { Store } from '@signalbox/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storesOf, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

const HERE = { kind: 'pool', id: 3 } as const;

export function poolSuite(harness: Harness): void {
  const open = storesOf(harness);
  let key = 0;

  async function change(store: Store, rows: readonly unknown[]): Promise<boolean> {
    key += 1;
    return (await store.inbox.execute(script(HERE, { changes: rows }), `pool ${key}`)).ok;
  }

  describe('needs of a pool', () => {
    it('are answered as a plain filter and sort of all rows would, through every change', async () => {
      const store = await open();
      const all = new Map<number, JobRequestRow>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(requests(), { minLength: 1, maxLength: 5 }),
          needs(),
          async (rows, asked) => {
            for (const row of rows) all.set(row.id, row);
            const changed = [...new Set(rows.map(({ id }) => id))].map((id) => all.get(id));
            expect(
              await change(
                store,
                changed.map((row) => ({ table: 'request', row })),
              ),
            ).toBe(true);
            expect(await store.poolWork.answer(3, asked)).toEqual(
              asked.map((need) => oracle(need, [...all.values()])),
            );
          },
        ),
        { numRuns: 60 },
      );
      const unfinished = sorted([...all.values()].filter(({ state }) => state.phase !== 'finished'));
      const first = await store.poolWork.requests(3, { limit: 2 });
      expect(first.items).toEqual(unfinished.slice(0, 2));
      if (first.next !== undefined) {
        const rest = await store.poolWork.requests(3, { after: first.next });
        expect(rest.items).toEqual(unfinished.slice(2));
      }
    });

    it('see the header and every agent, without those that were removed', async () => {
      const store = await open();
      const header = { lastRequest: 1, lastAgent: 2, lastLease: 3 };
      await change(store, [
        { table: 'header', row: header },
        ...[3, 1, 2].map((id) => ({ table: 'agent', id, row: agent(id) })),
      ]);
      await change(store, [{ table: 'agent', id: 2, row: undefined }]);
      const asked: PoolNeed[] = [{ need: 'header' }, { need: 'agents' }];
      expect(await store.poolWork.answer(3, asked)).toEqual([
        { of: asked[0], header },
        { of: asked[1], agents: [agent(1), agent(3)] },
      ]);
      expect(await store.poolWork.agents(3)).toEqual([agent(1), agent(3)]);
      expect(await store.poolWork.agents(4)).toEqual([]);
    });
  });

  describe('constraints of a pool', () => {
    it('refuse two jobs of one agent at once (INV-50), and allow one after the other', async () => {
      const store = await open();
      const first = request(1, { phase: 'assigned', agent: 1, lease: 1, assignedAt: 1, leaseUntil: 2 });
      const second = request(2, { phase: 'assigned', agent: 1, lease: 2, assignedAt: 1, leaseUntil: 2 });
      expect(await change(store, [{ table: 'request', row: first }])).toBe(true);
      expect(await change(store, [{ table: 'request', row: second }])).toBe(false);
      const over = request(1, { phase: 'finished', at: 3, lost: false, agent: 1 });
      const both = [second, over].map((row) => ({ table: 'request', row }));
      expect(await change(store, both)).toBe(true);
      expect(await store.poolWork.request(3, 2)).toEqual(second);
    });
  });
}

function agent(id: number): AgentRow {
  return { id, name: `agent-${id}`, version: '1', enabled: true, capabilities: { bash: '' }, idle: false };
}

function request(id: number, state: JobRequestRow['state']): JobRequestRow {
  return {
    id,
    run: 1 + (id % 4),
    instance: {
      stage: `Stage${id}`,
      stageAttempt: 1,
      job: 'Job',
      jobAttempt: 1,
      ...(id % 2 === 0 && { hook: 'deploy' }),
    },
    demands: [],
    demandKey: ['', 'bash', 'pwsh'][id % 3] ?? '',
    readyAt: 10 + (id % 5),
    cancelTimeoutMs: 1,
    state,
  };
}

function requests(): fc.Arbitrary<JobRequestRow> {
  return fc
    .integer({ min: 1, max: 20 })
    .chain((id) =>
      fc
        .constantFrom<JobRequestRow['state']>(
          { phase: 'waiting' },
          { phase: 'waiting' },
          { phase: 'assigned', agent: id, lease: id, assignedAt: 1, leaseUntil: 2 },
          { phase: 'quarantined', agent: id, lease: id, until: 3 },
          { phase: 'finished', at: 3, lost: false },
        )
        .map((state) => request(id, state)),
    );
}

function needs(): fc.Arbitrary<readonly PoolNeed[]> {
  return fc.tuple(fc.integer({ min: 1, max: 21 }), fc.integer({ min: 1, max: 3 })).map(([id, count]) => [
    { need: 'request', id },
    { need: 'requestOf', run: 1 + (id % 4), instance: shouted(request(id, { phase: 'waiting' }).instance) },
    { need: 'waitingOf', run: 1 + (id % 4) },
    { need: 'fronts', count },
  ]);
}

/** The same instance in another letter case. */
function shouted(instance: JobRequestRow['instance']): JobRequestRow['instance'] {
  return { ...instance, stage: instance.stage.toUpperCase(), job: instance.job.toUpperCase() };
}

function sorted(rows: readonly JobRequestRow[]): JobRequestRow[] {
  return [...rows].sort((a, b) => a.readyAt - b.readyAt || a.run - b.run || a.id - b.id);
}

function oracle(need: PoolNeed, all: readonly JobRequestRow[]): PoolAnswer {
  const waiting = all.filter(({ state }) => state.phase === 'waiting');
  const rows = (): readonly JobRequestRow[] => {
    switch (need.need) {
      case 'request':
        return all.filter(({ id }) => id === need.id);
      case 'requestOf':
        return all.filter(
          (row) => row.run === need.run && row.instance.stage.toUpperCase() === need.instance.stage,
        );
      case 'waitingOf':
        return waiting.filter(({ run }) => run === need.run).sort((a, b) => a.id - b.id);
      case 'fronts':
        return ['', 'bash', 'pwsh'].flatMap((key) =>
          sorted(waiting.filter(({ demandKey }) => demandKey === key)).slice(0, need.count),
        );
      case 'header':
      case 'agents':
      case 'elsewhere':
        return [];
    }
  };
  return { of: need, requests: rows() };
}
