import type { RunIdentity, RunState } from '@signalbox/engine';
import type { RunResult, RunStatus } from '@signalbox/model';
import type { RunFilter, RunOrder, Store } from '@signalbox/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birth } from '../support/samples.ts';
import { storesOf, withProject, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

const ORDERS: readonly RunOrder[] = [
  'queueTimeAscending',
  'queueTimeDescending',
  'startTimeAscending',
  'startTimeDescending',
  'finishTimeAscending',
  'finishTimeDescending',
];
const TAGS: Readonly<Record<number, readonly string[]>> = { 3: ['Hot', 'fix'], 7: ['hot'], 8: ['fix'] };

export function runsSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  /** Each run is born, and then brought to its state. */
  async function withRuns(states: readonly RunState[]): Promise<Store> {
    const store = await openWithProject();
    const births = states.map((state) => birth(state.id, identityOf(state)));
    await store.inbox.execute(script({ kind: 'trigger', id: 1 }, { births }), 'births');
    for (const row of states) {
      const change = script({ kind: 'run', id: row.id }, { changes: [{ table: 'run', row }] });
      await store.inbox.execute(change, `run ${row.id}`);
    }
    for (const [run, tags] of Object.entries(TAGS)) await store.runs.addTags(Number(run), tags);
    for (const name of ['one', 'two', 'three']) {
      const rest = { path: '\\', repository: {}, yamlFilename: '', variables: {}, extra: {} };
      await store.definitions.create(1, { name, queueStatus: 'enabled', ...rest });
    }
    return store;
  }

  describe('runs', () => {
    it('have tags, letter case aside', async () => {
      const store = await withRuns(RUNS);
      expect(await store.runs.addTags(1, ['b', 'A', 'a', 'B'])).toEqual(['A', 'b']);
      expect(await store.runs.addTags(1, [])).toEqual(['A', 'b']);
      expect(await store.runs.removeTag(1, 'a')).toEqual(['b']);
      expect(await store.runs.tags(1)).toEqual(['b']);
      await expect(store.runs.addTags(999, ['a'])).rejects.toMatchObject({ code: 'not-found' });
    });

    it('are found by the number that a step gave them, and not by the old one (RNAME-8)', async () => {
      const store = await withRuns(RUNS);
      const [first] = RUNS;
      const row = { ...(first as RunState), number: 'Release 7' };
      const changes = [
        { table: 'run', row },
        { table: 'number', row },
      ] as const;
      await store.inbox.execute(script({ kind: 'run', id: row.id }, { changes }), 'renumbered');
      const found = async (number: string): Promise<readonly number[]> =>
        (await store.runs.list(1, { number })).items.map(({ id }) => id);
      expect(await found('release 7')).toEqual([row.id]);
      expect(await found(first?.number ?? '')).not.toContain(row.id);
    });

    it('find the oldest unfinished run of a definition', async () => {
      const store = await withRuns(RUNS);
      const { items } = await store.runs.list(1, {
        definitions: [2],
        statuses: ['notStarted', 'inProgress', 'cancelling'],
        order: 'queueTimeAscending',
        limit: 1,
      });
      const open = RUNS.filter((run) => run.definition.id === 2 && run.status !== 'completed');
      expect(items.map(({ id }) => id)).toEqual([Math.min(...open.map(({ id }) => id))]);
    });

    it('refuse a continuation token of another list', async () => {
      const store = await openWithProject();
      await expect(store.runs.list(1, { after: 'WzFd' })).rejects.toMatchObject({ code: 'bad-cursor' });
    });

    it('are listed as a plain filter and sort would, in pages that neither skip nor repeat', async () => {
      const store = await withRuns(RUNS);
      await fc.assert(
        fc.asyncProperty(filters(), async (filter) => {
          const wanted = oracle(filter);
          const pages: number[] = [];
          let after: string | undefined;
          do {
            const page = await store.runs.list(1, { ...filter, ...(after !== undefined && { after }) });
            pages.push(...page.items.map(({ id }) => id));
            after = page.next;
            if (filter.maxPerDefinition !== undefined) break;
          } while (after !== undefined);
          expect(pages).toEqual(wanted);
        }),
        { numRuns: 150 },
      );
    });
  });
}

