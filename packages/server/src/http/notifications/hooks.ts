import { randomUUID } from 'node:crypto';
import type { Collection, WireHook, WireHookNotification } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { DeliveryRow, SubscriptionRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { settingsOf, settingsToStore, type HookSettings } from '../../notify/settings.ts';
import { findProject, seesProject, type Ask, type Handlers } from '../ask.ts';
import { badRequest, notFound } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { collection, identityRef, wirePage, wireTime } from '../shape/common.ts';
import { MASK, readHook } from './read-hook.ts';
import { checkRoom } from './subscriptions.ts';
import { titleOf } from './views.ts';

/** Subscriptions in the shape of Azure's service hooks (REST.md §3.9). */
export const hookHandlers: Handlers<
  'listHooks' | 'addHook' | 'getHook' | 'replaceHook' | 'removeHook' | 'listHookNotifications'
> = {
  listHooks: async (ask) => list(ask),
  addHook: async (ask) => add(ask),
  getHook: async (ask) => wireHook(ask, await hookOf(ask)),
  replaceHook: async (ask) => replace(ask),
  removeHook: async (ask) => remove(ask),
  listHookNotifications: async (ask) => listNotifications(ask),
};

async function list(ask: Ask): Promise<Collection<WireHook>> {
  const rows = (await ask.app.store.subscriptions.list()).filter(
    (row) => seesProject(ask.principal, row.project) && settingsOf(row).hook !== undefined,
  );
  const wanted = (['publisherId', 'eventType', 'consumerId', 'consumerActionId'] as const).map(
    (name) => [name, ask.query.text(name)] as const,
  );
  const hooks = rows.map((row) => wireHook(ask, row));
  return collection(
    hooks.filter((hook) =>
      wanted.every(([name, value]) => value === undefined || fold(hook[name]) === fold(value)),
    ),
  );
}

async function hookOf(ask: Ask): Promise<SubscriptionRow> {
  const { app, principal } = ask;
  const guid = ask.param('subscription').toLowerCase();
  const row = await app.store.subscriptions.find(guid);
  if (row === undefined || !seesProject(principal, row.project) || settingsOf(row).hook === undefined)
    throw notFound('Subscription', `The subscription ${guid.slice(0, 60)}`);
  return row;
}

async function add(ask: Ask): Promise<WireHook> {
  const body = ask.body();
  const named = body.object('publisherInputs').text('projectId');
  if (named === undefined || named === '')
    throw badRequest('"publisherInputs" names the project as "projectId".');
  const project = await findProject(ask.app, ask.principal, named);
  const settings = settingsToStore(readHook(ask.app.sealer, body));
  await checkRoom(ask, project);
  const input = { guid: randomUUID(), settings, enabled: isEnabled(body) ?? true, by: callerName(ask) };
  return wireHook(ask, await ask.app.store.subscriptions.create(project.id, input));
}

async function replace(ask: Ask): Promise<WireHook> {
  const row = await hookOf(ask);
  const body = ask.body();
  const named = body.object('publisherInputs').text('projectId');
  const project = named && (await findProject(ask.app, ask.principal, named));
  if (project && project.id !== row.project)
    throw badRequest('A service hook stays in its project; make another one there.');
  const settings = settingsToStore(readHook(ask.app.sealer, body, settingsOf(row).target));
  const enabled = isEnabled(body) ?? row.state === 'enabled';
  const input = { settings, enabled, by: callerName(ask) };
  return wireHook(ask, await ask.app.store.subscriptions.update(row.id, input));
}

function isEnabled(body: Fields): boolean | undefined {
  const status = body.text('status');
  if (status === undefined) return undefined;
  const folded = fold(status);
  if (folded === 'enabled' || folded === 'onprobation') return true;
  if (folded.startsWith('disabled')) return false;
  throw badRequest('"status" is "enabled" or "disabledByUser".');
}

async function remove(ask: Ask): Promise<undefined> {
  const row = await hookOf(ask);
  await ask.app.store.subscriptions.remove(row.id);
  void ask.reply.code(204).send();
  return undefined;
}

function statusOf({ state, failingSince }: SubscriptionRow): WireHook['status'] {
  if (state === 'disabledBySystem') return 'disabledBySystem';
  if (state === 'disabled') return 'disabledByUser';
  return failingSince === undefined ? 'enabled' : 'onProbation';
}

function wireHook({ app }: Ask, row: SubscriptionRow): WireHook {
  const { target, hook = NO_HOOK } = settingsOf(row);
  const url = `${app.baseUrl()}/_apis/hooks/subscriptions/${row.guid}`;
  const { publisherId, eventType, resourceVersion, publisherInputs } = hook;
  return {
    id: row.guid,
    url,
    status: statusOf(row),
    publisherId,
    eventType,
    resourceVersion,
    eventDescription: '',
    consumerId: 'webHooks',
    consumerActionId: 'httpRequest',
    actionDescription: `To host ${target.shown}`,
    publisherInputs,
    consumerInputs: {
      // The address is a secret but for its host, so it comes back as such a text.
      url: `${target.shown.replace(/…$/, '')}${MASK}`,
      ...(target.headers.length > 0 && {
        httpHeaders: target.headers.map((name) => `${name}:${MASK}`).join('\n'),
      }),
      ...(target.user !== '' && { basicAuthUsername: target.user }),
      ...(target.hasPassword && { basicAuthPassword: MASK }),
      resourceDetailsToSend: hook.resourceDetailsToSend,
      messagesToSend: hook.messagesToSend,
      detailedMessagesToSend: hook.detailedMessagesToSend,
    },
    createdBy: identityRef(row.createdBy),
    createdDate: wireTime(row.createdAt),
    modifiedBy: identityRef(row.modifiedBy),
    modifiedDate: wireTime(row.modifiedAt),
    _links: { self: { href: url }, notifications: { href: `${url}/notifications` } },
  };
}

const NO_HOOK: HookSettings = {
  publisherId: '',
  eventType: '',
  resourceVersion: '',
  publisherInputs: {},
  resourceDetailsToSend: 'all',
  messagesToSend: 'all',
  detailedMessagesToSend: 'all',
};

async function listNotifications(ask: Ask): Promise<Collection<WireHookNotification>> {
  const row = await hookOf(ask);
  const after = ask.query.continuation();
  const options = { limit: ask.query.top(), ...(after !== undefined && { after }) };
  const page = await ask.app.store.deliveries.list(row.id, options);
  return wirePage(ask, page, (delivery) => wireNotification(row, delivery));
}

function wireNotification({ guid }: SubscriptionRow, delivery: DeliveryRow): WireHookNotification {
  const { id, guid: eventId, state, attempts, createdAt, endedAt, due, result } = delivery;
  return {
    id,
    subscriptionId: guid,
    eventId,
    status: ({ waiting: 'queued', sending: 'processing' } as const)[state as 'waiting'] ?? 'completed',
    result: ({ delivered: 'succeeded', failed: 'failed' } as const)[state as 'failed'] ?? 'pending',
    createdDate: wireTime(createdAt),
    modifiedDate: wireTime(endedAt ?? (attempts === 0 ? createdAt : Math.min(due, createdAt))),
    details: {
      eventType: delivery.event,
      requestAttempts: attempts,
      errorMessage: state === 'delivered' ? null : (result ?? null),
      message: titleOf(delivery),
    },
  };
}
