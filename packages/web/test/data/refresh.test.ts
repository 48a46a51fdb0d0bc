import type { FeedChange } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { merged } from '../../src/data/merge.ts';
import type { Work } from '../../src/data/refresh.ts';
import { createRefresher, gather, NO_WORK } from '../../src/data/refresh.ts';

function change(part: Partial<FeedChange>): FeedChange {
  return { project: 1, kind: 'run', id: 7, version: 1, at: '2026-11-22T10:00:00Z', type: 'X', ...part };
}

describe('gather', () => {
  const cases: readonly (readonly [
    string,
    Partial<FeedChange>,
    readonly number[],
    readonly number[] | 'all',
  ])[] = [
    ['a run by its own id', { kind: 'run', id: 7 }, [7], []],
    ['a run that a pool speaks of', { kind: 'pool', run: 8 }, [8], []],
    ['the locks it names', { kind: 'interlocking', id: 1, locks: [2, 3] }, [], [2, 3]],
    ['all locks when it names none', { kind: 'interlocking', id: 1 }, [], 'all'],
    ['nothing for a pool alone', { kind: 'pool', id: 1 }, [], []],
  ];

  it.each(cases)('%s', (_, part, runs, locks) => {
    const work = gather(NO_WORK, change(part));
    expect([...work.runs]).toEqual(runs);
    expect(work.locks === 'all' ? 'all' : [...work.locks]).toEqual(locks);
  });

  it('keeps what was gathered before', () => {
    const all = gather(NO_WORK, change({ kind: 'interlocking' }));
    expect(gather(all, change({ kind: 'interlocking', locks: [1] })).locks).toBe('all');
  });
});

describe('createRefresher', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('coalesces a burst into at most four rounds a second', async () => {
    const rounds: Work[] = [];
    const refresher = createRefresher(async (work) => void rounds.push(work));
    for (let id = 1; id <= 100; id += 1) {
      refresher.change(change({ id }));
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(300);
    expect(rounds.length).toBeLessThanOrEqual(5);
    expect(new Set(rounds.flatMap((work) => [...work.runs])).size).toBe(100);
  });

  it('does nothing while nothing happens, and stops for good', async () => {
    const rounds: Work[] = [];
    const refresher = createRefresher(async (work) => void rounds.push(work));
    await vi.advanceTimersByTimeAsync(5000);
    expect(rounds).toEqual([]);
    refresher.everything();
    await vi.advanceTimersByTimeAsync(300);
    expect(rounds).toHaveLength(1);
    refresher.stop();
    refresher.everything();
    await vi.advanceTimersByTimeAsync(300);
    expect(rounds).toHaveLength(1);
  });
});

describe('merged', () => {
  it('replaces in place, and keeps the others as they are', () => {
    const list = [{ id: 1 }, { id: 2 }];
    const next = merged(list, { id: 2 });
    expect(next[0]).toBe(list[0]);
    expect(next[1]).not.toBe(list[1]);
    expect(merged(list, { id: 3 }).map((one) => one.id)).toEqual([3, 1, 2]);
  });
});
