import { fold, type ProjectId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import { isInFolder } from '../../folder-path.ts';
import type { FolderInput, FolderRow, Folders } from '../../port/folders.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** Folders of pipelines over a database. */
export function folders(runner: Runner): Folders {
  return {
    list: (project) => runner.read(() => list(runner, project)),
    create: (project, input) => runner.write(() => create(runner, project, input)),
    move: (project, from, to) => runner.write(() => move(runner, { project, from }, to)),
    remove: (project, path) => runner.write(() => remove(runner, project, path)),
  };
}

function* list(runner: Runner, project: ProjectId): Work<readonly FolderRow[]> {
  const query = runner.db.selectFrom('definition_folder').selectAll().where('project', '=', project);
  return (yield* rows(query.orderBy('folded'))).map(folderRow);
}

function* create(
  runner: Runner,
  project: ProjectId,
  { path, description, by }: FolderInput,
): Work<FolderRow> {
  const at = runner.clock();
  const insert = runner.db
    .insertInto('definition_folder')
    .values({
      project,
      folded: fold(path),
      path,
      description,
      created_by: by,
      created_at: at,
      modified_by: by,
      modified_at: at,
    })
    .returningAll();
  return folderRow(found(yield* named(runner, `a folder ${path}`, row(insert)), 'folder'));
}

interface Place {
  readonly project: ProjectId;
  readonly from: string;
}

function* move(runner: Runner, place: Place, to: FolderInput): Work<FolderRow> {
  const { project, from } = place;
  const known = (yield* list(runner, project)).filter(({ path }) => isInFolder(path, from));
  if (!known.some(({ path }) => fold(path) === fold(from))) {
    known.push(yield* create(runner, project, { ...to, path: from }));
  }
  if (fold(from) !== fold(to.path)) yield* moveDefinitions(runner, place, to.path);
  for (const { path } of known) yield* moveOne(runner, { project, path }, to.path + path.slice(from.length));
  const query = runner.db
    .updateTable('definition_folder')
    .set({ path: to.path, description: to.description, modified_by: to.by, modified_at: runner.clock() })
    .where('project', '=', project)
    .where('folded', '=', fold(to.path))
    .returningAll();
  return folderRow(found(yield* row(query), `folder ${to.path}`));
}

function* moveOne(
  runner: Runner,
  { project, path }: { readonly project: ProjectId; readonly path: string },
  to: string,
): Work<void> {
  const query = runner.db
    .updateTable('definition_folder')
    .set({ path: to, folded: fold(to) })
    .where('project', '=', project)
    .where('folded', '=', fold(path));
  yield* named(runner, `a folder ${to}`, rows(query));
}

function* moveDefinitions(runner: Runner, { project, from }: Place, to: string): Work<void> {
  const query = runner.db
    .selectFrom('definition')
    .select(['id', 'name', 'path'])
    .where('project', '=', project);
  const inside = (yield* rows(query)).filter(({ path }) => isInFolder(path, from));
  for (const { id, name, path: old } of inside) {
    const path = to + old.slice(from.length);
    const update = runner.db.updateTable('definition').set({ path, folded_path: fold(path) });
    yield* named(runner, `a pipeline ${name} in ${path}`, rows(update.where('id', '=', id)));
  }
}

function* remove(runner: Runner, project: ProjectId, path: string): Work<void> {
  const inside = (yield* list(runner, project)).filter((folder) => isInFolder(folder.path, path));
  for (const { path: one } of inside) {
    const query = runner.db.deleteFrom('definition_folder').where('project', '=', project);
    yield* rows(query.where('folded', '=', fold(one)));
  }
}

function folderRow(from: Selectable<Tables['definition_folder']>): FolderRow {
  const { project, path, description } = from;
  return {
    project,
    path,
    description,
    createdBy: from.created_by,
    createdAt: from.created_at,
    modifiedBy: from.modified_by,
    modifiedAt: from.modified_at,
  };
}
