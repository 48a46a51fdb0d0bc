import type { FateView, ForecastView, LockRequestView, LockView, WireTime } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Moment } from '../time.ts';
import { elapsed, exactly, moment, roughly } from '../time.ts';
import { range } from '../outlook.ts';

/** A bar of the axis; `left` and `width` are shares of the whole axis, from 0 to 1. */
export interface Bar {
  readonly key: string;
  readonly kind: 'held' | 'lost' | 'holding' | 'coming';
  readonly lane: number;
  readonly left: number;
  readonly width: number;
  /** Absent where the bar has no room for it. */
  readonly label?: string;
  /** The whole story in one sentence, for the hover and for those who do not see the bar. */
  readonly text: string;
}

/** A mark below the axis. */
export interface Tick {
  readonly at: number;
  readonly text: string;
  readonly exact: Moment;
}

/** What was at a lock and what is to come; the past is to the left of `now`, a share of the whole. */
export interface TimeAxis {
  readonly bars: readonly Bar[];
  readonly lanes: number;
  readonly ticks: readonly Tick[];
  readonly now: number;
}

/** Where now is: the past is known, so the future gets more room. */
const NOW = 0.45;
const PAST = 12;
const COMING = 8;
const LEAST_SPAN = 5 * 60_000;
const MOST_LANES = 6;
/** A bar that lasted no time is drawn so wide, so that it is seen. */
const LEAST_WIDTH = 0.006;
/** A bar that is narrower has no room for its label. */
const ROOM = 0.12;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440, 2880, 10_080, 43_200].map((m) => m * 60_000);

interface Span {
  readonly key: string;
  readonly kind: Bar['kind'];
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly text: string;
}

/** Draws the latest holds, the holders, and the forecast of those who wait. */
export function timeAxis(
  lock: LockView,
  history: readonly LockRequestView[],
  forecast: ForecastView | undefined,
  now: number,
): TimeAxis {
  const past = history.flatMap(pastSpan).slice(0, PAST);
  const present = lock.holders.map((one) => holderSpan(one, forecast, now));
  const coming = (forecast?.waiters ?? []).slice(0, COMING).flatMap((one) => comingSpan(one, now));
  const spans = [...past.toReversed(), ...present, ...coming];
  const back = Math.max(LEAST_SPAN, ...spans.map(({ from }) => now - from));
  const ahead = Math.max(LEAST_SPAN, ...spans.map(({ to }) => to - now));
  const place = (at: number): number =>
    at <= now ? NOW * (1 - (now - at) / back) : NOW + (1 - NOW) * ((at - now) / ahead);
  return {
    ...laidOut(spans, place),
    now: NOW,
    ticks: [...ticks(-back, now, place), ...ticks(ahead, now, place)],
  };
}

function pastSpan(one: LockRequestView): readonly Span[] {
  const { assignTime, finishTime } = one;
  if (assignTime === undefined || finishTime === undefined) return [];
  const [from, to] = [Date.parse(assignTime), Date.parse(finishTime)];
  const ended = badEnd(one);
  return [
    {
      ...named(one),
      kind: ended === undefined ? 'held' : 'lost',
      from,
      to,
      text: `${fullName(one)} held it for ${elapsed(to - from)}, until ${exactly(finishTime)}${ended === undefined ? '' : `, and ${ended}`}.`,
    },
  ];
}

/** How a holder ended that did not end well; undefined: it did. */
function badEnd({ status, result }: LockRequestView): string | undefined {
  if (status === 'abandoned' || result === 'abandoned') return 'was abandoned';
  if (result === 'failed') return 'failed';
  return status !== 'finished' || result === 'canceled' ? 'was canceled' : undefined;
}

function holderSpan(one: LockRequestView, forecast: ForecastView | undefined, now: number): Span {
  const from = Date.parse(one.assignTime ?? one.queueTime);
  const found = forecast?.holders.find(
    ({ runId, stage, attempt }) =>
      runId === one.runId && fold(stage) === fold(one.nodeName) && attempt === one.nodeAttempt,
  );
  const end = found?.p90 ?? found?.p50;
  const over =
    found?.p50 === undefined || found.p90 === undefined
      ? 'nobody can say for how long'
      : `over ${range(found.p50, found.p90, now)}`;
  return {
    ...named(one),
    kind: 'holding',
    from: Math.min(from, now),
    to: Math.max(now, end === undefined ? now : Date.parse(end)),
    text: `${fullName(one)} has held it for ${elapsed(Math.max(0, now - from))}, ${over}.`,
  };
}

function comingSpan(one: ForecastView['waiters'][number], now: number): readonly Span[] {
  const [from, to] = [startOf(one.p50), startOf(one.p90)];
  if (from === undefined || to === undefined) return [];
  const [first, last] = [from, to].toSorted();
  const name = `${one.definitionName} ${one.runNumber}, ${one.stage}`;
  return [
    {
      key: `c${one.runId}/${one.stage}/${one.attempt}`,
      kind: 'coming',
      from: Math.max(now, Date.parse(first ?? from)),
      to: Math.max(now, Date.parse(last ?? to)),
      label: one.runNumber,
      text: `${name}, number ${one.position}, starts ${range(from, to, now)}.`,
    },
  ];
}

function startOf(fate: FateView): WireTime | undefined {
  return fate.kind === 'starts' ? fate.at : undefined;
}

/** Each bar gets the first lane in which nothing is in its way. */
function laidOut(spans: readonly Span[], place: (at: number) => number): Pick<TimeAxis, 'bars' | 'lanes'> {
  const ends: number[] = [];
  const bars = spans.map(({ from, to, label, ...rest }): Bar => {
    const left = Math.max(0, place(from));
    const width = Math.max(LEAST_WIDTH, place(to) - left);
    const free = ends.findIndex((end) => end <= left);
    const lane = free === -1 ? Math.min(ends.length, MOST_LANES - 1) : free;
    ends[lane] = left + width;
    return { ...rest, lane, left, width, ...(width >= ROOM && { label }) };
  });
  return { bars, lanes: Math.max(1, ends.length) };
}

/** At most three marks of whole steps on one side of now. */
function ticks(span: number, now: number, place: (at: number) => number): readonly Tick[] {
  const length = Math.abs(span);
  const step = STEPS.find((one) => length / one < 4) ?? length / 3;
  return [1, 2, 3]
    .map((count) => count * step)
    .filter((distance) => distance <= length)
    .map((distance) => {
      const at = now + Math.sign(span) * distance;
      const text = span < 0 ? `−${roughly(distance)}` : `+${roughly(distance)}`;
      return { at: place(at), text, exact: moment(text, new Date(at).toISOString()) };
    });
}

function named(one: LockRequestView): Pick<Span, 'key' | 'label'> {
  return { key: `r${one.requestId}`, label: one.caller ?? one.runNumber };
}

function fullName({ caller, definitionName, runNumber, nodeName }: LockRequestView): string {
  return caller === undefined ? `${definitionName} ${runNumber}, ${nodeName}` : `${caller}, ${nodeName}`;
}
