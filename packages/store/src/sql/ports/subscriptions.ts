import type { Guid, ProjectId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { JsonObject } from '../../port/catalogue.ts';
import type { SubscriptionInput, SubscriptionRow, Subscriptions } from '../../port/notifications.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** Subscriptions over a database. */
export function subscriptions(runner: Runner): Subscriptions {
  return {
    create: (project, input) => runner.write(() => create(runner, project, input)),
    find: (guid) => runner.read(() => find(runner, guid)),
    list: (project) => runner.read(() => list(runner, project)),
    update: (id, input) => runner.write(() => update(runner, id, input)),
    disable: (id, reason) => runner.write(() => disable(runner, id, reason)),
    remove: (id) =>
      runner.write(function* () {
        const gone = runner.db.deleteFrom('subscription').where('id', '=', id).returning('id');
        return (yield* row(gone)) !== undefined;
      }),
  };
}

function* create(
  runner: Runner,
  project: ProjectId,
  { guid, settings, enabled, by }: SubscriptionInput & { readonly guid: Guid },
): Work<SubscriptionRow> {
  const now = runner.clock();
  const query = runner.db
    .insertInto('subscription')
    .values({
      guid,
      project,
      settings: JSON.stringify(settings),
      state: enabled ? 'enabled' : 'disabled',
      version: 1,
      created_by: by,
      created_at: now,
      modified_by: by,
      modified_at: now,
      active_from: now,
      omitted: 0,
    })
    .returningAll();
  return subscriptionRow(found(yield* row(query), 'subscription'));
}

function* find(runner: Runner, guid: Guid): Work<SubscriptionRow | undefined> {
  const known = yield* row(runner.db.selectFrom('subscription').selectAll().where('guid', '=', guid));
  return known && subscriptionRow(known);
}

function* list(runner: Runner, project: ProjectId | undefined): Work<readonly SubscriptionRow[]> {
  const all = runner.db.selectFrom('subscription').selectAll().orderBy('id');
  const query = project === undefined ? all : all.where('project', '=', project);
  return (yield* rows(query)).map(subscriptionRow);
}

function* update(
  runner: Runner,
  id: number,
  { settings, enabled, by }: SubscriptionInput,
): Work<SubscriptionRow> {
  const now = runner.clock();
  const query = runner.db.selectFrom('subscription').select('state').where('id', '=', id);
  const before = found(yield* row(query), `subscription ${id}`);
  if (!enabled) yield* failWaiting(runner, id, 'The subscription was disabled.');
  const change = runner.db
    .updateTable('subscription')
    .set((is) => ({
      settings: JSON.stringify(settings),
      state: enabled ? 'enabled' : 'disabled',
      reason: null,
      version: is('version', '+', 1),
      modified_by: by,
      modified_at: now,
      ...(enabled && before.state !== 'enabled' && { active_from: now, failing_since: null, omitted: 0 }),
    }))
    .where('id', '=', id)
    .returningAll();
  return subscriptionRow(found(yield* row(change), `subscription ${id}`));
}

function* disable(runner: Runner, id: number, reason: string): Work<void> {
  const change = runner.db
    .updateTable('subscription')
    .set({ state: 'disabledBySystem', reason })
    .where('id', '=', id)
    .where('state', '=', 'enabled')
    .returning('id');
  if ((yield* row(change)) !== undefined) yield* failWaiting(runner, id, reason);
}

/** What is under way is left to whoever has it. */
function* failWaiting(runner: Runner, subscription: number, result: string): Work<void> {
  const now = runner.clock();
  yield* rows(
    runner.db
      .updateTable('delivery')
      .set({ state: 'failed', ended_at: now, due: now, result })
      .where('subscription', '=', subscription)
      .where('state', '=', 'waiting'),
  );
}

function subscriptionRow(from: Selectable<Tables['subscription']>): SubscriptionRow {
  const { id, guid, project, state, version, reason, omitted, failing_since: failingSince } = from;
  return {
    id,
    guid,
    project,
    settings: JSON.parse(from.settings) as JsonObject,
    state,
    version,
    createdBy: from.created_by,
    createdAt: from.created_at,
    modifiedBy: from.modified_by,
    modifiedAt: from.modified_at,
    activeFrom: from.active_from,
    omitted,
    ...(reason !== null && { reason }),
    ...(failingSince !== null && { failingSince }),
  };
}
