import type { ForecastView, HolderForecastView, StartRange, WaiterForecastView } from '@signalbox/api';
import {
  forecast,
  forecastError,
  startByRate,
  type Forecast,
  type HolderForecast,
  type StageHolds,
  type WaiterForecast,
} from '@signalbox/engine';
import type { DefinitionId, LockId } from '@signalbox/model';
import type { ForecastRow, ProjectRow, Store } from '@signalbox/store';
import type { Ask } from '../../ask.ts';
import { each } from '../lock-shape.ts';
import { wireTime } from '../../shape/common.ts';
import { createExplainer, type Explainer } from '../explain.ts';
import { findLock } from '../find-lock.ts';
import { readHolds } from './read-holds.ts';
import { readMoment, type ReadMoment } from './read-moment.ts';
import { fateView, holdsView, stageRef } from './shape.ts';

/** Past forecasts that the recorded error counts. */
const ERRORS_COUNTED = 100;

/** Makes the forecast of a lock, and keeps it for those requests of which it is the first. */
export async function makeForecast(
  store: Store,
  project: ProjectRow,
  { moment, lock }: { readonly moment: ReadMoment; readonly lock: LockId },
): Promise<Forecast> {
  const told = forecast(moment, lock, await readHolds(store, project, moment));
  await store.forecasts.record(project.id, kept(told));
  return told;
}

/** Those of which a start was said; what is unknown is no forecast. */
function kept({ at, lock, waiters }: Forecast): readonly ForecastRow[] {
  return waiters.flatMap(({ bundle, p50, p90 }) =>
    p50.kind === 'starts' && p90.kind === 'starts' ? [{ lock, bundle, at, p50: p50.at, p90: p90.at }] : [],
  );
}

/** `GET locks/{id}/forecast`. */
export async function forecastLock(ask: Ask): Promise<ForecastView> {
  const project = await ask.project();
  const lock = await findLock(ask, project);
  const { store } = ask.app;
  const moment = await readMoment(store, project, { locks: [lock.id], now: ask.now });
  const told = await makeForecast(store, project, { moment, lock: lock.id });
  const shape = { moment, explain: createExplainer(store, project, ask.now) };
  const waitersTotal = await store.locks.waiting(project.id, lock.id);
  const error = forecastError(await store.forecasts.past(project.id, lock.id, ERRORS_COUNTED));
  const byRate = rateView(told, waitersTotal);
  return {
    lockId: lock.id,
    lockName: lock.name,
    at: wireTime(told.at),
    holders: await each(told.holders, (one) => holderView(shape, one)),
    waiters: await each(told.waiters, (one) => waiterView(shape, one)),
    waitersTotal,
    bounded: moment.bounded,
    ...(byRate !== undefined && { byRate }),
    unknown: await each(told.unknown, async ({ definition, stage }) => ({
      definitionId: definition,
      definitionName: await definitionName(shape, definition),
      stage,
    })),
    ...(error !== undefined && {
      error: { count: error.count, typicalSeconds: error.typical / 1000, inTime: error.inTime },
    }),
  };
}

function rateView({ rate, waiters }: Forecast, total: number): ForecastView['byRate'] {
  if (rate === undefined || total <= waiters.length) return undefined;
  const from = waiters.length + 1;
  const at = (position: number): StartRange => rangeByRate(rate, position);
  return { from, first: at(from), last: at(total) };
}

/** When the waiter at a position starts by the pace of the queue. */
export function rangeByRate(rate: NonNullable<Forecast['rate']>, position: number): StartRange {
  const { p50, p90 } = startByRate(rate, position);
  return { p50: wireTime(p50), p90: wireTime(p90) };
}

interface Shape {
  readonly moment: ReadMoment;
  readonly explain: Explainer;
}

async function holderView({ moment, explain }: Shape, holder: HolderForecast): Promise<HolderForecastView> {
  const { p50, p90, basis } = holder;
  const ref = await stageRef(explain.names, requesterOf(moment, holder.bundle));
  return {
    ...ref,
    ...(p50 !== undefined && { p50: wireTime(p50) }),
    ...(p90 !== undefined && { p90: wireTime(p90) }),
    ...(basis !== undefined && { basis: holdsView(ref.definitionName, basis) }),
  };
}

async function waiterView(shape: Shape, waiter: WaiterForecast): Promise<WaiterForecastView> {
  const { moment, explain } = shape;
  const basis = async (holds: StageHolds) => holdsView(await definitionName(shape, holds.definition), holds);
  return {
    ...(await stageRef(explain.names, requesterOf(moment, waiter.bundle))),
    position: waiter.position,
    p50: await fateView(explain, waiter.p50),
    p90: await fateView(explain, waiter.p90),
    basis: await each(waiter.basis, basis),
  };
}

function requesterOf({ rows }: ReadMoment, bundle: number): Parameters<typeof stageRef>[1] {
  const row = rows.bundles.get(bundle);
  if (row === undefined) throw new Error(`The forecast names the unknown request ${bundle}.`);
  return row.requester;
}

/** Any run of the pipeline knows its name. */
async function definitionName({ moment, explain }: Shape, definition: DefinitionId): Promise<string> {
  const row = [...moment.rows.bundles.values()].find(({ requester }) => requester.definition === definition);
  return row === undefined
    ? `pipeline ${definition}`
    : (await explain.names.run(row.requester.run)).definition;
}
