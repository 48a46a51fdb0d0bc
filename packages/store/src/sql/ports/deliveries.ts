import type { Selectable } from 'kysely';
import { decodePlace, pageLimit, pageOf } from '../../cursor.ts';
import { MAX_WAITING } from '../../limits.ts';
import type { JsonObject } from '../../port/catalogue.ts';
import type { Deliveries, DeliveryReport, DeliveryRow, NewDelivery } from '../../port/notifications.ts';
import type { Page } from '../../port/page.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** The setting that says how far the journal has been read. */
const CURSOR = 'notifications-cursor';

/** Deliveries over a database. */
export function deliveries(runner: Runner): Deliveries {
  return {
    cursor: () => runner.read(() => cursor(runner)),
    advance: (step) => runner.write(() => advance(runner, step)),
    add: (delivery) =>
      runner.write(function* () {
        const query = runner.db.insertInto('delivery').values(columns(runner, delivery)).returningAll();
        return deliveryRow(found(yield* row(query), 'delivery'));
      }),
    take: (options) => runner.write(() => take(runner, options)),
    report: (id, report) => runner.write(() => note(runner, id, report)),
    nextDue: () => runner.read(() => nextDue(runner)),
    list: (subscription, options = {}) => runner.read(() => list(runner, subscription, options)),
    get: (subscription, id) => runner.read(() => get(runner, subscription, id)),
    redeliver: (subscription, id) => runner.write(() => redeliver(runner, subscription, id)),
    prune: (options) => runner.write(() => prune(runner, options)),
  };
}

function* cursor(runner: Runner): Work<string | undefined> {
  return (yield* row(runner.db.selectFrom('setting').select('value').where('key', '=', CURSOR)))?.value;
}

function* advance(
  runner: Runner,
  { from, to, deliveries: made }: Parameters<Deliveries['advance']>[0],
): Work<boolean> {
  const { db } = runner;
  const moved =
    from === undefined
      ? db
          .insertInto('setting')
          .values({ key: CURSOR, value: to })
          .onConflict((is) => is.column('key').doNothing())
          .returning('key')
      : db
          .updateTable('setting')
          .set({ value: to })
          .where('key', '=', CURSOR)
          .where('value', '=', from)
          .returning('key');
  if ((yield* row(moved)) === undefined) return false;
  for (const [subscription, own] of bySubscription(made)) yield* keep(runner, subscription, own);
  return true;
}

function bySubscription(made: readonly NewDelivery[]): ReadonlyMap<number, readonly NewDelivery[]> {
  const groups = new Map<number, NewDelivery[]>();
  for (const one of made) groups.set(one.subscription, [...(groups.get(one.subscription) ?? []), one]);
  return groups;
}

/** As many as there is room for; the subscription counts the rest. */
function* keep(runner: Runner, subscription: number, made: readonly NewDelivery[]): Work<void> {
  const { db } = runner;
  // Removed meanwhile: nobody is told.
  const known = yield* row(db.selectFrom('subscription').select('id').where('id', '=', subscription));
  if (known === undefined) return;
  const waiting = yield* row(
    db
      .selectFrom('delivery')
      .select((is) => is.fn.countAll<number | string>().as('count'))
      .where('subscription', '=', subscription)
      .where('ended_at', 'is', null),
  );
  const room = Math.max(0, MAX_WAITING - Number(waiting?.count ?? 0));
  for (const one of made.slice(0, room)) {
    const query = db.insertInto('delivery').values(columns(runner, one));
    yield* rows(query.onConflict((is) => is.columns(['subscription', 'guid']).doNothing()));
  }
  if (made.length > room) {
    const omitted = made.length - room;
    const query = db.updateTable('subscription').set((is) => ({ omitted: is('omitted', '+', omitted) }));
    yield* rows(query.where('id', '=', subscription));
  }
}

function columns(runner: Runner, { guid, subscription, event, body }: NewDelivery) {
  const now = runner.clock();
  return {
    guid,
    subscription,
    event,
    body: JSON.stringify(body),
    state: 'waiting' as const,
    attempts: 0,
    due: now,
    since: now,
    created_at: now,
  };
}

