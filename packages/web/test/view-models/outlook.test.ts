import type { FateView, ForecastView, LockView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { board } from '../../src/view-models/board.ts';
import { outlooks, range } from '../../src/view-models/outlook.ts';
import { sampleForecast, stageRef } from '../harness/forecasts.ts';
import { lock, request, sampleLocks } from '../harness/locks.ts';
import { sampleRuns } from '../harness/runs.ts';
import { clockAt } from '../harness/stages.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const CLOCK = clockAt(NOW);
const on = board(sampleRuns(CLOCK), []);

describe('range', () => {
  it.each([
    [17, 39, 'in 17–39 s'],
    [39, 17, 'in 17–39 s'],
    [30, 30, 'in about 30 s'],
    [0, 39, 'within 39 s'],
    [-20, 39, 'within 39 s'],
    [-20, -1, 'at any moment'],
    [40, 200, 'in 40 s – 4 min'],
    [190, 400, 'in 3–7 min'],
    [3600, 5 * 3600, 'in 1–5 h'],
  ])('of %i s to %i s is "%s"', (from, to, text) => {
    expect(range(CLOCK.at(-from), CLOCK.at(-to), NOW)).toBe(text);
  });
});

describe('outlooks', () => {
  const waiter = request({ runId: 46 });
  const one = lock({ id: 1, waiters: [waiter] });
  const told = (of: LockView, p50: FateView, p90: FateView): string | undefined => {
    const forecast: ForecastView = {
      ...sampleForecast(CLOCK),
      waiters: [{ ...stageRef(46), stage: 'deploy', position: 1, p50, p90, basis: [] }],
    };
    return outlooks(of, forecast, on, NOW).get(String(waiter.requestId));
  };
  const starts = { kind: 'starts', at: CLOCK.at(-60) } as const;
  const unknown = { kind: 'unknown', because: [] } as const;

  it('says when holders are over and waiters start', () => {
    const [production] = sampleLocks(CLOCK, NOW);
    expect([...outlooks(production!, sampleForecast(CLOCK), on, NOW)]).toEqual([
      ['450', 'over in 17–38 s'],
      ['460', 'starts in 17–38 s'],
      ['470', 'starts in 3–7 min'],
    ]);
  });

  it('says nothing without a forecast, and nothing of those that the server cannot tell', () => {
    expect(outlooks(one, undefined, on, NOW).size).toBe(0);
    expect(told(one, unknown, unknown)).toBeUndefined();
  });

  it('says what else may come of a waiter', () => {
    const timesOut = { kind: 'timesOut', at: CLOCK.at(-120) } as const;
    const superseded = { kind: 'superseded', at: CLOCK.at(-120), byRunId: 47 } as const;
    expect(told(one, timesOut, timesOut)).toBe('gives up before its turn, in about 2 min');
    expect(told(one, superseded, superseded)).toBe('gives way to run 20261122.47 in about 2 min');
    expect(told(one, starts, timesOut)).toBe(
      'starts in about 1 min; if holds are long, gives up before its turn, in about 2 min',
    );
    expect(told(one, starts, unknown)).toBe('starts in about 1 min; if holds are long, nobody can say');
  });

  it('does not take the forecast of another attempt', () => {
    const retried = lock({ id: 1, waiters: [{ ...waiter, nodeAttempt: 2 }] });
    expect(told(retried, starts, starts)).toBeUndefined();
  });
});
