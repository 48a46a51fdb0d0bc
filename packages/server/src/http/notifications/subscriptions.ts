import { randomUUID } from 'node:crypto';
import type { Collection, DeliveryView, EnumTable, SubscriptionView } from '@signalbox/api';
import type { ProjectRow, SubscriptionRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { SUBSCRIPTIONS } from '../../limits.ts';
import { settingsOf, settingsToStore } from '../../notify/settings.ts';
import { testNotice } from '../../notify/test-notice.ts';
import type { Ask, Handlers } from '../ask.ts';
import { conflict, notFound } from '../problem.ts';
import { collection, wirePage } from '../shape/common.ts';
import { readSubscription } from './read-subscription.ts';
import { deliveryView, subscriptionView } from './views.ts';

/** Who is told of what: what administrators do with it. */
export const subscriptionHandlers: Handlers<
  | 'listSubscriptions'
  | 'addSubscription'
  | 'getSubscription'
  | 'updateSubscription'
  | 'removeSubscription'
  | 'testSubscription'
  | 'listDeliveries'
  | 'redeliver'
> = {
  listSubscriptions: async (ask) => list(ask),
  addSubscription: async (ask) => add(ask),
  getSubscription: async (ask) => withLast(ask, await subscriptionOf(ask)),
  updateSubscription: async (ask) => update(ask),
  removeSubscription: async (ask) => remove(ask),
  testSubscription: async (ask) => test(ask),
  listDeliveries: async (ask) => listDeliveries(ask),
  redeliver: async (ask) => redeliver(ask),
};

async function list(ask: Ask): Promise<Collection<SubscriptionView>> {
  const project = await ask.project();
  const rows = await ask.app.store.subscriptions.list(project.id);
  const views: SubscriptionView[] = [];
  for (const row of rows) views.push(await withLast(ask, row));
  return collection(views);
}

async function withLast({ app }: Ask, row: SubscriptionRow): Promise<SubscriptionView> {
  const { items } = await app.store.deliveries.list(row.id, { limit: 1 });
  return subscriptionView(row, items[0]);
}

async function subscriptionOf(ask: Ask): Promise<SubscriptionRow> {
  const project = await ask.project();
  const guid = ask.param('subscription').toLowerCase();
  const row = await ask.app.store.subscriptions.find(guid);
  if (row?.project !== project.id) throw notFound('Subscription', `The subscription ${guid.slice(0, 60)}`);
  return row;
}

/** Refuses more subscriptions than a project may have: each is told everything that happens. */
export async function checkRoom({ app }: Ask, project: ProjectRow): Promise<void> {
  if ((await app.store.subscriptions.list(project.id)).length < SUBSCRIPTIONS) return;
  const message = `A project has at most ${SUBSCRIPTIONS} subscriptions. Remove one first.`;
  throw conflict('TooManySubscriptionsException', message);
}

async function add(ask: Ask): Promise<SubscriptionView> {
  const project = await ask.project();
  const body = ask.body();
  const settings = settingsToStore(readSubscription(ask.app.sealer, body));
  await checkRoom(ask, project);
  const enabled = body.flag('enabled') ?? true;
  const input = { guid: randomUUID(), settings, enabled, by: callerName(ask) };
  return subscriptionView(await ask.app.store.subscriptions.create(project.id, input), undefined);
}

async function update(ask: Ask): Promise<SubscriptionView> {
  const row = await subscriptionOf(ask);
  const body = ask.body();
  const before = settingsOf(row);
  if (before.hook !== undefined && ['events', 'filter', 'target'].some((name) => body.has(name))) {
    const message = 'It was made as a service hook: change what it tells, and where, as a service hook.';
    throw conflict('SubscriptionIsServiceHookException', message);
  }
  const settings = settingsToStore(readSubscription(ask.app.sealer, body, before));
  const enabled = body.flag('enabled') ?? row.state === 'enabled';
  return withLast(
    ask,
    await ask.app.store.subscriptions.update(row.id, { settings, enabled, by: callerName(ask) }),
  );
}

async function remove(ask: Ask): Promise<undefined> {
  const row = await subscriptionOf(ask);
  await ask.app.store.subscriptions.remove(row.id);
  void ask.reply.code(204).send();
  return undefined;
}

async function test(ask: Ask): Promise<DeliveryView> {
  const row = await subscriptionOf(ask);
  const project = await ask.project();
  const { name } = settingsOf(row);
  const notice = testNotice(ask.app, project, { name, by: callerName(ask), at: ask.now });
  const made = { guid: randomUUID(), subscription: row.id, event: notice.event, body: notice };
  const delivery = await ask.app.store.deliveries.add(made);
  ask.app.notifier.wake();
  return deliveryView(delivery);
}

const STATES: EnumTable<DeliveryView['state']> = { waiting: 0, sending: 1, delivered: 2, failed: 3 };

async function listDeliveries(ask: Ask): Promise<Collection<DeliveryView>> {
  const row = await subscriptionOf(ask);
  const state = ask.query.word('state', STATES);
  const after = ask.query.continuation();
  const page = await ask.app.store.deliveries.list(row.id, {
    limit: ask.query.top(),
    ...(after !== undefined && { after }),
    ...(state !== undefined && { state }),
  });
  return wirePage(ask, page, deliveryView);
}

async function redeliver(ask: Ask): Promise<DeliveryView> {
  const row = await subscriptionOf(ask);
  const id = ask.id('delivery', 'Delivery');
  const again = await ask.app.store.deliveries.redeliver(row.id, id);
  if (again !== undefined) {
    ask.app.notifier.wake();
    return deliveryView(again);
  }
  const known = await ask.app.store.deliveries.get(row.id, id);
  if (known === undefined) throw notFound('Delivery', `Delivery ${id}`);
  throw conflict('DeliveryIsUnderWayException', `Delivery ${id} is not over: it is sent by itself.`);
}
