import { describe, expect, it } from 'vitest';
import {
  buildQuery,
  fits,
  isNarrowed,
  readSearch,
  searchQuery,
  withLive,
} from '../../src/view-models/run-query.ts';
import { addView, MOST_VIEWS, readViews } from '../../src/view-models/saved-views.ts';
import { run } from '../harness/runs.ts';

const search = (query: Readonly<Record<string, string>>): ReturnType<typeof readSearch> =>
  readSearch(new Map(Object.entries(query)));

describe('readSearch', () => {
  it('is what the address says, and back', () => {
    const query = {
      state: 'failed',
      pipeline: '3',
      branch: 'main',
      reason: 'schedule',
      who: 'Ada',
      text: 'fix',
    };
    expect(searchQuery(search(query))).toEqual(query);
    expect(isNarrowed(search(query))).toBe(true);
  });

  it('ignores words that it does not know', () => {
    expect(isNarrowed(search({ state: 'odd', pipeline: 'x', reason: 'nothing' }))).toBe(false);
  });
});

describe('buildQuery', () => {
  it.each([
    [{}, {}],
    [{ state: 'waiting' }, { statusFilter: ['notStarted', 'inProgress', 'cancelling'] }],
    [{ state: 'succeeded' }, { resultFilter: ['succeeded', 'partiallySucceeded'] }],
    [
      { state: 'failed', pipeline: '3', branch: 'main', reason: 'manual', who: 'Ada', text: 'x' },
      {
        definitions: [3],
        branchName: 'main',
        reasonFilter: ['manual'],
        requestedFor: 'Ada',
        resultFilter: ['failed'],
      },
    ],
  ])('asks the server for %j', (query, expected) => {
    expect(buildQuery(search(query))).toEqual(expected);
  });
});

describe('fits', () => {
  const one = run({
    id: 7,
    branch: 'refs/heads/main',
    reason: 'manual',
    status: 'completed',
    result: 'failed',
  });

  it.each([
    [{}, true],
    [{ state: 'failed', branch: 'main', who: 'ada lovelace' }, true],
    [{ state: 'canceled' }, false],
    [{ branch: 'other' }, false],
    [{ reason: 'schedule' }, false],
    [{ pipeline: '2' }, false],
    [{ text: 'DELIVERY basket' }, true],
    [{ text: 'delivery nowhere' }, false],
  ])('%j: %s', (query, expected) => {
    expect(fits(one, search(query))).toBe(expected);
  });
});

describe('withLive', () => {
  const pages = [run({ id: 9 }), run({ id: 5 })];

  it('shows each run once, in its newest form, and new ones that fit', () => {
    const live = [run({ id: 12 }), run({ id: 9, status: 'completed', result: 'failed' })];
    expect(withLive(pages, live, search({})).map(({ id, status }) => `${id} ${status}`)).toEqual([
      '12 inProgress',
      '9 completed',
      '5 inProgress',
    ]);
    expect(withLive(pages, live, search({ state: 'failed' })).map(({ id }) => id)).toEqual([9]);
  });

  it('shows no run that is older than the pages that were read', () => {
    expect(withLive(pages, [run({ id: 3 })], search({})).map(({ id }) => id)).toEqual([9, 5]);
  });
});

describe('saved views', () => {
  it('keeps the newest search under a name, and no more than so many', () => {
    const views = addView(addView([], { name: 'mine', query: 'a=1' }), { name: 'mine', query: 'a=2' });
    expect(views).toEqual([{ name: 'mine', query: 'a=2' }]);
    const many = Array.from({ length: 30 }, (_, index) => ({ name: String(index), query: 'x' }));
    expect(many.reduce(addView, readViews(undefined))).toHaveLength(MOST_VIEWS);
  });

  it('takes what nobody can read as nothing', () => {
    expect([readViews('{'), readViews('7'), readViews('[1, {"name": 2}]')]).toEqual([[], [], []]);
    expect(readViews('[{"name":"a","query":"b"}]')).toEqual([{ name: 'a', query: 'b' }]);
  });
});
