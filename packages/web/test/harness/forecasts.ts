import type { ForecastView, StageRef } from '@signalbox/api';
import type { Clock } from './stages.ts';

/** The forecast of the sample lock `production`. */
export function sampleForecast(clock: Clock): ForecastView {
  const starts = (seconds: number): { readonly kind: 'starts'; readonly at: string } => ({
    kind: 'starts',
    at: clock.at(-seconds),
  });
  return {
    lockId: 1,
    lockName: 'production',
    at: clock.at(0),
    holders: [{ ...stageRef(45), p50: clock.at(-17), p90: clock.at(-38) }],
    waiters: [
      { ...stageRef(46), position: 1, p50: starts(17), p90: starts(38), basis: [] },
      { ...stageRef(47), position: 2, p50: starts(190), p90: starts(400), basis: [] },
    ],
    waitersTotal: 2,
    bounded: false,
    unknown: [],
  };
}

/** The stage `Deploy` of a run. */
export function stageRef(runId: number): StageRef {
  const names = { definitionId: 1, definitionName: 'shop-web', stage: 'Deploy', attempt: 1 };
  return { runId, runNumber: `20261122.${runId}`, ...names };
}
