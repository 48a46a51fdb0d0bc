import { forecastError } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';

describe('forecastError', () => {
  it('is the median of how far off the p50 was, early or late, and who kept within the p90', () => {
    const past = [
      { p50: 100, p90: 200, started: 90 },
      { p50: 100, p90: 200, started: 200 },
      { p50: 100, p90: 200, started: 201 },
    ];
    expect(forecastError(past)).toEqual({ count: 3, typical: 100, inTime: 2 });
  });

  it('says nothing before anything has happened', () => {
    expect(forecastError([])).toBeUndefined();
  });
});
