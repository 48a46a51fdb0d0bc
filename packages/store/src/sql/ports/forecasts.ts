import type { BundleRow } from '@signalbox/engine';
import { fold, type LockId, type Millis, type ProjectId } from '@signalbox/model';
import { sql } from 'kysely';
import { holdOf } from '../../past-holds.ts';
import type { ForecastRow, Forecasts, PastForecast } from '../../port/forecasts.ts';
import { rows } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Past holds and past forecasts, in a database. */
export function forecasts(runner: Runner): Forecasts {
  return {
    holds: (project, stage, limit) => runner.read(() => holds(runner, { project, ...stage }, limit)),
    record: (project, made) => runner.write(() => record(runner, project, made)),
    past: (project, lock, limit) => runner.read(() => past(runner, { project, lock }, limit)),
  };
}

/** A bundle with several locks is one hold. The states are literal, so that the partial index fits. */
function* holds(
  runner: Runner,
  { project, definition, stage }: { readonly project: ProjectId } & Parameters<Forecasts['holds']>[1],
  limit: number,
): Work<readonly Millis[]> {
  const latest = runner.db
    .selectFrom('lock_request')
    .select(['bundle', 'finish_time'])
    .distinct()
    .where('project', '=', project)
    .where('definition', '=', definition)
    .where('stage', '=', fold(stage))
    .where(sql<boolean>`state = 'ended' AND token IS NOT NULL`)
    .orderBy('finish_time', 'desc')
    .orderBy('bundle', 'desc')
    .limit(limit)
    .as('latest');
  const found = yield* rows(
    runner.db
      .selectFrom(latest)
      .innerJoin('bundle', (join) =>
        join.onRef('bundle.id', '=', 'latest.bundle').on('bundle.project', '=', project),
      )
      .select('bundle.doc')
      .orderBy('latest.finish_time', 'desc')
      .orderBy('latest.bundle', 'desc'),
  );
  return found.flatMap(({ doc }) => holdOf(JSON.parse(doc) as BundleRow));
}

function* record(runner: Runner, project: ProjectId, made: readonly ForecastRow[]): Work<void> {
  if (made.length === 0) return;
  yield* rows(
    runner.db
      .insertInto('forecast')
      .values(made.map(({ lock, bundle, at, p50, p90 }) => ({ project, lock, bundle, at, p50, p90 })))
      .onConflict((conflict) => conflict.columns(['project', 'lock', 'bundle']).doNothing()),
  );
}

function* past(
  runner: Runner,
  { project, lock }: { readonly project: ProjectId; readonly lock: LockId },
  limit: number,
): Work<readonly PastForecast[]> {
  const found = yield* rows(
    runner.db
      .selectFrom('forecast')
      .innerJoin('bundle', (join) =>
        join.onRef('bundle.project', '=', 'forecast.project').onRef('bundle.id', '=', 'forecast.bundle'),
      )
      .select([
        'forecast.lock',
        'forecast.bundle',
        'forecast.at',
        'forecast.p50',
        'forecast.p90',
        'bundle.doc',
      ])
      .where('forecast.project', '=', project)
      .where('forecast.lock', '=', lock)
      .orderBy('forecast.bundle', 'desc')
      .limit(limit),
  );
  return found.flatMap(({ doc, ...row }) => {
    const { assignTime: started } = JSON.parse(doc) as BundleRow;
    return started === undefined ? [] : [{ ...row, started }];
  });
}