function* take(
  runner: Runner,
  { limit, lease }: Parameters<Deliveries['take']>[0],
): Work<readonly DeliveryRow[]> {
  const now = runner.clock();
  const ready = yield* rows(
    runner.db
      .selectFrom('delivery as one')
      .select('one.id')
      .where('one.ended_at', 'is', null)
      .where('one.due', '<=', now)
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('delivery as other')
              .select('other.id')
              .whereRef('other.subscription', '=', 'one.subscription')
              .where('other.ended_at', 'is', null)
              .where((of) =>
                of.or([
                  of.and([of('other.state', '=', 'sending'), of('other.due', '>', now)]),
                  of('other.due', '<', of.ref('one.due')),
                  of.and([of('other.due', '=', of.ref('one.due')), of('other.id', '<', of.ref('one.id'))]),
                ]),
              ),
          ),
        ),
      )
      .orderBy('one.due')
      .orderBy('one.id')
      .limit(limit),
  );
  if (ready.length === 0) return [];
  const ids = ready.map(({ id }) => id);
  const taken = yield* rows(
    runner.db
      .updateTable('delivery')
      .set((is) => ({ state: 'sending', due: now + lease, attempts: is('attempts', '+', 1) }))
      .where('id', 'in', ids)
      // Looked at again: another replica may have been faster.
      .where('ended_at', 'is', null)
      .where('due', '<=', now)
      .returningAll(),
  );
  return taken.map(deliveryRow).sort((a, b) => a.id - b.id);
}

function* note(runner: Runner, id: number, report: DeliveryReport): Work<void> {
  const now = runner.clock();
  const { result } = report;
  const change =
    report.kind === 'again'
      ? { state: 'waiting' as const, due: now + report.after, result }
      : { state: report.kind, due: now, ended_at: now, result };
  const query = runner.db.updateTable('delivery').set(change).where('id', '=', id);
  const known = yield* row(query.where('ended_at', 'is', null).returning('subscription'));
  if (known === undefined) return;
  const subscription = runner.db.updateTable('subscription').where('id', '=', known.subscription);
  yield* rows(
    report.kind === 'delivered'
      ? subscription.set({ failing_since: null }).where('failing_since', 'is not', null)
      : subscription.set({ failing_since: now }).where('failing_since', 'is', null),
  );
}

function* nextDue(runner: Runner): Work<number | undefined> {
  const now = runner.clock();
  // One that waits behind another that is under way is due when that one is.
  const next = yield* row(
    runner.db
      .selectFrom('delivery as one')
      .select('one.due')
      .where('one.ended_at', 'is', null)
      .where((is) =>
        is.or([
          is('one.state', '=', 'sending'),
          is.not(
            is.exists(
              is
                .selectFrom('delivery as other')
                .select('other.id')
                .whereRef('other.subscription', '=', 'one.subscription')
                .where('other.ended_at', 'is', null)
                .where('other.state', '=', 'sending')
                .where('other.due', '>', now),
            ),
          ),
        ]),
      )
      .orderBy('one.due')
      .orderBy('one.id')
      .limit(1),
  );
  return next?.due;
}

function* list(
  runner: Runner,
  subscription: number,
  { state, ...options }: NonNullable<Parameters<Deliveries['list']>[1]>,
): Work<Page<DeliveryRow>> {
  let query = runner.db.selectFrom('delivery').selectAll().where('subscription', '=', subscription);
  if (state !== undefined) query = query.where('state', '=', state);
  if (options.after !== undefined) {
    const [id] = decodePlace(options.after, ['number']);
    query = query.where('id', '<', Number(id));
  }
  const limit = pageLimit(options);
  const known = yield* rows(query.orderBy('id', 'desc').limit(limit + 1));
  return pageOf(known, limit, { item: deliveryRow, place: (last) => [last.id] });
}

function* get(runner: Runner, subscription: number, id: number): Work<DeliveryRow | undefined> {
  const query = runner.db.selectFrom('delivery').selectAll().where('subscription', '=', subscription);
  const known = yield* row(query.where('id', '=', id));
  return known && deliveryRow(known);
}

function* redeliver(runner: Runner, subscription: number, id: number): Work<DeliveryRow | undefined> {
  const now = runner.clock();
  const again = yield* row(
    runner.db
      .updateTable('delivery')
      .set({ state: 'waiting', due: now, since: now, attempts: 0, ended_at: null })
      .where('id', '=', id)
      .where('subscription', '=', subscription)
      .where('ended_at', 'is not', null)
      .returningAll(),
  );
  return again && deliveryRow(again);
}

function* prune(runner: Runner, { endedBefore, limit }: Parameters<Deliveries['prune']>[0]): Work<number> {
  const old = runner.db
    .selectFrom('delivery')
    .select('id')
    .where('ended_at', '<', endedBefore)
    .orderBy('ended_at')
    .limit(limit);
  const gone = yield* rows(runner.db.deleteFrom('delivery').where('id', 'in', old).returning('id'));
  return gone.length;
}

function deliveryRow(from: Selectable<Tables['delivery']>): DeliveryRow {
  const { id, guid, subscription, event, state, attempts, due, since, result, ended_at: endedAt } = from;
  return {
    id,
    guid,
    subscription,
    event,
    body: JSON.parse(from.body) as JsonObject,
    state,
    attempts,
    due,
    since,
    createdAt: from.created_at,
    ...(endedAt !== null && { endedAt }),
    ...(result !== null && { result }),
  };
}
