import type {
  BundleRow,
  DeployedRow,
  ExpectedRow,
  InterlockingAnswer,
  InterlockingNeed,
} from '@signalbox/engine';
import { fold } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundle, lock } from '../support/samples.ts';
import { storesOf, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

const PROJECT = 4;
const HERE = { kind: 'interlocking', id: PROJECT } as const;

export function interlockingSuite(harness: Harness): void {
  const open = storesOf(harness);
  let key = 0;

  async function change(store: Store, changes: readonly unknown[]): Promise<void> {
    key += 1;
    const reply = await store.inbox.execute(script(HERE, { changes }), `change ${key}`);
    expect(reply).toEqual({ ok: true, value: null });
  }

  async function refused(store: Store, changes: readonly unknown[]): Promise<void> {
    key += 1;
    const reply = await store.inbox.execute(script(HERE, { changes }), `change ${key}`);
    expect(reply).toMatchObject({ ok: false, refusal: { code: 'parked' } });
  }

  describe('needs of an interlocking', () => {
    it('are answered as a plain filter and sort of all rows would, through every change', async () => {
      const store = await open();
      await change(store, [
        { table: 'header', row: { lastLock: 2, lastBundle: 9, lastRequest: 9, lastTurn: 9 } },
        { table: 'lock', row: lock(1) },
        { table: 'lock', row: lock(2) },
      ]);
      const all = new Map<number, BundleRow>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(bundles(), { minLength: 1, maxLength: 6 }),
          needs(),
          async (rows, asked) => {
            const changed = new Map(rows.map((row) => [row.id, consistent(row, all)]));
            for (const [id, row] of changed) all.set(id, row);
            await change(
              store,
              [...changed.values()].map((row) => ({ table: 'bundle', row })),
            );
            const answers = await store.locks.answer(PROJECT, asked);
            expect(answers).toEqual(asked.map((need) => bundleOracle(need, [...all.values()])));
          },
        ),
        { numRuns: 60 },
      );
    });

    it('see expected rows ahead of a run, and those of a run', async () => {
      const store = await open();
      const rows: ExpectedRow[] = [];
      for (let run = 1; run <= 12; run += 1) {
        for (const id of ['1', '2']) {
          const stage = run % 3 === 0 ? 'qa' : 'deploy';
          const resource = { type: 'environment', id } as const;
          const runQueueTime = 100 + Math.floor(run / 2);
          rows.push({ resource, definition: (run % 2) + 1, stage, run, runQueueTime, branch: 'b' });
        }
      }
      await change(
        store,
        rows.map((row) => ({ table: 'expected', key: row, row })),
      );
      await change(
        store,
        rows.map((row) => ({ table: 'expected', key: row, row })),
      );
      const gone = rows.filter(({ run, resource }) => run === 5 && resource.id === '1');
      await change(
        store,
        gone.map((row) => ({ table: 'expected', key: row, row: undefined })),
      );
      const left = rows.filter((row) => !gone.includes(row));
      const resource = { type: 'environment', id: '1' } as const;
      const [ahead, ofRun] = await store.locks.answer(PROJECT, [
        { need: 'expected', resource, definition: 2, stage: 'deploy', after: [102, 4], count: 2 },
        { need: 'expectedOf', run: 5 },
      ]);
      const wanted = left.filter(
        (row) => row.resource.id === '1' && row.definition === 2 && row.stage === 'deploy',
      );
      expect(ahead?.expected).toEqual(wanted.filter(({ run }) => run > 4).slice(0, 2));
      expect(ofRun?.expected).toEqual(left.filter(({ run }) => run === 5));
      const listed = await pages((after) =>
        store.locks.expected(PROJECT, resource, { limit: 4, ...(after !== undefined && { after }) }),
      );
      expect(listed).toEqual(left.filter((row) => row.resource.id === '1'));
    });

    it('see for which runs a person is awaited, and which of them hold nobody back any more', async () => {
      const store = await open();
      const resource = { type: 'environment', id: '1' } as const;
      const row = (run: number, more: Partial<ExpectedRow> = {}): ExpectedRow => {
        const runQueueTime = 100 + run;
        return { resource, definition: 1, stage: 'deploy', run, runQueueTime, branch: 'b', ...more };
      };
      const save = (rows: readonly ExpectedRow[]): Promise<void> =>
        change(
          store,
          rows.map((one) => ({ table: 'expected', key: one, row: one })),
        );
      await save([1, 2, 3, 4, 5].map((run) => row(run)));
      await save([row(2, { awaitedSince: 9 }), row(3, { awaitedSince: 9 }), row(4, { awaitedSince: 9 })]);
      const lapsed = [1, 3, 5].map((run) => row(run, { awaitedSince: 9, lapsed: true }));
      await save(lapsed);
      await save([row(4)]);
      const at = { resource, definition: 1, stage: 'deploy' };
      const answers = await store.locks.answer(PROJECT, [
        { need: 'expected', ...at, after: [0, 0], count: 9 },
        { need: 'lapsed', ...at, before: [105, 5] },
        { need: 'awaitedAt', resource },
        { need: 'expectedOf', run: 3 },
      ]);
      const waits = row(2, { awaitedSince: 9 });
      expect(answers.map(({ expected }) => expected)).toEqual([
        [waits, row(4)],
        lapsed.slice(0, 2),
        [waits],
        [lapsed[1]],
      ]);
      const { items } = await store.locks.expected(PROJECT, resource);
      expect(items.map(({ run }) => run)).toEqual([1, 2, 3, 4, 5]);
    });

    it('say nothing of what is not there', async () => {
      const store = await open();
      const asked: InterlockingNeed[] = [
        { need: 'header' },
        { need: 'lock', id: 1 },
        { need: 'lockOf', resource: { type: 'environment', id: '1' } },
        { need: 'bundle', id: 1 },
        { need: 'holders', lock: 1 },
        { need: 'expectedOf', run: 1 },
      ];
      const [header, byId, of, one, held, expected] = asked;
      expect(await store.locks.answer(PROJECT, asked)).toEqual([
        { of: header },
        { of: byId, locks: [] },
        { of, locks: [] },
        { of: one, bundles: [] },
        { of: held, bundles: [] },
        { of: expected, expected: [] },
      ]);
    });
  });

  describe('what was deployed', () => {
    it('is known by lock and pipeline, and replaced by the next deployment', async () => {
      const store = await open();
      const first = deployed(1, 7, 11);
      const other = deployed(2, 7, 12);
      await change(store, [
        { table: 'lock', row: lock(1) },
        { table: 'lock', row: lock(2) },
        { table: 'deployed', row: first },
        { table: 'deployed', row: other },
      ]);
      const asked = [
        { need: 'deployed', lock: 1, definition: 7 },
        { need: 'deployed', lock: 2, definition: 7 },
        { need: 'deployed', lock: 1, definition: 8 },
      ] as const;
      expect(await store.locks.answer(PROJECT, asked)).toEqual([
        { of: asked[0], deployed: [first] },
        { of: asked[1], deployed: [other] },
        { of: asked[2], deployed: [] },
      ]);
      const next = deployed(1, 7, 13);
      await change(store, [{ table: 'deployed', row: next }]);
      const [now] = await store.locks.answer(PROJECT, asked);
      expect(now).toEqual({ of: asked[0], deployed: [next] });
      expect(await store.locks.answer(PROJECT + 1, [asked[0]])).toEqual([{ of: asked[0], deployed: [] }]);
    });
  });

  describe('locks', () => {
    it('show waiters in the order of the queue with their places, page by page', async () => {
      const store = await open();
      const waiting = Array.from({ length: 9 }, (_, n) =>
        bundle(n + 1, { order: 100 - (n % 4), eligible: n % 2 === 0 }),
      );
      const holding = bundle(20, { status: 'inUse', requests: [{ id: 20, lock: 1, slot: 1, token: 1 }] });
      const over = bundle(21, {
        status: 'finished',
        finishTime: 50,
        requests: [{ id: 21, lock: 1, slot: 1, token: 2 }],
      });
      const rows = [...waiting, holding, over, bundle(22, { status: 'canceled', finishTime: 60 })];
      await change(store, [
        { table: 'lock', row: lock(1) },
        ...rows.map((row) => ({ table: 'bundle', row })),
      ]);
      const order = [...waiting].sort((a, b) => a.order - b.order || a.id - b.id).map(({ id }) => id);
      const listed = await pages((after) =>
        store.locks.waiters(PROJECT, 1, { limit: 4, ...(after !== undefined && { after }) }),
      );
      expect(listed.map(({ bundle: { id }, position }) => [id, position])).toEqual(
        order.map((id, index) => [id, index + 1]),
      );
      const inside = await store.locks.waiters(PROJECT, 1, { limit: 3, skip: 5 });
      expect(inside.items.map(({ bundle: { id }, position }) => [id, position])).toEqual(
        order.slice(5, 8).map((id, index) => [id, index + 6]),
      );
      const behind = await store.locks.waiters(PROJECT, 1, { limit: 3, skip: 1, after: inside.next! });
      expect(behind).toEqual({ items: [] });
      for (const [index, id] of order.entries()) {
        expect(await store.locks.position(PROJECT, 1, id)).toBe(index + 1);
      }
      expect(await store.locks.position(PROJECT, 1, 20)).toBeUndefined();
      expect(await store.locks.position(PROJECT, 1, 99)).toBeUndefined();
      expect(await store.locks.waiting(PROJECT, 1)).toBe(9);
      expect(await store.locks.holders(PROJECT, 1)).toEqual([holding]);
      const ended = await pages((after) =>
        store.locks.ended(PROJECT, 1, { limit: 1, ...(after !== undefined && { after }) }),
      );
      expect(ended.map(({ id }) => id)).toEqual([22, 21]);
      expect(await store.locks.list(PROJECT)).toEqual([lock(1)]);
      expect(await store.locks.get(PROJECT, 1)).toEqual(lock(1));
      expect(await store.locks.find(PROJECT, { type: 'environment', id: '1' })).toEqual(lock(1));
      expect(await store.locks.bundle(PROJECT, 20)).toEqual(holding);
      expect(await store.locks.ofRun(PROJECT, 20)).toEqual([holding]);
      expect(await store.locks.list(PROJECT + 1)).toEqual([]);
      const gone = { ...lock(1), deleted: { at: 5, by: 'ann' } };
      await change(store, [{ table: 'lock', row: gone }]);
      expect(await store.locks.list(PROJECT)).toEqual([]);
      expect(await store.locks.find(PROJECT, { type: 'environment', id: '1' })).toBeUndefined();
      expect(await store.locks.get(PROJECT, 1)).toEqual(gone);
    });
  });

  describe('constraints of an interlocking', () => {
    const holder = (id: number, slot: number, token: number): BundleRow =>
      bundle(id, { status: 'inUse', requests: [{ id, lock: 1, slot, token }] });

    it('refuse a second holder of a slot (INV-01)', async () => {
      const store = await open();
      await change(store, [
        { table: 'lock', row: lock(1) },
        { table: 'bundle', row: holder(1, 1, 1) },
      ]);
      await refused(store, [{ table: 'bundle', row: holder(2, 1, 2) }]);
      expect((await store.locks.holders(PROJECT, 1)).map(({ id }) => id)).toEqual([1]);
      await change(store, [{ table: 'bundle', row: holder(2, 2, 2) }]);
    });

    it('let a slot change hands within one decision', async () => {
      const store = await open();
      await change(store, [
        { table: 'lock', row: lock(1) },
        { table: 'bundle', row: holder(1, 1, 1) },
      ]);
      await change(store, [
        { table: 'bundle', row: holder(2, 1, 2) },
        { table: 'bundle', row: { ...holder(1, 1, 1), status: 'finished', finishTime: 5 } },
      ]);
      expect((await store.locks.holders(PROJECT, 1)).map(({ id }) => id)).toEqual([2]);
    });

    it('refuse a holder without slot and token', async () => {
      const store = await open();
      await change(store, [{ table: 'lock', row: lock(1) }]);
      await refused(store, [{ table: 'bundle', row: bundle(1, { status: 'inUse' }) }]);
    });

    it('refuse two bundles of one stage attempt', async () => {
      const store = await open();
      const first = bundle(1);
      await change(store, [
        { table: 'lock', row: lock(1) },
        { table: 'bundle', row: first },
      ]);
      await refused(store, [{ table: 'bundle', row: bundle(2, { requester: first.requester }) }]);
    });
  });
}

