import type { Selectable } from 'kysely';
import type { JsonObject } from '../../port/catalogue.ts';
import type { ScheduleRow, Triggers, WatchedRow } from '../../port/triggers.ts';
import { row, rows } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';
import { addOccasions, occasions } from './occasions.ts';

/** Triggers over a database. */
export function triggers(runner: Runner): Triggers {
  return {
    ...occasions(runner),
    watched: (project, place) => runner.read(() => watched(runner, project, place)),
    advance: (step) => runner.write(() => advance(runner, step)),
    schedules: (filter) => runner.read(() => schedules(runner, filter)),
    setSchedules: (of, wanted, options) =>
      runner.write(() => setSchedules(runner, of, { wanted, anew: options?.anew ?? false })),
    fire: (schedule, step) => runner.write(() => fire(runner, schedule, step)),
    nextSchedule: () =>
      runner.read(function* () {
        const { db } = runner;
        const query = db.selectFrom('schedule').select('due').where('due', 'is not', null);
        return (yield* row(query.orderBy('due').limit(1)))?.due ?? undefined;
      }),
    forget: (definition) =>
      runner.write(function* () {
        yield* rows(runner.db.deleteFrom('schedule').where('definition', '=', definition));
        yield* rows(runner.db.deleteFrom('occasion').where('definition', '=', definition));
      }),
  };
}

function* watched(runner: Runner, project: number, place: string): Work<WatchedRow | undefined> {
  const query = runner.db.selectFrom('watched_repository').selectAll();
  const known = yield* row(query.where('project', '=', project).where('place', '=', place));
  if (known === undefined) return undefined;
  return {
    project,
    place,
    version: known.version,
    refs: JSON.parse(known.refs) as WatchedRow['refs'],
    definitions: JSON.parse(known.definitions) as WatchedRow['definitions'],
  };
}

function* advance(
  runner: Runner,
  { project, place, version, refs, definitions, occasions: made }: Parameters<Triggers['advance']>[0],
): Work<boolean> {
  const { db } = runner;
  const seen = { refs: JSON.stringify(refs), definitions: JSON.stringify(definitions), version: version + 1 };
  // The version stands in the statement itself, so that of two looks at once one loses.
  const moved =
    version === 0
      ? db
          .insertInto('watched_repository')
          .values({ project, place, ...seen })
          .onConflict((is) => is.columns(['project', 'place']).doNothing())
          .returning('version')
      : db
          .updateTable('watched_repository')
          .set(seen)
          .where('project', '=', project)
          .where('place', '=', place)
          .where('version', '=', version)
          .returning('version');
  if ((yield* row(moved)) === undefined) return false;
  yield* addOccasions(runner, made);
  return true;
}

function* schedules(
  runner: Runner,
  filter: Parameters<Triggers['schedules']>[0],
): Work<readonly ScheduleRow[]> {
  const all = runner.db.selectFrom('schedule').selectAll().where('due', 'is not', null);
  const query =
    'definition' in filter
      ? all.where('definition', '=', filter.definition)
      : all.where('due', '<=', filter.dueBy);
  return (yield* rows(query.orderBy('due').orderBy('id'))).flatMap(scheduleRow);
}

interface Wanted {
  readonly wanted: Parameters<Triggers['setSchedules']>[1];
  readonly anew: boolean;
}

function* setSchedules(
  runner: Runner,
  { project, definition, branch }: Parameters<Triggers['setSchedules']>[0],
  { wanted, anew }: Wanted,
): Work<void> {
  const { db } = runner;
  const known = yield* rows(
    db.selectFrom('schedule').selectAll().where('definition', '=', definition).where('branch', '=', branch),
  );
  const plans = wanted.map(({ plan, due }) => ({ plan: JSON.stringify(plan), due }));
  const kept = anew ? [] : known.filter(({ plan }) => plans.some((one) => one.plan === plan));
  const gone = known.filter((one) => !kept.includes(one)).map(({ id }) => id);
  if (gone.length > 0) yield* rows(db.deleteFrom('schedule').where('id', 'in', gone));
  for (const { plan, due } of plans) {
    if (kept.some((one) => one.plan === plan)) continue;
    yield* rows(db.insertInto('schedule').values({ project, definition, branch, plan, due }));
  }
}

function* fire(
  runner: Runner,
  { id, due }: Parameters<Triggers['fire']>[0],
  { next, occasion }: Parameters<Triggers['fire']>[1],
): Work<boolean> {
  const query = runner.db.updateTable('schedule').set({ due: next ?? null });
  const moved = yield* row(query.where('id', '=', id).where('due', '=', due).returning('id'));
  if (moved === undefined) return false;
  yield* addOccasions(runner, [occasion]);
  return true;
}

function scheduleRow(from: Selectable<Tables['schedule']>): readonly ScheduleRow[] {
  const { id, project, definition, branch, due } = from;
  if (due === null) return [];
  return [{ id, project, definition, branch, plan: JSON.parse(from.plan) as JsonObject, due }];
}
