import { fold, type EnvironmentId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { MachineRow, Machines } from '../../port/machines.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** The machines of environments over a database. */
export function machines(runner: Runner): Machines {
  return {
    list: (environment) => runner.read(() => list(runner, environment)),
    register: (input) => runner.write(() => register(runner, input)),
    setTags: (environment, id, tags) => runner.write(() => setTags(runner, { environment, id }, tags)),
    remove: (environment, id) => runner.write(() => remove(runner, environment, id)),
  };
}

function* list(runner: Runner, environment: EnvironmentId): Work<readonly MachineRow[]> {
  const query = runner.db.selectFrom('machine').selectAll().where('environment', '=', environment);
  return (yield* rows(query.orderBy('folded'))).map(machineRow);
}

function* register(runner: Runner, input: Parameters<Machines['register']>[0]): Work<MachineRow> {
  const { environment, name, pool, tags } = input;
  const now = runner.clock();
  const again = { name, pool, updated_at: now, ...(tags !== undefined && { tags: JSON.stringify(tags) }) };
  const query = runner.db
    .insertInto('machine')
    .values({
      environment,
      name,
      folded: fold(name),
      tags: JSON.stringify(tags ?? []),
      pool,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['environment', 'folded']).doUpdateSet(again))
    .returningAll();
  return machineRow(found(yield* row(query), `machine ${name}`));
}

function* setTags(
  runner: Runner,
  { environment, id }: { readonly environment: EnvironmentId; readonly id: number },
  tags: readonly string[],
): Work<MachineRow> {
  const query = runner.db
    .updateTable('machine')
    .set({ tags: JSON.stringify(tags), updated_at: runner.clock() })
    .where('environment', '=', environment)
    .where('id', '=', id)
    .returningAll();
  return machineRow(found(yield* row(query), `machine ${id}`));
}

function* remove(runner: Runner, environment: EnvironmentId, id: number): Work<boolean> {
  const query = runner.db.deleteFrom('machine').where('environment', '=', environment).where('id', '=', id);
  return (yield* row(query.returning('id'))) !== undefined;
}

function machineRow(from: Selectable<Tables['machine']>): MachineRow {
  const { id, environment, name, pool } = from;
  return {
    id,
    environment,
    name,
    tags: JSON.parse(from.tags) as readonly string[],
    pool,
    createdAt: from.created_at,
    updatedAt: from.updated_at,
  };
}
