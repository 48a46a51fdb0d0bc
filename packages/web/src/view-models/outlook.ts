import type { FateView, ForecastView, LockRequestView, LockView, StageRef } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Board } from './board.ts';
import { runName } from './board.ts';
import { roughly } from './time.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What the forecast says of the requests of a lock, by the number of the request; nothing of those it cannot tell. */
export function outlooks(
  lock: LockView,
  forecast: ForecastView | undefined,
  on: Board,
  now: number,
): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  if (forecast === undefined) return told;
  const tell = (requests: readonly LockRequestView[], texts: ReadonlyMap<string, string>): void => {
    for (const request of requests) {
      const text = texts.get(keyOf(request.runId, request.nodeName, request.nodeAttempt));
      if (text !== undefined) told.set(String(request.requestId), text);
    }
  };
  tell(
    lock.holders,
    byStage(forecast.holders, (each) => end(each.p50, each.p90, now)),
  );
  tell(
    lock.waiters,
    byStage(forecast.waiters, (each) => start(each.p50, each.p90, on, now)),
  );
  return told;
}

/** A range of times from now on: `in 17–39 s`, `in 1 h – 2 d`, `at any moment` once it has passed. */
export function range(one: string, other: string, now: number): string {
  const [from = 0, to = 0] = [Date.parse(one) - now, Date.parse(other) - now].toSorted((a, b) => a - b);
  if (to <= 0) return 'at any moment';
  if (from < SECOND) return `within ${roughly(up(to))}`;
  const [least, most] = [roughly(from), roughly(up(to))];
  if (least === most) return `in about ${most}`;
  const [number, unit] = least.split(' ');
  return most.endsWith(` ${unit}`) ? `in ${number}–${most}` : `in ${least} – ${most}`;
}

/** Up to the next whole unit: a late end that is rounded down would promise too much. */
function up(span: number): number {
  const unit = span < MINUTE ? SECOND : span < HOUR ? MINUTE : HOUR;
  return Math.ceil(span / unit) * unit;
}

function end(p50: string | undefined, p90: string | undefined, now: number): string | undefined {
  return p50 === undefined || p90 === undefined ? undefined : `over ${range(p50, p90, now)}`;
}

function start(p50: FateView, p90: FateView, on: Board, now: number): string | undefined {
  if (p50.kind === 'starts' && p90.kind === 'starts') return `starts ${range(p50.at, p90.at, now)}`;
  const [usual, late] = [fate(p50, on, now), fate(p90, on, now)];
  if (usual === undefined) return undefined;
  if (p50.kind === p90.kind) return usual;
  return `${usual}; if holds are long, ${late ?? 'nobody can say'}`;
}

function fate(one: FateView, on: Board, now: number): string | undefined {
  switch (one.kind) {
    case 'starts':
      return `starts ${range(one.at, one.at, now)}`;
    case 'timesOut':
      return `gives up before its turn, ${range(one.at, one.at, now)}`;
    case 'superseded':
      return `gives way to run ${runName(on, one.byRunId)} ${range(one.at, one.at, now)}`;
    case 'ends':
      return `ends without the lock, ${range(one.at, one.at, now)}`;
    case 'unknown':
      return undefined;
  }
}

function byStage<T extends StageRef>(
  stages: readonly T[],
  text: (each: T) => string | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    stages.flatMap((each) => {
      const said = text(each);
      return said === undefined ? [] : [[keyOf(each.runId, each.stage, each.attempt), said] as const];
    }),
  );
}

function keyOf(run: number, stage: string, attempt: number): string {
  return `${run}/${attempt}/${fold(stage)}`;
}
