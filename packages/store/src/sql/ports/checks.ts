import type { ResourceKey } from '@signalbox/engine';
import type { CheckSettings, LockResourceType, ProjectId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { Approvals, CheckInput, CheckRow, Checks } from '../../port/checks.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** The checks of resources over a database. */
export function checks(runner: Runner): Checks {
  return {
    create: (project, resource, input) => runner.write(() => create(runner, { project, resource }, input)),
    get: (project, id) => runner.read(() => get(runner, project, id)),
    list: (project, resource) => runner.read(() => list(runner, project, resource)),
    update: (project, id, input) => runner.write(() => update(runner, { project, id }, input)),
    remove: (project, id) => runner.write(() => remove(runner, project, id)),
  };
}

function columns(runner: Runner, { settings, timeoutMinutes, enabled, by }: CheckInput) {
  return {
    settings: JSON.stringify(settings),
    timeout: timeoutMinutes,
    enabled: enabled ? 1 : 0,
    modified_by: by,
    modified_at: runner.clock(),
  };
}

function* create(
  runner: Runner,
  { project, resource }: { readonly project: ProjectId; readonly resource: CheckRow['resource'] },
  input: CheckInput,
): Work<CheckRow> {
  const query = runner.db
    .insertInto('check_configuration')
    .values({
      project,
      resource_type: resource.type,
      resource_id: resource.id,
      resource_name: resource.name,
      version: 1,
      created_by: input.by,
      created_at: runner.clock(),
      ...columns(runner, input),
    })
    .returningAll();
  return checkRow(found(yield* row(query), 'check'));
}

function* get(runner: Runner, project: ProjectId, id: number): Work<CheckRow | undefined> {
  const query = runner.db.selectFrom('check_configuration').selectAll();
  const known = yield* row(query.where('project', '=', project).where('id', '=', id));
  return known && checkRow(known);
}

function* list(
  runner: Runner,
  project: ProjectId,
  resource: ResourceKey | undefined,
): Work<readonly CheckRow[]> {
  let query = runner.db.selectFrom('check_configuration').selectAll().where('project', '=', project);
  if (resource !== undefined) {
    query = query.where('resource_type', '=', resource.type).where('resource_id', '=', resource.id);
  }
  return (yield* rows(query.orderBy('id'))).map(checkRow);
}

function* update(
  runner: Runner,
  { project, id }: { readonly project: ProjectId; readonly id: number },
  input: CheckInput,
): Work<CheckRow> {
  const query = runner.db
    .updateTable('check_configuration')
    .set((is) => ({ ...columns(runner, input), version: is('version', '+', 1) }))
    .where('project', '=', project)
    .where('id', '=', id)
    .returningAll();
  return checkRow(found(yield* row(query), `check ${id}`));
}

function* remove(runner: Runner, project: ProjectId, id: number): Work<boolean> {
  const query = runner.db.deleteFrom('check_configuration').where('project', '=', project);
  return (yield* row(query.where('id', '=', id).returning('id'))) !== undefined;
}

function checkRow(from: Selectable<Tables['check_configuration']>): CheckRow {
  const { id, project, version, timeout: timeoutMinutes } = from;
  // The column holds what `create` was given.
  const type = from.resource_type as LockResourceType;
  return {
    id,
    project,
    version,
    resource: { type, id: from.resource_id, name: from.resource_name },
    timeoutMinutes,
    settings: JSON.parse(from.settings) as CheckSettings,
    enabled: from.enabled === 1,
    createdBy: from.created_by,
    createdAt: from.created_at,
    modifiedBy: from.modified_by,
    modifiedAt: from.modified_at,
  };
}

/** The approvals that runs have asked for, over a database. */
export function approvals(runner: Runner): Approvals {
  return {
    list: (project, filter) =>
      runner.read(function* () {
        let query = runner.db.selectFrom('approval').selectAll().where('project', '=', project);
        if (filter.open) query = query.where('status', '=', 'running');
        const newest = query.orderBy('created_at', 'desc').orderBy('run', 'desc').orderBy('number', 'desc');
        const known = yield* rows(newest.limit(filter.limit));
        return known.map(({ run, stage, attempt, number: check, status, created_at: createdAt }) => ({
          run,
          project,
          stage,
          attempt,
          check,
          status,
          createdAt,
        }));
      }),
  };
}
