import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLines, firstError, nextHit } from '../../../src/view-models/log/log-find.ts';
import { groupsOf, logRows } from '../../../src/view-models/log/log-rows.ts';
import { logWindow, MOST_ROWS, rowsDrawn, ROW } from '../../../src/view-models/log/log-window.ts';

describe('groupsOf', () => {
  it('finds groups inside of groups, with times and without', () => {
    const lines = [
      '2026-11-22T08:00:00.1234567Z ##[group]outer',
      '##[group]inner',
      'text',
      '##[endgroup]',
      '2026-11-22T08:00:00.1234567Z ##[endgroup]',
      '##[group]has no end',
    ];
    expect(groupsOf(lines)).toEqual([
      { first: 1, last: 5 },
      { first: 2, last: 4 },
    ]);
  });
});

describe('logRows', () => {
  const groups = [
    { first: 2, last: 5 },
    { first: 3, last: 4 },
    { first: 8, last: 9 },
  ];

  it.each([
    ['nothing closed', [], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['an outer group', [2], [1, 2, 6, 7, 8, 9, 10]],
    ['an outer and its inner group', [2, 3], [1, 2, 6, 7, 8, 9, 10]],
    ['an inner group and a later one', [3, 8], [1, 2, 3, 5, 6, 7, 8, 10]],
  ])('hides what closed groups hide: %s', (_, closed, shown) => {
    const rows = logRows(10, groups, new Set(closed));
    expect(Array.from({ length: rows.length }, (__, row) => rows.lineAt(row))).toEqual(shown);
  });

  it('finds the row of every line that is shown, and of a hidden one that of its group', () => {
    const rows = logRows(10, groups, new Set([2, 8]));
    for (let row = 0; row < rows.length; row += 1) expect(rows.rowOf(rows.lineAt(row))).toBe(row);
    expect(rows.rowOf(4)).toBe(rows.rowOf(2));
  });
});

describe('logWindow', () => {
  it('reaches every row of a log of any length, and draws few', () => {
    const lengths = fc.integer({ min: 1, max: 20_000_000 });
    const views = fc.integer({ min: 100, max: 3000 });
    fc.assert(
      fc.property(lengths, views, fc.double({ min: 0, max: 1, noNaN: true }), (rows, view, part) => {
        const { height, rowAt, scrollTo } = logWindow(rows, view);
        expect(height).toBeLessThanOrEqual(8_000_000);
        const last = Math.max(0, rows - view / ROW);
        const row = part * last;
        expect(Math.abs(rowAt(scrollTo(row)) - row)).toBeLessThan(0.01);
        expect(Math.abs(rowAt(Math.max(0, height - view)) - last)).toBeLessThan(0.01);
        const { from, to } = rowsDrawn(rows, row, view);
        expect(to - from).toBeLessThanOrEqual(MOST_ROWS);
        expect(from).toBeLessThanOrEqual(row);
        expect(to).toBeGreaterThanOrEqual(Math.min(rows, from + 1));
      }),
    );
  });
});

describe('searching a log', () => {
  const lines = ['one', 'Two', 'three two', '2026-11-22T08:00:00.1234567Z ##[error]no', 'TWO'];

  it('finds lines whatever the letter case, and nothing for nothing', () => {
    expect(findLines(lines, 'two')).toEqual([2, 3, 5]);
    expect(findLines(lines, '')).toEqual([]);
  });

  it('goes round', () => {
    const hits = [2, 3, 5];
    expect([nextHit(hits, 0, 1), nextHit(hits, 3, 1), nextHit(hits, 5, 1)]).toEqual([2, 5, 2]);
    expect([nextHit(hits, 0, -1), nextHit(hits, 3, -1)]).toEqual([5, 2]);
    expect(nextHit([], 1, 1)).toBeUndefined();
  });

  it('knows the first error', () => {
    expect(firstError(lines)).toBe(4);
    expect(firstError(['fine'])).toBeUndefined();
  });
});
