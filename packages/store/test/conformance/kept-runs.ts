import type { RunState } from '@signalbox/engine';
import type { RunLeaseInput, Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { birth } from '../support/samples.ts';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

const A = 'a'.repeat(64);

export function keptRunsSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  /** Runs 1 to 3 of pipeline 1; all but 3 are over. */
  async function withRuns(clock: Clock = new Clock()): Promise<Store> {
    const store = await openWithProject({ clock });
    const births = [1, 2, 3].map((id) => birth(id));
    await store.inbox.execute(script({ kind: 'trigger', id: 1 }, { births }), 'births');
    for (const { identity } of births.slice(0, 2)) {
      const over = { status: 'completed', result: 'succeeded', finishTime: 5000, stages: [] } as const;
      const row: RunState = { ...identity, ...over };
      const change = script({ kind: 'run', id: row.id }, { changes: [{ table: 'run', row }] });
      await store.inbox.execute(change, `run ${row.id}`);
    }
    return store;
  }

  describe('leases on runs', () => {
    it('hold until their time, are found by run, pipeline, owner and number, and are changed', async () => {
      const clock = new Clock();
      const store = await withRuns(clock);
      const [first, second] = await store.runLeases.add(1, [
        lease({ run: 1 }),
        lease({ run: 2, owner: 'User:bob', validUntil: clock.now + 10 }),
      ]);
      expect(first).toEqual({ ...lease({ run: 1 }), id: first?.id, project: 1, createdAt: clock.now });
      const ids = async (filter: Parameters<Store['runLeases']['list']>[1]): Promise<readonly number[]> =>
        (await store.runLeases.list(1, filter)).map(({ run }) => run);
      expect(await ids({})).toEqual([1, 2]);
      expect(await ids({ run: 2 })).toEqual([2]);
      expect(await ids({ definition: 7 })).toEqual([]);
      expect(await ids({ owner: 'User:ann', definition: 1 })).toEqual([1]);
      expect(await ids({ ids: [second?.id ?? 0] })).toEqual([2]);
      expect(await ids({ ids: [] })).toEqual([]);
      expect(await store.runLeases.list(2)).toEqual([]);
      expect(await store.runLeases.kept([3, 2, 1])).toEqual([1, 2]);
      expect(await store.runLeases.kept([])).toEqual([]);
      clock.now += 10;
      expect(await store.runLeases.kept([1, 2])).toEqual([1]);
      expect(await store.runLeases.update(1, second?.id ?? 0, { protectPipeline: true })).toBeUndefined();
      const patch = { protectPipeline: true, validUntil: clock.now + 1 };
      expect(await store.runLeases.update(1, first?.id ?? 0, patch)).toEqual({ ...first, ...patch });
      await store.runLeases.remove(2, [first?.id ?? 0]);
      expect(await ids({})).toEqual([1]);
      await store.runLeases.remove(1, [first?.id ?? 0, 99]);
      expect(await ids({})).toEqual([]);
    });

    it('are added all or none, and only to runs of that pipeline and project', async () => {
      const store = await withRuns();
      for (const wrong of [lease({ run: 99 }), lease({ run: 2, definition: 7 })]) {
        const adding = store.runLeases.add(1, [lease({ run: 1 }), wrong]);
        await expect(adding).rejects.toMatchObject({ code: 'not-found' });
      }
      await expect(store.runLeases.add(2, [lease({ run: 1 })])).rejects.toThrow();
      expect(await store.runLeases.list(1)).toEqual([]);
    });
  });

  describe('removing a run', () => {
    it('takes all that it left behind, and keeps what histories name', async () => {
      const clock = new Clock();
      const store = await withRuns(clock);
      for (const run of [1, 2]) await leaveTraces(store, run);
      expect(await store.runs.remove(1, 'ann')).toBe('removed');
      expect(await traces(store, 1)).toEqual([0, 0, 0, 0, 0, false, false, 0]);
      expect(await traces(store, 2)).toEqual([1, 1, 1, 1, 1, true, true, 1]);
      expect(await store.runs.removal(1)).toEqual({ at: clock.now, by: 'ann' });
      expect(await store.runs.removal(2)).toBeUndefined();
      expect(await store.runs.get(1)).toMatchObject({ id: 1, status: 'completed' });
      expect(await store.runs.remove(1, 'ann')).toBe('absent');
      await expect(store.runLeases.add(1, [lease({ run: 1 })])).rejects.toMatchObject({ code: 'not-found' });
    });

    it('is refused while it is not over or a lease keeps it', async () => {
      const clock = new Clock();
      const store = await withRuns(clock);
      await store.runLeases.add(1, [lease({ run: 1, validUntil: clock.now + 10 })]);
      expect(await store.runs.remove(1, 'ann')).toBe('kept');
      expect(await store.runs.remove(3, 'ann')).toBe('unfinished');
      expect(await store.runs.remove(99, 'ann')).toBe('absent');
      clock.now += 10;
      expect(await store.runs.remove(1, 'ann')).toBe('removed');
    });

    it('leaves it out of lists, unless they ask for it', async () => {
      const store = await withRuns();
      await store.runs.remove(2, 'ann');
      const ids = async (removed?: 'without' | 'with' | 'only'): Promise<readonly number[]> =>
        (await store.runs.list(1, removed === undefined ? {} : { removed })).items.map(({ id }) => id);
      expect(await ids()).toEqual([3, 1]);
      expect(await ids('without')).toEqual([3, 1]);
      expect(await ids('with')).toEqual([3, 2, 1]);
      expect(await ids('only')).toEqual([2]);
      const { items } = await store.runs.list(1, { definitions: [1], maxPerDefinition: 2 });
      expect(items.map(({ id }) => id)).toEqual([3, 1]);
    });
  });

  describe('tags of a project', () => {
    it('are those of its runs, each once, and are forgotten together', async () => {
      const store = await withRuns();
      await store.runs.addTags(1, ['Hot', 'b']);
      await store.runs.addTags(2, ['hot', 'a']);
      expect(await store.runs.tagsOfProject(1)).toEqual(['a', 'b', 'Hot']);
      expect(await store.runs.tagsOfProject(2)).toEqual([]);
      await store.runs.forgetTag(2, 'HOT');
      await store.runs.forgetTag(1, 'B');
      expect(await store.runs.tagsOfProject(1)).toEqual(['a', 'Hot']);
    });
  });

  describe('properties', () => {
    it('are found in any letter case, keep their first spelling and their type', async () => {
      const { properties } = await withRuns();
      const run = { kind: 'run', id: 1 } as const;
      expect(await properties.of(run)).toEqual({});
      expect(await properties.change(run, { set: { B: 'x', a: 1, c: true }, remove: [] })).toEqual({
        a: 1,
        B: 'x',
        c: true,
      });
      expect(await properties.change(run, { set: { b: 2 }, remove: ['A', 'none'] })).toEqual({
        B: 2,
        c: true,
      });
      expect(await properties.of({ kind: 'definition', id: 1 })).toEqual({});
    });
  });
}

