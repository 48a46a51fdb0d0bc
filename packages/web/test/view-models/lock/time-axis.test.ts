import { describe, expect, it } from 'vitest';
import { timeAxis } from '../../../src/view-models/lock/time-axis.ts';
import { sampleForecast } from '../../harness/forecasts.ts';
import { lock, request } from '../../harness/locks.ts';
import { clockAt } from '../../harness/stages.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const CLOCK = clockAt(NOW);
const past = (runId: number, from: number, to: number, status: 'finished' | 'abandoned' = 'finished') =>
  request({ runId, status, assignTime: CLOCK.at(from), finishTime: CLOCK.at(to) });
const holder = request({ runId: 45, status: 'inUse', assignTime: CLOCK.at(200) });
const one = lock({ id: 1, holders: [holder] });

describe('timeAxis', () => {
  it('puts the past left of now, the holder across it and the coming to the right', () => {
    const { bars, now } = timeAxis(one, [past(40, 600, 300)], sampleForecast(CLOCK), NOW);
    expect(bars.map(({ kind }) => kind)).toEqual(['held', 'holding', 'coming', 'coming']);
    const [held, holding, coming] = bars;
    expect(held!.left + held!.width).toBeLessThanOrEqual(now);
    expect(holding!.left).toBeLessThan(now);
    expect(holding!.left + holding!.width).toBeGreaterThan(now);
    expect(coming!.left).toBeGreaterThanOrEqual(now);
  });

  it('keeps every bar and every mark on the axis', () => {
    const days = past(39, 90_000, 80_000);
    const { bars, ticks, lanes } = timeAxis(one, [past(40, 600, 300), days], sampleForecast(CLOCK), NOW);
    for (const { left, width, lane } of bars) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(1.01);
      expect(lane).toBeLessThan(lanes);
    }
    for (const { at } of ticks) expect(at >= 0 && at <= 1).toBe(true);
    expect(ticks.map(({ text }) => text)).toContain('−12 h');
  });

  it('gives bars that overlap different lanes', () => {
    const { bars } = timeAxis(one, [past(40, 600, 300), past(41, 500, 200)], undefined, NOW);
    const [first, second] = bars;
    expect(first!.lane).not.toBe(second!.lane);
  });

  it('leaves out who never held it, and says of a lost one that it was', () => {
    const never = request({ runId: 42, status: 'canceled', finishTime: CLOCK.at(10) });
    const { bars } = timeAxis(lock({ id: 1 }), [never, past(43, 100, 50, 'abandoned')], undefined, NOW);
    expect(bars.map(({ kind }) => kind)).toEqual(['lost']);
    expect(bars[0]!.text).toBe(
      'shop-web 20261122.43, Deploy held it for 50s, until 2026-11-22 09:59:10 UTC, and was abandoned.',
    );
  });
});
