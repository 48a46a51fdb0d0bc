import { fold, type ProjectId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { ConnectionInput, ConnectionRow, Connections } from '../../port/library.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** Service connections over a database. */
export function connections(runner: Runner): Connections {
  return {
    create: (project, input) => runner.write(() => create(runner, project, input)),
    get: (project, guid) => runner.read(() => get(runner, project, guid)),
    find: (project, name) => runner.read(() => find(runner, project, name)),
    list: (project) => runner.read(() => list(runner, project)),
    update: (project, guid, input) => runner.write(() => update(runner, { project, guid }, input)),
    remove: (project, guid) => runner.write(() => remove(runner, project, guid)),
  };
}

function columns(runner: Runner, { name, description, url, scheme, username, secret }: ConnectionInput) {
  const updated = { updated_at: runner.clock() };
  return { name, folded: fold(name), description, url, scheme, username, secret, ...updated };
}

function* create(
  runner: Runner,
  project: ProjectId,
  input: Parameters<Connections['create']>[1],
): Work<ConnectionRow> {
  const query = runner.db
    .insertInto('service_connection')
    .values({
      ...columns(runner, input),
      guid: input.guid.toLowerCase(),
      project,
      created_by: input.by,
      created_at: runner.clock(),
    })
    .returningAll();
  const made = yield* named(runner, `a service connection ${input.name}`, row(query));
  return connectionRow(found(made, 'service connection'));
}

function ofProject(runner: Runner, project: ProjectId) {
  return runner.db.selectFrom('service_connection').selectAll().where('project', '=', project);
}

function* get(runner: Runner, project: ProjectId, guid: string): Work<ConnectionRow | undefined> {
  const known = yield* row(ofProject(runner, project).where('guid', '=', guid.toLowerCase()));
  return known && connectionRow(known);
}

function* find(runner: Runner, project: ProjectId, name: string): Work<ConnectionRow | undefined> {
  const known = yield* row(ofProject(runner, project).where('folded', '=', fold(name)));
  return known && connectionRow(known);
}

function* list(runner: Runner, project: ProjectId): Work<readonly ConnectionRow[]> {
  return (yield* rows(ofProject(runner, project).orderBy('folded'))).map(connectionRow);
}

function* update(
  runner: Runner,
  { project, guid }: { readonly project: ProjectId; readonly guid: string },
  input: ConnectionInput,
): Work<ConnectionRow> {
  const query = runner.db
    .updateTable('service_connection')
    .set(columns(runner, input))
    .where('project', '=', project)
    .where('guid', '=', guid.toLowerCase())
    .returningAll();
  const updated = yield* named(runner, `a service connection ${input.name}`, row(query));
  return connectionRow(found(updated, `service connection ${guid}`));
}

function* remove(runner: Runner, project: ProjectId, guid: string): Work<boolean> {
  const query = runner.db.deleteFrom('service_connection').where('project', '=', project);
  return (yield* row(query.where('guid', '=', guid.toLowerCase()).returning('id'))) !== undefined;
}

function connectionRow(from: Selectable<Tables['service_connection']>): ConnectionRow {
  const { id, guid, project, name, description, url, scheme, username, secret } = from;
  return {
    id,
    guid,
    project,
    name,
    description,
    url,
    scheme,
    username,
    secret,
    createdBy: from.created_by,
    createdAt: from.created_at,
    updatedAt: from.updated_at,
  };
}
