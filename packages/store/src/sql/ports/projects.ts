import { fold, type ProjectId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { ProjectRow, Projects } from '../../port/catalogue.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** Projects over a database. */
export function projects(runner: Runner): Projects {
  return {
    create: ({ guid, name, description }) => runner.write(() => create(runner, { guid, name, description })),
    get: (id) => runner.read(() => byId(runner, id)),
    find: (nameOrGuid) => runner.read(() => find(runner, nameOrGuid)),
    list: () => runner.read(() => list(runner)),
    deleting: () => runner.read(() => deleting(runner)),
    update: (id, patch) => runner.write(() => update(runner, id, patch)),
  };
}

function* create(
  runner: Runner,
  { guid, name, description }: Parameters<Projects['create']>[0],
): Work<ProjectRow> {
  const now = runner.clock();
  const insert = runner.db
    .insertInto('project')
    .values({
      guid: guid.toLowerCase(),
      name,
      folded: fold(name),
      description,
      state: 'wellFormed',
      revision: 1,
      created_at: now,
      updated_at: now,
    })
    .returningAll();
  return projectRow(found(yield* named(runner, `a project ${name}`, row(insert)), 'project'));
}

function* byId(runner: Runner, id: ProjectId): Work<ProjectRow | undefined> {
  const known = yield* row(runner.db.selectFrom('project').selectAll().where('id', '=', id));
  return known && projectRow(known);
}

function* find(runner: Runner, nameOrGuid: string): Work<ProjectRow | undefined> {
  const folded = fold(nameOrGuid);
  const query = runner.db
    .selectFrom('project')
    .selectAll()
    .where((e) => e.or([e('folded', '=', folded), e('guid', '=', folded)]))
    .where('state', '=', 'wellFormed')
    // A project may be named like another one's GUID; the name wins.
    .orderBy((e) => e.case().when('folded', '=', folded).then(0).else(1).end());
  const known = yield* row(query);
  return known && projectRow(known);
}

function* list(runner: Runner): Work<readonly ProjectRow[]> {
  const query = runner.db.selectFrom('project').selectAll().where('state', '=', 'wellFormed');
  return (yield* rows(query.orderBy('folded'))).map(projectRow);
}

function* deleting(runner: Runner): Work<readonly ProjectRow[]> {
  const query = runner.db.selectFrom('project').selectAll().where('state', '=', 'deleting');
  return (yield* rows(query.orderBy('id'))).map(projectRow);
}

function* update(
  runner: Runner,
  id: ProjectId,
  { name, description, state }: Parameters<Projects['update']>[1],
): Work<ProjectRow> {
  const query = runner.db
    .updateTable('project')
    .set((e) => ({
      ...(name !== undefined && { name, folded: fold(name) }),
      ...(description !== undefined && { description }),
      ...(state !== undefined && { state }),
      revision: e('revision', '+', 1),
      updated_at: runner.clock(),
    }))
    .where('id', '=', id)
    .returningAll();
  return projectRow(found(yield* named(runner, `a project ${name}`, row(query)), `project ${id}`));
}

function projectRow(from: Selectable<Tables['project']>): ProjectRow {
  const { id, guid, name, description, state, revision } = from;
  return {
    id,
    guid,
    name,
    description,
    state,
    revision,
    createdAt: from.created_at,
    updatedAt: from.updated_at,
  };
}
