import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_ROWS, pagesOf, partInSight, rowAfter, scrolledTo } from '../../../src/view-models/lock/part.ts';

const sight = fc.record({
  rows: fc.integer({ min: 1, max: 100_000 }),
  rowHeight: fc.integer({ min: 20, max: 120 }),
  top: fc.integer({ min: 0, max: 2_000_000 }),
  height: fc.integer({ min: 0, max: 20_000 }),
});

describe('partInSight', () => {
  it('never draws more than its bound, and only rows that there are', () => {
    fc.assert(
      fc.property(sight, (seen) => {
        const { first, end } = partInSight(seen);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(seen.rows);
        expect(end - first).toBeLessThanOrEqual(MOST_ROWS);
        expect(end).toBeGreaterThan(first);
      }),
    );
  });

  it('draws every row that is seen of a window of usual height', () => {
    fc.assert(
      fc.property(sight, (given) => {
        const height = Math.min(given.height, 30 * given.rowHeight);
        const last = Math.max(0, given.rows * given.rowHeight - height);
        const seen = { ...given, height, top: Math.min(given.top, last) };
        const { first, end } = partInSight(seen);
        expect(first * seen.rowHeight).toBeLessThanOrEqual(seen.top);
        const bottom = Math.min(seen.top + height, seen.rows * seen.rowHeight);
        expect(end * seen.rowHeight).toBeGreaterThanOrEqual(bottom);
      }),
    );
  });
});

describe('pagesOf', () => {
  it.each([
    [{ first: 0, end: 30 }, [0]],
    [{ first: 95, end: 130 }, [0, 1]],
    [{ first: 100, end: 200 }, [1]],
    [{ first: 0, end: 0 }, []],
  ])('of %j are %j', (part, pages) => {
    expect(pagesOf(part, 100)).toEqual(pages);
  });
});

describe('rowAfter', () => {
  const seen = { rows: 10_000, rowHeight: 50, top: 0, height: 500 };
  it.each([
    ['ArrowDown', 5, 6],
    ['ArrowUp', 0, 0],
    ['PageDown', 5, 14],
    ['PageUp', 20, 11],
    ['Home', 700, 0],
    ['End', 0, 9_999],
    ['ArrowDown', 9_999, 9_999],
    ['x', 3, undefined],
  ])('%s from row %i leads to %s', (key, at, to) => {
    expect(rowAfter(key, at, seen)).toBe(to);
  });
});

describe('scrolledTo', () => {
  const seen = { rows: 100, rowHeight: 50, top: 200, height: 300 };
  it.each([
    [5, 200],
    [2, 100],
    [11, 300],
  ])('shows row %i at %i', (row, top) => {
    expect(scrolledTo(row, seen)).toBe(top);
  });
});
