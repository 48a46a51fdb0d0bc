import { fold, type ProjectId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { SecureFileRow, SecureFiles } from '../../port/tasks.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** Secure files over a database. */
export function secureFiles(runner: Runner): SecureFiles {
  return {
    create: (project, input) => runner.write(() => create(runner, project, input)),
    get: (project, guid) => runner.read(() => get(runner, project, guid)),
    find: (project, name) => runner.read(() => find(runner, project, name)),
    list: (project) => runner.read(() => list(runner, project)),
    reseal: (project, guid, sha256) => runner.write(() => reseal(runner, { project, guid }, sha256)),
    remove: (project, guid) => runner.write(() => remove(runner, project, guid)),
  };
}

function* create(
  runner: Runner,
  project: ProjectId,
  { name, guid, sha256, size, by }: Parameters<SecureFiles['create']>[1],
): Work<SecureFileRow> {
  const query = runner.db
    .insertInto('secure_file')
    .values({
      guid: guid.toLowerCase(),
      project,
      name,
      folded: fold(name),
      sha256,
      size,
      created_by: by,
      created_at: runner.clock(),
    })
    .returningAll();
  return fileRow(found(yield* named(runner, `a secure file ${name}`, row(query)), 'secure file'));
}

function ofProject(runner: Runner, project: ProjectId) {
  return runner.db.selectFrom('secure_file').selectAll().where('project', '=', project);
}

function* get(runner: Runner, project: ProjectId, guid: string): Work<SecureFileRow | undefined> {
  const known = yield* row(ofProject(runner, project).where('guid', '=', guid.toLowerCase()));
  return known && fileRow(known);
}

function* find(runner: Runner, project: ProjectId, name: string): Work<SecureFileRow | undefined> {
  const known = yield* row(ofProject(runner, project).where('folded', '=', fold(name)));
  return known && fileRow(known);
}

function* list(runner: Runner, project: ProjectId): Work<readonly SecureFileRow[]> {
  return (yield* rows(ofProject(runner, project).orderBy('folded'))).map(fileRow);
}

function* reseal(
  runner: Runner,
  { project, guid }: { readonly project: ProjectId; readonly guid: string },
  { from, to }: { readonly from: string; readonly to: string },
): Work<boolean> {
  const query = runner.db.updateTable('secure_file').set({ sha256: to }).where('project', '=', project);
  const changed = query.where('guid', '=', guid.toLowerCase()).where('sha256', '=', from).returning('id');
  return (yield* row(changed)) !== undefined;
}

function* remove(runner: Runner, project: ProjectId, guid: string): Work<boolean> {
  const query = runner.db.deleteFrom('secure_file').where('project', '=', project);
  return (yield* row(query.where('guid', '=', guid.toLowerCase()).returning('id'))) !== undefined;
}

function fileRow(from: Selectable<Tables['secure_file']>): SecureFileRow {
  const { id, guid, project, name, sha256, size } = from;
  return { id, guid, project, name, sha256, size, createdBy: from.created_by, createdAt: from.created_at };
}
