import type { BundleId, Instant, LockId, Millis } from '@signalbox/model';
import type { BundleRow } from '../interlocking/rows.ts';
import { compareBundles } from '../interlocking/order.ts';
import { isWaiting } from '../interlocking/waiting.ts';
import { stageKeyOf, summaryOf, type HoldsOf, type StageHolds, type StageName } from './holds.ts';
import { runForward, type Fate, type World } from './run-forward.ts';
import type { Moment } from './what-if.ts';

/** Waiters of one lock that a forecast or a what-if looks at; those behind get a rate (QUEUEING §3). */
export const MAX_SIMULATED = 500;

/** When those who wait at a lock may start, and on what grounds. */
export interface Forecast {
  readonly at: Instant;
  readonly lock: LockId;
  /** By slot. */
  readonly holders: readonly HolderForecast[];
  /** In policy order. */
  readonly waiters: readonly WaiterForecast[];
  /** Stages without a past that says when they end: what stands behind them cannot be forecast. */
  readonly unknown: readonly StageName[];
  /** How fast the queue moves, for those behind the ones looked at; absent when nobody moves. */
  readonly rate?: Rate;
}

/** When a holder ends, if its hold is as long as half (nine in ten) of those of its stage that lasted so long. */
export interface HolderForecast {
  readonly bundle: BundleId;
  readonly p50?: Instant;
  readonly p90?: Instant;
  /** Absent: the stage has no past. */
  readonly basis?: StageHolds;
}

/** What becomes of a waiter if every hold is as long as half, and if every one is as long as nine in ten. */
export interface WaiterForecast {
  readonly bundle: BundleId;
  readonly position: number;
  readonly p50: Fate;
  readonly p90: Fate;
  /** The stages whose holds have to end first. */
  readonly basis: readonly StageHolds[];
}

/** A queue that moves by one every so long, counted from where the waiters that were looked at end. */
export interface Rate {
  readonly p50: Pace;
  readonly p90: Pace;
}

/** The last of `count` waiters leaves the queue at `last`; one leaves every `interval`. */
export interface Pace {
  readonly count: number;
  readonly last: Instant;
  readonly interval: Millis;
}

/**
 * Runs the queue of a lock forward twice, once with holds as long as the median of their stage's past and once with
 * holds as long as nine in ten (QUEUEING §3). The same moment and past give the same forecast, to the millisecond.
 */
export function forecast(moment: Moment, lock: LockId, holdsOf: HoldsOf): Forecast {
  const worlds = { p50: runForward(moment, holdsOf, 0.5), p90: runForward(moment, holdsOf, 0.9) };
  const here = [...moment.rows.bundles.values()].filter((one) => one.requests.some((at) => at.lock === lock));
  const waiting = here.filter(isWaiting).toSorted(compareBundles);
  const slot = (one: BundleRow): number => one.requests.find((at) => at.lock === lock)?.slot ?? 0;
  const holders = here.filter(({ status }) => status === 'inUse').toSorted((a, b) => slot(a) - slot(b));
  const unknown = new Map(
    [...worlds.p50.unknown, ...worlds.p90.unknown].map((stage) => [stageKeyOf(stage), stage]),
  );
  const rate = rateOf(worlds, waiting, moment.now);
  return {
    at: moment.now,
    lock,
    holders: holders.map((bundle) => holderForecast(bundle, worlds, holdsOf)),
    waiters: waiting.map((bundle, index) => waiterForecast(bundle, index + 1, { worlds, holdsOf })),
    unknown: [...unknown.values()],
    ...(rate !== undefined && { rate }),
  };
}

interface Worlds {
  readonly p50: World;
  readonly p90: World;
}

function holderForecast({ id, requester }: BundleRow, worlds: Worlds, holdsOf: HoldsOf): HolderForecast {
  const p50 = worlds.p50.ends.get(id);
  const p90 = worlds.p90.ends.get(id);
  const basis = summaryOf(requester, holdsOf(requester));
  return {
    bundle: id,
    ...(p50 !== undefined && { p50 }),
    ...(p90 !== undefined && { p90 }),
    ...(basis !== undefined && { basis }),
  };
}

function waiterForecast(
  { id }: BundleRow,
  position: number,
  { worlds, holdsOf }: { readonly worlds: Worlds; readonly holdsOf: HoldsOf },
): WaiterForecast {
  const p50 = worlds.p50.courses.get(id);
  const p90 = worlds.p90.courses.get(id);
  const stages = new Map(
    [...(p50?.basis ?? []), ...(p90?.basis ?? [])].map((stage) => [stageKeyOf(stage), stage]),
  );
  return {
    bundle: id,
    position,
    p50: p50?.fate ?? NOTHING_KNOWN,
    p90: p90?.fate ?? NOTHING_KNOWN,
    basis: [...stages.values()].flatMap((stage) => summaryOf(stage, holdsOf(stage)) ?? []),
  };
}

const NOTHING_KNOWN: Fate = { kind: 'unknown', because: [] };

function rateOf(worlds: Worlds, waiting: readonly BundleRow[], now: Instant): Rate | undefined {
  const p50 = paceOf(worlds.p50, waiting, now);
  const p90 = paceOf(worlds.p90, waiting, now);
  return p50 && p90 && { p50, p90 };
}

/** Undefined when somebody is stuck: then nobody can say when those behind come to their turn. */
function paceOf({ courses }: World, waiting: readonly BundleRow[], now: Instant): Pace | undefined {
  const left = waiting.map(({ id }) => courses.get(id)?.fate ?? NOTHING_KNOWN);
  const times = left.flatMap((fate) => (fate.kind === 'unknown' ? [] : [fate.at]));
  if (times.length === 0 || times.length < left.length) return undefined;
  const last = Math.max(...times);
  return { count: times.length, last, interval: (last - now) / times.length };
}

/** When the waiter at a position behind those that were looked at may start, by the pace of the queue alone. */
export function startByRate(
  { p50, p90 }: Rate,
  position: number,
): { readonly p50: Instant; readonly p90: Instant } {
  const at = ({ count, last, interval }: Pace): Instant =>
    Math.round(last + Math.max(0, position - count) * interval);
  return { p50: at(p50), p90: at(p90) };
}
