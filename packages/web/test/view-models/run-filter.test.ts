import { describe, expect, it } from 'vitest';
import type { RunFilter } from '../../src/view-models/run-filter.ts';
import { filterRuns, isFiltering, NO_FILTER, pipelinesOf } from '../../src/view-models/run-filter.ts';
import { sampleRuns } from '../harness/runs.ts';
import { clockAt } from '../harness/stages.ts';

const runs = sampleRuns(clockAt(Date.parse('2026-11-22T10:00:00Z')));

describe('filterRuns', () => {
  const cases: readonly (readonly [Partial<RunFilter>, readonly number[]])[] = [
    [{}, [48, 47, 46, 45, 44, 43, 42]],
    [{ state: 'active' }, [48, 47, 46, 45]],
    [{ state: 'waiting' }, [47, 46]],
    [{ state: 'succeeded' }, [42]],
    [{ state: 'failed' }, [43]],
    [{ state: 'canceled' }, [44]],
    [{ definition: 2 }, [47, 45, 42]],
    [{ text: 'grace' }, [48, 44]],
    [{ text: 'GRACE  vouchers' }, [48]],
    [{ text: 'express-checkout' }, [43]],
    [{ text: 'smoke', state: 'active' }, [45]],
    [{ text: 'nothing like it' }, []],
  ];

  it.each(cases)('with %j', (part, ids) => {
    expect(filterRuns(runs.toReversed(), { ...NO_FILTER, ...part }).map((run) => run.id)).toEqual(ids);
  });
});

describe('isFiltering', () => {
  it('does not count blanks', () => {
    expect(isFiltering({ ...NO_FILTER, text: '  ' })).toBe(false);
    expect(isFiltering({ ...NO_FILTER, state: 'failed' })).toBe(true);
  });
});

describe('pipelinesOf', () => {
  it('names each pipeline once', () => {
    expect(pipelinesOf(runs).map((pipeline) => pipeline.name)).toEqual(['billing-api', 'shop-web']);
  });
});