function lease(over: Partial<RunLeaseInput>): RunLeaseInput {
  return { run: 1, definition: 1, owner: 'User:ann', validUntil: 9_000_000, protectPipeline: false, ...over };
}

async function leaveTraces(store: Store, run: number): Promise<void> {
  await store.logs.append({ run, log: 1 }, 1, ['hello']);
  const file = { record: 'r', type: 'Log', name: 'a', sha256: A, size: 1 };
  await store.results.attach({ run, ...file }, 1);
  const test = { number: 1, name: 't', storage: '', durationMs: 1, message: '', stack: '' };
  await store.results.addTests({ run, key: 'k', title: 'T', format: 'JUnit' }, [
    { ...test, outcome: 'passed' },
  ]);
  await store.results.setCoverage(run, 'k', [{ label: 'Lines', covered: 1, total: 2 }]);
  const place = { type: 'FilePath', data: '', properties: {}, files: 0, bytes: 0, source: 's' } as const;
  const artifact = { project: 1, run, name: 'drop', key: `k${run}`, ...place };
  await store.artifacts.create(artifact, [A]);
  await store.properties.change({ kind: 'run', id: run }, { set: { a: 1 }, remove: [] });
}

async function traces(store: Store, run: number): Promise<readonly (number | boolean)[]> {
  const bag = await store.properties.of({ kind: 'run', id: run });
  return [
    (await store.logs.list(run)).length,
    (await store.results.attachments(run)).length,
    (await store.results.testRuns(run)).length,
    (await store.results.coverage(run)).length,
    (await store.artifacts.list(run)).length,
    await store.blobs.uses(`attachments:${run}`, A),
    await store.blobs.uses(`artifact:${run}`, A),
    Object.keys(bag).length,
  ];
}
