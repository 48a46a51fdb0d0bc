import { fold, type EnvironmentId, type ProjectId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import { decodePlace, pageLimit, pageOf } from '../../cursor.ts';
import type { DeploymentRecord, EnvironmentRow, Environments } from '../../port/catalogue.ts';
import type { Page, PageOptions } from '../../port/page.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';
import { afterPrefix } from './prefix.ts';

type Input = Parameters<Environments['create']>[1];

/** Environments over a database. */
export function environments(runner: Runner): Environments {
  return {
    upsert: (project, input) => runner.write(() => upsert(runner, project, input)),
    create: (project, input) => runner.write(() => create(runner, project, input)),
    get: (project, id) => runner.read(() => get(runner, project, id)),
    find: (project, name) => runner.read(() => find(runner, project, name)),
    list: (project, filter) => runner.read(() => list(runner, project, filter ?? {})),
    update: (project, id, patch) => runner.write(() => update(runner, { project, id }, patch)),
    remove: (project, id) => runner.write(() => remove(runner, project, id)),
    recordDeployment: (key, record) => runner.write(() => recordDeployment(runner, key, record)),
    deployments: (environment, options) => runner.read(() => deployments(runner, environment, options ?? {})),
  };
}

function insertion(runner: Runner, project: ProjectId, { name, description, createdBy }: Input) {
  const now = runner.clock();
  return runner.db.insertInto('environment').values({
    project,
    name,
    folded: fold(name),
    description: description ?? '',
    created_by: createdBy,
    created_at: now,
    updated_at: now,
  });
}

function* upsert(runner: Runner, project: ProjectId, input: Input): Work<EnvironmentRow> {
  const known = yield* find(runner, project, input.name);
  if (known !== undefined) return known;
  const insert = insertion(runner, project, input);
  yield* rows(insert.onConflict((conflict) => conflict.columns(['project', 'folded']).doNothing()));
  return found(yield* find(runner, project, input.name), `environment ${input.name}`);
}

function* create(runner: Runner, project: ProjectId, input: Input): Work<EnvironmentRow> {
  const insert = row(insertion(runner, project, input).returningAll());
  return environmentRow(found(yield* named(runner, `an environment ${input.name}`, insert), 'environment'));
}

function* get(runner: Runner, project: ProjectId, id: EnvironmentId): Work<EnvironmentRow | undefined> {
  const known = yield* row(
    runner.db.selectFrom('environment').selectAll().where('project', '=', project).where('id', '=', id),
  );
  return known && environmentRow(known);
}

function* find(runner: Runner, project: ProjectId, name: string): Work<EnvironmentRow | undefined> {
  const known = yield* row(
    runner.db
      .selectFrom('environment')
      .selectAll()
      .where('project', '=', project)
      .where('folded', '=', fold(name)),
  );
  return known && environmentRow(known);
}

function* list(
  runner: Runner,
  project: ProjectId,
  filter: NonNullable<Parameters<Environments['list']>[1]>,
): Work<Page<EnvironmentRow>> {
  let query = runner.db.selectFrom('environment').selectAll().where('project', '=', project);
  if (filter.after !== undefined) {
    const [name] = decodePlace(filter.after, ['string']);
    query = query.where('folded', '>', String(name));
  }
  if (filter.name !== undefined) {
    const prefix = fold(filter.name);
    query = query.where('folded', '>=', prefix).where('folded', '<', afterPrefix(prefix));
  }
  const limit = pageLimit(filter);
  const known = yield* rows(query.orderBy('folded').limit(limit + 1));
  return pageOf(known, limit, { item: environmentRow, place: (last) => [last.folded] });
}

function* update(
  runner: Runner,
  key: { readonly project: ProjectId; readonly id: EnvironmentId },
  { name, description }: Parameters<Environments['update']>[2],
): Work<EnvironmentRow> {
  const query = runner.db
    .updateTable('environment')
    .set({
      ...(name !== undefined && { name, folded: fold(name) }),
      ...(description !== undefined && { description }),
      updated_at: runner.clock(),
    })
    .where('project', '=', key.project)
    .where('id', '=', key.id)
    .returningAll();
  const updated = yield* named(runner, `an environment ${name}`, row(query));
  return environmentRow(found(updated, `environment ${key.id}`));
}

function* remove(runner: Runner, project: ProjectId, id: EnvironmentId): Work<boolean> {
  const query = runner.db
    .deleteFrom('environment')
    .where('project', '=', project)
    .where('id', '=', id)
    .returning('id');
  return (yield* row(query)) !== undefined;
}

function* recordDeployment(runner: Runner, key: string, record: Omit<DeploymentRecord, 'id'>): Work<void> {
  const { environment, run, stage, job, result } = record;
  yield* rows(
    runner.db
      .insertInto('deployment')
      .values({
        key,
        environment,
        run,
        stage,
        stage_attempt: record.stageAttempt,
        job,
        result,
        resource: record.resource ?? null,
        queue_time: record.queueTime,
        start_time: record.startTime ?? null,
        finish_time: record.finishTime,
      })
      .onConflict((conflict) => conflict.column('key').doNothing()),
  );
}

function* deployments(
  runner: Runner,
  environment: EnvironmentId,
  options: PageOptions,
): Work<Page<DeploymentRecord>> {
  let query = runner.db.selectFrom('deployment').selectAll().where('environment', '=', environment);
  if (options.after !== undefined) {
    const [id] = decodePlace(options.after, ['number']);
    query = query.where('id', '<', Number(id));
  }
  const limit = pageLimit(options);
  const known = yield* rows(query.orderBy('id', 'desc').limit(limit + 1));
  return pageOf(known, limit, { item: deploymentRecord, place: (last) => [last.id] });
}

function environmentRow(from: Selectable<Tables['environment']>): EnvironmentRow {
  const { id, project, name, description } = from;
  return {
    id,
    project,
    name,
    description,
    createdBy: from.created_by,
    createdAt: from.created_at,
    updatedAt: from.updated_at,
  };
}

function deploymentRecord(from: Selectable<Tables['deployment']>): DeploymentRecord {
  const { id, environment, run, stage, job, result } = from;
  return {
    id,
    environment,
    run,
    stage,
    stageAttempt: from.stage_attempt,
    job,
    ...(from.resource !== null && { resource: from.resource }),
    result,
    queueTime: from.queue_time,
    ...(from.start_time !== null && { startTime: from.start_time }),
    finishTime: from.finish_time,
  };
}
