import type { Route } from './route.ts';

/** Names of the routes of notifications: ours, and those of Azure's service hooks. */
export type NotificationRoute =
  | 'listSubscriptions'
  | 'addSubscription'
  | 'getSubscription'
  | 'updateSubscription'
  | 'removeSubscription'
  | 'testSubscription'
  | 'listDeliveries'
  | 'redeliver'
  | 'listHooks'
  | 'addHook'
  | 'getHook'
  | 'replaceHook'
  | 'removeHook'
  | 'listHookNotifications';

const OWN = '/_apis/signalbox/notifications';
const HOOKS = '/_apis/hooks/subscriptions';
const permission = 'manageNotifications';

/** Who is told of what (REST.md §3.9). */
export const NOTIFICATION_ROUTES: Readonly<Record<NotificationRoute, Route>> = {
  listSubscriptions: {
    method: 'GET',
    scope: 'project',
    path: OWN,
    permission,
    summary: 'Who is told of what in a project, with the last delivery of each.',
  },
  addSubscription: {
    method: 'POST',
    scope: 'project',
    path: OWN,
    permission,
    summary: 'Tells a webhook, Slack, Teams or people by mail of what happens from now on.',
  },
  getSubscription: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/:subscription`,
    permission,
    summary: 'One subscription, without its secrets.',
  },
  updateSubscription: {
    method: 'PATCH',
    scope: 'project',
    path: `${OWN}/:subscription`,
    permission,
    summary: 'Changes a subscription; what is absent stays as it is, secrets too.',
  },
  removeSubscription: {
    method: 'DELETE',
    scope: 'project',
    path: `${OWN}/:subscription`,
    permission,
    summary: 'Ends a subscription; its deliveries go with it.',
  },
  testSubscription: {
    method: 'POST',
    scope: 'project',
    path: `${OWN}/:subscription/test`,
    permission,
    summary: 'Sends a test message; the delivery shows what came of it.',
  },
  listDeliveries: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/:subscription/deliveries`,
    permission,
    summary: 'The deliveries of a subscription, newest first (`state`, `$top`, `continuationToken`).',
  },
  redeliver: {
    method: 'POST',
    scope: 'project',
    path: `${OWN}/:subscription/deliveries/:delivery/redeliver`,
    permission,
    summary: 'Sends a delivery that is over again, under the same delivery id.',
  },
  listHooks: {
    method: 'GET',
    scope: 'organization',
    path: HOOKS,
    permission,
    summary: 'The subscriptions in the shape of service hooks (`publisherId`, `eventType`, `consumerId`).',
  },
  addHook: {
    method: 'POST',
    scope: 'organization',
    path: HOOKS,
    permission,
    summary: 'Makes a service hook for the consumer `webHooks`.',
  },
  getHook: {
    method: 'GET',
    scope: 'organization',
    path: `${HOOKS}/:subscription`,
    permission,
    summary: 'One service hook; its secrets are shown as asterisks.',
  },
  replaceHook: {
    method: 'PUT',
    scope: 'organization',
    path: `${HOOKS}/:subscription`,
    permission,
    summary: 'Replaces a service hook; asterisks leave a secret as it is.',
  },
  removeHook: {
    method: 'DELETE',
    scope: 'organization',
    path: `${HOOKS}/:subscription`,
    permission,
    summary: 'Ends a service hook.',
  },
  listHookNotifications: {
    method: 'GET',
    scope: 'organization',
    path: `${HOOKS}/:subscription/notifications`,
    permission,
    summary: 'What was sent to a service hook, newest first, and what came of it.',
  },
};