async function pages<T>(
  read: (after: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next?: string }>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page = await read(after);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

function deployed(lockId: number, definition: number, run: number): DeployedRow {
  const requester = { run, stage: 'Deploy Ω', attempt: 2, branch: 'refs/heads/main', runQueueTime: 5 };
  return { lock: lockId, definition, bundle: run + 100, ...requester, at: 60 };
}

function bundles(): fc.Arbitrary<BundleRow> {
  return fc
    .record({
      id: fc.integer({ min: 1, max: 20 }),
      status: fc.constantFrom(
        'queued',
        'queued',
        'waitingOnChecks',
        'expected',
        'inUse',
        'finished',
        'canceled',
      ),
      order: fc.integer({ min: 1, max: 5 }),
      turn: fc.integer({ min: 0, max: 6 }),
      eligible: fc.boolean(),
      both: fc.boolean(),
    })
    .map(({ id, both, ...rest }) =>
      bundle(id, {
        ...rest,
        requests: [{ id, lock: 1 }, ...(both ? [{ id: 100 + id, lock: 2 }] : [])],
      } as Partial<BundleRow>),
    );
}

/** A row that breaks no constraint: its requester and locks never change, a holder has a slot of its own. */
function consistent(row: BundleRow, all: ReadonlyMap<number, BundleRow>): BundleRow {
  const known = all.get(row.id);
  const { status } = row;
  const requester = known?.requester ?? {
    run: 1 + (row.id % 6),
    definition: 1 + (row.id % 2),
    stage: row.id % 3 === 0 ? 'Deploy' : 'QA',
    attempt: row.id,
    branch: row.id % 4 === 0 ? 'a' : 'b',
    runQueueTime: 10 + (row.id % 5),
  };
  const requests = (known?.requests ?? row.requests).map(({ id, lock: at }) =>
    status === 'inUse' ? { id, lock: at, slot: row.id, token: row.id } : { id, lock: at },
  );
  const ended = status === 'finished' || status === 'canceled';
  return { ...row, requester, requests, ...(ended && { finishTime: row.order }) };
}

function needs(): fc.Arbitrary<readonly InterlockingNeed[]> {
  const at = fc.constantFrom(1, 2);
  const number = fc.integer({ min: 0, max: 7 });
  return fc
    .tuple(at, number, number, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 4 }))
    .map(([lockId, a, b, id, count]): readonly InterlockingNeed[] => [
      { need: 'bundle', id },
      { need: 'bundleOf', run: 1 + (id % 6), stage: id % 3 === 0 ? 'deploy' : 'qa', attempt: id },
      { need: 'openOf', run: a },
      { need: 'holders', lock: lockId },
      { need: 'front', lock: lockId, after: [a, b], count },
      { need: 'turned', lock: lockId, after: a },
      { need: 'group', lock: lockId, definition: count },
      { need: 'group', lock: lockId, definition: count, branch: 'a' },
      { need: 'awaiting', lock: lockId, definition: count },
      { need: 'awaiting', lock: lockId, definition: count, branch: 'b' },
      { need: 'barred', lock: lockId, definition: count, stage: 'qa', after: [10 + a, b], count: 1 + a },
      { need: 'waiting', lock: lockId },
    ]);
}

