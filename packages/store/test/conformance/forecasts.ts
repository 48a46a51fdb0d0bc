import type { BundleRow } from '@signalbox/engine';
import type { Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { storesOf, type Harness } from '../support/harness.ts';
import { bundle, lock } from '../support/samples.ts';
import { script } from '../support/scripted-engine.ts';

const PROJECT = 4;

export function forecastsSuite(harness: Harness): void {
  const open = storesOf(harness);

  async function save(store: Store, key: string, bundles: readonly BundleRow[]): Promise<void> {
    const rows = [
      ...[1, 2].map((id) => ({ table: 'lock', row: lock(id) })),
      ...bundles.map((row) => ({ table: 'bundle', row })),
    ];
    const here = { kind: 'interlocking', id: PROJECT } as const;
    expect(await store.inbox.execute(script(here, { changes: rows }), key)).toEqual({
      ok: true,
      value: null,
    });
  }

  describe('past holds', () => {
    it('are those of the stage that finished, latest first, one for all its locks', async () => {
      const store = await open();
      await save(store, 'rows', [
        ended(1, 'Deploy', { assignTime: 10, finishTime: 30 }),
        ended(2, 'DEPLOY', { assignTime: 40, finishTime: 90 }),
        ended(3, 'Test', { assignTime: 90, finishTime: 91 }),
        ended(4, 'Deploy', { assignTime: 91, finishTime: 95, status: 'canceled' }),
        ended(5, 'Deploy', { finishTime: 97, status: 'canceled', requests: [{ id: 5, lock: 1 }] }),
        ended(6, 'Deploy', {
          assignTime: 96,
          finishTime: 99,
          requester: { ...requester(6, 'Deploy'), definition: 8 },
        }),
      ]);
      const holds = (stage: string, limit = 9): Promise<readonly number[]> =>
        store.forecasts.holds(PROJECT, { definition: 7, stage }, limit);
      expect(await holds('deploy')).toEqual([50, 20]);
      expect(await holds('deploy', 2)).toEqual([50]);
      expect(await holds('other')).toEqual([]);
      expect(await store.forecasts.holds(5, { definition: 7, stage: 'deploy' }, 9)).toEqual([]);
    });
  });

  describe('forecasts', () => {
    it('are kept once, and compared with the grant', async () => {
      const store = await open();
      await save(store, 'rows', [
        ended(1, 'Deploy', { assignTime: 10, finishTime: 30 }),
        ended(2, 'Deploy', { finishTime: 31, status: 'timedOut', requests: [{ id: 2, lock: 1 }] }),
        ended(3, 'Deploy', { assignTime: 41, finishTime: 50 }),
      ]);
      await store.forecasts.record(PROJECT, []);
      await store.forecasts.record(PROJECT, [
        { lock: 1, bundle: 1, at: 5, p50: 9, p90: 12 },
        { lock: 1, bundle: 2, at: 5, p50: 19, p90: 22 },
      ]);
      await store.forecasts.record(PROJECT, [
        { lock: 1, bundle: 1, at: 8, p50: 10, p90: 10 },
        { lock: 1, bundle: 3, at: 8, p50: 40, p90: 60 },
        { lock: 2, bundle: 3, at: 8, p50: 40, p90: 60 },
      ]);
      const third = { bundle: 3, at: 8, p50: 40, p90: 60, started: 41 };
      expect(await store.forecasts.past(PROJECT, 1, 9)).toEqual([
        { lock: 1, ...third },
        { lock: 1, bundle: 1, at: 5, p50: 9, p90: 12, started: 10 },
      ]);
      expect(await store.forecasts.past(PROJECT, 1, 2)).toEqual([{ lock: 1, ...third }]);
      expect(await store.forecasts.past(PROJECT, 2, 9)).toEqual([{ lock: 2, ...third }]);
      expect(await store.forecasts.past(5, 1, 9)).toEqual([]);
    });
  });
}

function requester(run: number, stage: string): BundleRow['requester'] {
  return { ...bundle(1).requester, run, definition: 7, stage };
}

function ended(id: number, stage: string, over: Partial<BundleRow>): BundleRow {
  const requests = [1, 2].map((at) => ({ id: id * 10 + at, lock: at, token: id, slot: 1 }));
  return { ...bundle(id), requester: requester(id, stage), status: 'finished', requests, ...over };
}
