import { fold, type PoolId, type ProjectId } from '@signalbox/model';
import type { PoolRow, Pools, QueueRow } from '../../port/catalogue.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Pools and queues over a database. */
export function pools(runner: Runner): Pools {
  return {
    upsert: (name) => runner.write(() => upsert(runner, name)),
    get: (id) => runner.read(() => get(runner, id)),
    find: (name) => runner.read(() => find(runner, name)),
    list: () => runner.read(() => list(runner)),
    rename: (id, name) => runner.write(() => rename(runner, id, name)),
    remove: (id) => runner.write(() => remove(runner, id)),
    upsertQueue: (project, pool) => runner.write(() => upsertQueue(runner, project, pool)),
    queues: (project) => runner.read(() => queues(runner, project)),
    removeQueue: (project, id) => runner.write(() => removeQueue(runner, project, id)),
  };
}

function* upsert(runner: Runner, name: string): Work<PoolRow> {
  // Insert first, then look: whoever comes second waits for the first and finds its row.
  yield* rows(
    runner.db
      .insertInto('pool')
      .values({ name, folded: fold(name), created_at: runner.clock() })
      .onConflict((conflict) => conflict.column('folded').doNothing()),
  );
  return found(yield* find(runner, name), `pool ${name}`);
}

function* get(runner: Runner, id: PoolId): Work<PoolRow | undefined> {
  const known = yield* row(runner.db.selectFrom('pool').selectAll().where('id', '=', id));
  return known && poolRow(known);
}

function* find(runner: Runner, name: string): Work<PoolRow | undefined> {
  const known = yield* row(runner.db.selectFrom('pool').selectAll().where('folded', '=', fold(name)));
  return known && poolRow(known);
}

function* list(runner: Runner): Work<readonly PoolRow[]> {
  const known = yield* rows(runner.db.selectFrom('pool').selectAll().orderBy('folded'));
  return known.map(poolRow);
}

function* rename(runner: Runner, id: PoolId, name: string): Work<PoolRow> {
  const query = runner.db
    .updateTable('pool')
    .set({ name, folded: fold(name) })
    .where('id', '=', id)
    .returningAll();
  return poolRow(found(yield* named(runner, `a pool ${name}`, row(query)), `pool ${id}`));
}

function* remove(runner: Runner, id: PoolId): Work<boolean> {
  const { db } = runner;
  // Tokens that ended stay, because the list tells of them; they name no pool any more.
  yield* rows(db.updateTable('token').set({ pool: null }).where('pool', '=', id));
  yield* rows(db.deleteFrom('queue').where('pool', '=', id));
  yield* rows(db.deleteFrom('job_request').where('pool', '=', id));
  return (yield* row(db.deleteFrom('pool').where('id', '=', id).returning('id'))) !== undefined;
}

function* removeQueue(runner: Runner, project: ProjectId, id: number): Work<boolean> {
  const query = runner.db
    .deleteFrom('queue')
    .where('project', '=', project)
    .where('id', '=', id)
    .returning('id');
  return (yield* row(query)) !== undefined;
}

function* upsertQueue(runner: Runner, project: ProjectId, pool: PoolId): Work<QueueRow> {
  yield* rows(
    runner.db
      .insertInto('queue')
      .values({ project, pool })
      .onConflict((conflict) => conflict.columns(['project', 'pool']).doNothing()),
  );
  const all = yield* queues(runner, project);
  return found(
    all.find((queue) => queue.pool === pool),
    `queue for pool ${pool}`,
  );
}

function* queues(runner: Runner, project: ProjectId): Work<readonly QueueRow[]> {
  return yield* rows(
    runner.db
      .selectFrom('queue')
      .innerJoin('pool', 'pool.id', 'queue.pool')
      .select(['queue.id', 'queue.project', 'queue.pool', 'pool.name'])
      .where('queue.project', '=', project)
      .orderBy('pool.folded'),
  );
}

function poolRow(from: { id: number; name: string; created_at: number }): PoolRow {
  return { id: from.id, name: from.name, createdAt: from.created_at };
}
