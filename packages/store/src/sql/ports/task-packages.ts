import { fold, type TaskManifest } from '@signalbox/model';
import type { Selectable } from 'kysely';
import { newestFirst } from '../../task-order.ts';
import type { TaskPackageRow, TaskPackages } from '../../port/tasks.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** Task packages over a database. */
export function taskPackages(runner: Runner): TaskPackages {
  return {
    install: (input) => runner.write(() => install(runner, input)),
    get: (task, version) => runner.read(() => get(runner, task, version)),
    list: () => runner.read(() => list(runner)),
    remove: (task, version) => runner.write(() => remove(runner, task, version)),
  };
}

function* install(runner: Runner, input: Parameters<TaskPackages['install']>[0]): Work<TaskPackageRow> {
  const { manifest, sha256, size, by } = input;
  const values = {
    folded: fold(manifest.name),
    manifest: JSON.stringify(manifest),
    sha256,
    size,
    installed_by: by,
    installed_at: runner.clock(),
  };
  const query = runner.db
    .insertInto('task_package')
    .values({ ...values, task: manifest.id, version: manifest.version })
    .onConflict((conflict) => conflict.columns(['task', 'version']).doUpdateSet(values))
    .returningAll();
  return packageRow(found(yield* row(query), 'task package'));
}

function* get(runner: Runner, task: string, version: string): Work<TaskPackageRow | undefined> {
  const query = runner.db.selectFrom('task_package').selectAll().where('task', '=', task.toLowerCase());
  const known = yield* row(query.where('version', '=', version));
  return known && packageRow(known);
}

function* list(runner: Runner): Work<readonly TaskPackageRow[]> {
  return newestFirst((yield* rows(runner.db.selectFrom('task_package').selectAll())).map(packageRow));
}

function* remove(runner: Runner, task: string, version: string): Work<boolean> {
  const query = runner.db.deleteFrom('task_package').where('task', '=', task.toLowerCase());
  return (yield* row(query.where('version', '=', version).returning('id'))) !== undefined;
}

function packageRow(from: Selectable<Tables['task_package']>): TaskPackageRow {
  const { id, manifest, sha256, size } = from;
  return {
    id,
    manifest: JSON.parse(manifest) as TaskManifest,
    sha256,
    size,
    installedBy: from.installed_by,
    installedAt: from.installed_at,
  };
}
