import type { Selectable } from 'kysely';
import type { JsonObject } from '../../port/catalogue.ts';
import type { NewOccasion, OccasionOutcome, OccasionRow, Triggers } from '../../port/triggers.ts';
import { row, rows } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

const LIST_DEFAULT = 100;

/** Occasions over a database. */
export function occasions(
  runner: Runner,
): Pick<Triggers, 'add' | 'take' | 'waiting' | 'report' | 'postpone' | 'nextDue' | 'list' | 'prune'> {
  return {
    add: (made) => runner.write(() => addOccasions(runner, made)),
    take: (options) => runner.write(() => take(runner, options)),
    waiting: (definition, lane) =>
      runner.read(function* () {
        const query = open(runner).where('definition', '=', definition).where('lane', '=', lane);
        return (yield* rows(query.orderBy('id'))).map(occasionRow);
      }),
    report: (id, outcome) => runner.write(() => report(runner, id, outcome)),
    postpone: (id, after) =>
      runner.write(function* () {
        const query = runner.db.updateTable('occasion').set({ due: runner.clock() + after });
        yield* rows(query.where('id', '=', id).where('ended_at', 'is', null));
      }),
    nextDue: () => runner.read(() => nextDue(runner)),
    list: (project, filter) => runner.read(() => list(runner, project, filter ?? {})),
    prune: (options) => runner.write(() => prune(runner, options)),
  };
}

function open({ db }: Runner) {
  return db.selectFrom('occasion').selectAll().where('ended_at', 'is', null);
}

/** Writes occasions; those that are known already stay as they are. */
export function* addOccasions(runner: Runner, made: readonly NewOccasion[]): Work<void> {
  const now = runner.clock();
  for (const { project, definition, key, lane, body } of made) {
    const times = { attempts: 0, created_at: now, due: now };
    const columns = { project, definition, key, lane, body: JSON.stringify(body), ...times };
    const query = runner.db.insertInto('occasion').values(columns);
    yield* rows(query.onConflict((is) => is.columns(['definition', 'key']).doNothing()));
  }
}

function* take(
  runner: Runner,
  { limit, lease }: Parameters<Triggers['take']>[0],
): Work<readonly OccasionRow[]> {
  const now = runner.clock();
  const ready = yield* rows(
    runner.db
      .selectFrom('occasion as one')
      .select('one.id')
      .where('one.ended_at', 'is', null)
      .where('one.due', '<=', now)
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('occasion as other')
              .select('other.id')
              .whereRef('other.definition', '=', 'one.definition')
              .whereRef('other.lane', '=', 'one.lane')
              .where('other.ended_at', 'is', null)
              .whereRef('other.id', '<', 'one.id'),
          ),
        ),
      )
      .orderBy('one.id')
      .limit(limit),
  );
  if (ready.length === 0) return [];
  const taken = yield* rows(
    runner.db
      .updateTable('occasion')
      .set((is) => ({ due: now + lease, attempts: is('attempts', '+', 1) }))
      .where(
        'id',
        'in',
        ready.map(({ id }) => id),
      )
      // Looked at again: another replica may have been faster.
      .where('ended_at', 'is', null)
      .where('due', '<=', now)
      .returningAll(),
  );
  return taken.map(occasionRow).sort((a, b) => a.id - b.id);
}

function* report(runner: Runner, id: number, outcome: OccasionOutcome): Work<void> {
  const now = runner.clock();
  const change = { outcome: JSON.stringify(outcome), ended_at: now, due: now };
  const query = runner.db.updateTable('occasion').set(change).where('id', '=', id);
  yield* rows(query.where('ended_at', 'is', null));
}

function* nextDue(runner: Runner): Work<number | undefined> {
  // One behind another of its lane is due when that one is, or after it.
  const query = runner.db.selectFrom('occasion as one').select('one.due').where('one.ended_at', 'is', null);
  const first = query.where((is) =>
    is.not(
      is.exists(
        is
          .selectFrom('occasion as other')
          .select('other.id')
          .whereRef('other.definition', '=', 'one.definition')
          .whereRef('other.lane', '=', 'one.lane')
          .where('other.ended_at', 'is', null)
          .whereRef('other.id', '<', 'one.id'),
      ),
    ),
  );
  return (yield* row(first.orderBy('one.due').limit(1)))?.due;
}

function* list(
  runner: Runner,
  project: number,
  { definition, limit = LIST_DEFAULT }: NonNullable<Parameters<Triggers['list']>[1]>,
): Work<readonly OccasionRow[]> {
  let query = runner.db.selectFrom('occasion').selectAll().where('project', '=', project);
  if (definition !== undefined) query = query.where('definition', '=', definition);
  return (yield* rows(query.orderBy('id', 'desc').limit(limit))).map(occasionRow);
}

function* prune(runner: Runner, { endedBefore, limit }: Parameters<Triggers['prune']>[0]): Work<number> {
  const { db } = runner;
  const old = db.selectFrom('occasion').select('id').where('ended_at', '<', endedBefore).limit(limit);
  return (yield* rows(db.deleteFrom('occasion').where('id', 'in', old).returning('id'))).length;
}

function occasionRow(from: Selectable<Tables['occasion']>): OccasionRow {
  const { id, project, definition, key, lane, attempts, due, created_at: createdAt, outcome } = from;
  return {
    id,
    project,
    definition,
    key,
    lane,
    body: JSON.parse(from.body) as JsonObject,
    attempts,
    createdAt,
    due,
    ...(outcome !== null && { outcome: JSON.parse(outcome) as OccasionOutcome }),
  };
}