function bundleOracle(need: InterlockingNeed, all: readonly BundleRow[]): InterlockingAnswer {
  const isWaiting = ({ status }: BundleRow): boolean => status === 'queued' || status === 'waitingOnChecks';
  const at = 'lock' in need ? need.lock : 0;
  const here = all.filter(({ requests }) => requests.some(({ lock: id }) => id === at));
  const waiting = here.filter(isWaiting);
  const eligible = waiting.filter((row) => row.eligible);
  const by = (rows: readonly BundleRow[], ...keys: readonly ((row: BundleRow) => number)[]): BundleRow[] =>
    [...rows].sort((a, b) => keys.map((of) => of(a) - of(b)).find((difference) => difference !== 0) ?? 0);
  const id = (row: BundleRow): number => row.id;
  const order = (row: BundleRow): number => row.order;
  const above = (row: BundleRow, [time, last]: readonly [number, number]): boolean =>
    row.order > time || (row.order === time && row.id > last);
  const bundlesFor = (): BundleRow[] => {
    switch (need.need) {
      case 'bundle':
        return all.filter((row) => row.id === need.id);
      case 'bundleOf':
        return all.filter(
          ({ requester }) =>
            requester.run === need.run &&
            fold(requester.stage) === need.stage &&
            requester.attempt === need.attempt,
        );
      case 'openOf':
        return by(
          all.filter(
            (row) =>
              row.requester.run === need.run &&
              (isWaiting(row) || row.status === 'inUse' || row.status === 'expected'),
          ),
          id,
        );
      case 'holders':
        return by(
          here.filter(({ status }) => status === 'inUse'),
          id,
        );
      case 'front':
        return by(
          eligible.filter((row) => above(row, need.after)),
          order,
          id,
        ).slice(0, need.count);
      case 'turned':
        return by(
          eligible.filter((row) => row.turn > need.after),
          (row) => row.turn,
          id,
        );
      case 'group':
        return by(
          eligible.filter(
            ({ requester }) =>
              requester.definition === need.definition &&
              requester.branch === (need.branch ?? requester.branch),
          ),
          id,
        );
      case 'awaiting':
        return by(
          here.filter(
            ({ status, requester }) =>
              status === 'expected' &&
              requester.definition === need.definition &&
              requester.branch === (need.branch ?? requester.branch),
          ),
          id,
        );
      case 'barred':
        return by(
          waiting.filter(
            ({ eligible: free, requester: { definition, stage, runQueueTime, run } }) =>
              !free &&
              definition === need.definition &&
              fold(stage) === need.stage &&
              (runQueueTime > need.after[0] || (runQueueTime === need.after[0] && run > need.after[1])),
          ),
          (row) => row.requester.runQueueTime,
          (row) => row.requester.run,
          id,
        ).slice(0, need.count);
      case 'waiting':
        return by(waiting, order, id);
      case 'header':
      case 'lock':
      case 'lockOf':
      case 'deployed':
      case 'expected':
      case 'lapsed':
      case 'awaitedAt':
      case 'expectedOf':
        return [];
    }
  };
  return { of: need, bundles: bundlesFor() };
}