const RUNS: readonly RunState[] = Array.from({ length: 24 }, (_, n) => {
  const id = n + 1;
  const status =
    (['completed', 'inProgress', 'completed', 'notStarted', 'cancelling'] as const)[n % 5] ?? 'completed';
  const { identity } = birth(id, {
    definition: { id: (n % 3) + 1, name: 'd' },
    number: `${n % 2 === 0 ? 'Rel' : 'dev'}-${n % 7}`,
    branch: n % 4 === 0 ? 'refs/heads/main' : 'refs/heads/topic',
    requestedFor: n % 5 === 0 ? 'Ann' : 'Bob',
    reason: n % 3 === 0 ? 'manual' : 'individualCI',
    // Some share their queue time, so that ids must break ties.
    queueTime: 1000 + Math.floor(n / 3),
  });
  const results: readonly RunResult[] = ['succeeded', 'failed', 'canceled', 'partiallySucceeded'];
  return {
    ...identity,
    status,
    stages: [],
    ...(status !== 'notStarted' && { startTime: 2000 + ((n * 7) % 11) }),
    ...(status === 'completed' && { finishTime: 3000 + ((n * 5) % 7), result: results[n % 4] ?? 'failed' }),
  };
});

function identityOf(state: RunState): RunIdentity {
  const mutable = ['status', 'result', 'startTime', 'finishTime', 'stages'];
  const kept = Object.entries(state).filter(([name]) => !mutable.includes(name));
  return Object.fromEntries(kept) as unknown as RunIdentity;
}

function filters(): fc.Arbitrary<RunFilter> {
  const some = <T>(values: readonly T[]): fc.Arbitrary<readonly T[] | undefined> =>
    fc.option(fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 }), { nil: undefined, freq: 2 });
  const perhaps = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(arbitrary, { nil: undefined, freq: 1 });
  const statuses: readonly RunStatus[] = ['notStarted', 'inProgress', 'cancelling', 'completed'];
  return fc
    .record({
      order: fc.constantFrom(...ORDERS),
      limit: fc.integer({ min: 1, max: 30 }),
      definitions: some([1, 2, 3, 9]),
      statuses: some(statuses),
      results: some<RunResult>(['succeeded', 'failed', 'canceled']),
      reasons: some<'manual' | 'individualCI'>(['manual', 'individualCI']),
      branch: perhaps(fc.constantFrom('refs/heads/main', 'refs/heads/none')),
      requestedFor: perhaps(fc.constantFrom('ann', 'BOB')),
      number: perhaps(fc.constantFrom('rel-*', 'DEV-1', 'rel-2*', '*')),
      tags: perhaps(fc.constantFrom(['HOT'], ['fix'], ['hot', 'fix'])),
      ids: some([1, 5, 7, 8, 20, 99]),
      minTime: perhaps(fc.constantFrom(1003, 2004, 3002)),
      maxTime: perhaps(fc.constantFrom(1005, 2008, 3004)),
      maxPerDefinition: perhaps(fc.integer({ min: 1, max: 3 })),
    })
    .map((filter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)));
}

/** The same list by the plainest means. */
function oracle(filter: RunFilter): readonly number[] {
  const order = filter.order ?? 'queueTimeDescending';
  const time = (run: RunState): number => {
    if (order.startsWith('queue')) return run.queueTime;
    return (order.startsWith('start') ? run.startTime : run.finishTime) ?? Number.MAX_SAFE_INTEGER;
  };
  const bounded = filter.minTime !== undefined || filter.maxTime !== undefined;
  const number = filter.number?.toLowerCase() ?? '*';
  const tagged = (id: number): readonly string[] => (TAGS[id] ?? []).map((tag) => tag.toLowerCase());
  const kept = RUNS.filter(
    (run) =>
      (filter.definitions?.includes(run.definition.id) ?? true) &&
      (filter.statuses?.includes(run.status) ?? true) &&
      (filter.results === undefined || filter.results.some((result) => result === run.result)) &&
      (filter.reasons?.includes(run.reason) ?? true) &&
      (filter.branch ?? run.branch) === run.branch &&
      (filter.requestedFor ?? run.requestedFor).toLowerCase() === run.requestedFor.toLowerCase() &&
      (number.endsWith('*')
        ? run.number.toLowerCase().startsWith(number.slice(0, -1))
        : run.number.toLowerCase() === number) &&
      (filter.tags ?? []).every((tag) => tagged(run.id).includes(tag.toLowerCase())) &&
      (filter.ids?.includes(run.id) ?? true) &&
      time(run) >= (filter.minTime ?? 0) &&
      time(run) <= (filter.maxTime ?? Infinity) &&
      !(bounded && time(run) === Number.MAX_SAFE_INTEGER),
  );
  const sorted = [...kept].sort((a, b) => time(a) - time(b) || a.id - b.id);
  if (order.endsWith('Descending')) sorted.reverse();
  const per = filter.maxPerDefinition;
  if (per === undefined) return sorted.map(({ id }) => id);
  const known = sorted.filter(({ definition }) => definition.id <= 3);
  const counted = known.filter(
    (run, index) =>
      known.slice(0, index).filter((other) => other.definition.id === run.definition.id).length < per,
  );
  return counted.slice(0, filter.limit).map(({ id }) => id);
}
