import { describe, expect, it } from 'vitest';
import { ago, elapsed, exactly, moment, passed, roughly } from '../../src/view-models/time.ts';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

describe('elapsed', () => {
  it.each([
    [0, '0s'],
    [59_999, '59s'],
    [M, '1m 00s'],
    [3 * M + 12 * S, '3m 12s'],
    [H, '1h 00m'],
    [23 * H + 59 * M, '23h 59m'],
    [3 * D + 4 * H, '3d 4h'],
  ])('shows %i ms as %s', (span, text) => {
    expect(elapsed(span)).toBe(text);
  });
});

describe('roughly', () => {
  it.each([
    [5 * S, '5 s'],
    [90 * S, '1 min'],
    [5 * H + 59 * M, '5 h'],
    [29.9 * D, '29 d'],
  ])('shows %i ms as %s', (span, text) => {
    expect(roughly(span)).toBe(text);
  });
});

describe('ago', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');

  it.each([
    ['2026-11-22T09:59:55Z', 'just now'],
    ['2026-11-22T09:56:00Z', '4 min ago'],
    ['2026-11-20T10:00:00Z', '2 d ago'],
    ['2026-11-22T10:00:09Z', 'just now'],
  ])('says when %s was', (time, text) => {
    expect(ago(time, now)).toBe(text);
  });

  it('never counts below nothing when the clocks differ', () => {
    expect(passed('2026-11-22T10:00:09Z', now)).toBe(0);
  });
});

describe('moment', () => {
  it('carries the exact time for the hover', () => {
    expect(moment('x', '2026-11-22T08:15:30.5Z')).toEqual({
      text: 'x',
      iso: '2026-11-22T08:15:30.5Z',
      exact: '2026-11-22 08:15:30 UTC',
    });
    expect(exactly('2026-11-22T08:15:30Z')).toBe('2026-11-22 08:15:30 UTC');
  });
});
