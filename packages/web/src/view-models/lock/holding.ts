import type { ForecastView, LockRequestView } from '@signalbox/api';
import { fold } from '@signalbox/model';
import { counted } from '../names.ts';
import { elapsed, passed } from '../time.ts';

/** How far a holder is, measured by how long its stage held before. */
export interface Holding {
  /** From 0 to 1; absent: nothing is known to measure it by. */
  readonly done?: number;
  /** `3m 12s of about 4m 00s; …`. */
  readonly text: string;
}

/** How long a holder has held, and how long its stage usually does. */
export function holding(request: LockRequestView, forecast: ForecastView | undefined, now: number): Holding {
  const since = passed(request.assignTime ?? request.queueTime, now);
  const basis = forecast?.holders.find(
    ({ runId, stage, attempt }) =>
      runId === request.runId && fold(stage) === fold(request.nodeName) && attempt === request.nodeAttempt,
  )?.basis;
  if (basis === undefined)
    return { text: `${elapsed(since)}; its stage has no past that says how long it takes.` };
  const [half, most] = [basis.p50Seconds * 1000, basis.p90Seconds * 1000];
  const late = since > most ? ', longer than usual' : '';
  return {
    done: half === 0 ? 1 : Math.min(1, since / half),
    text: `${elapsed(since)} of about ${elapsed(half)}${late}. Half of the last ${counted(basis.count, 'time')} took at most that, nine in ten at most ${elapsed(most)}.`,
  };
}

/** How good the forecasts of a lock are, and what they cannot tell; nothing where there is no forecast. */
export function forecastNotes(forecast: ForecastView | undefined, now: number): readonly string[] {
  if (forecast === undefined) return [];
  const { error, unknown, byRate } = forecast;
  return [
    ...(error === undefined
      ? []
      : [
          `Forecasts here were usually off by ${elapsed(error.typicalSeconds * 1000)}; ${error.inTime} of the last ${error.count} were in time.`,
        ]),
    ...unknown.map(
      ({ definitionName, stage }) =>
        `${stage} of ${definitionName} has no past yet; who stands behind it cannot be forecast.`,
    ),
    ...(byRate === undefined
      ? []
      : [
          `From number ${byRate.from} on the pace of the line counts alone: the last starts in about ${elapsed(Math.max(0, Date.parse(byRate.last.p50) - now))} to ${elapsed(Math.max(0, Date.parse(byRate.last.p90) - now))}.`,
        ]),
  ];
}
