import type { DeliveredEvent, DeliveryView, NotificationTargetView, SubscriptionView } from '@signalbox/api';
import type { DeliveryRow, SubscriptionRow } from '@signalbox/store';
import { settingsOf, type StoredTarget } from '../../notify/settings.ts';
import { wireTime } from '../shape/common.ts';

/** A subscription without its secrets, and how it goes. */
export function subscriptionView(row: SubscriptionRow, last: DeliveryRow | undefined): SubscriptionView {
  const { name, events, filter, target } = settingsOf(row);
  return {
    id: row.guid,
    name,
    events,
    filter,
    target: targetView(target),
    state: row.state,
    ...(row.reason !== undefined && { reason: row.reason }),
    ...(row.failingSince !== undefined && { failingSince: wireTime(row.failingSince) }),
    omitted: row.omitted,
    ...(last !== undefined && { last: deliveryView(last) }),
    createdBy: row.createdBy,
    createdDate: wireTime(row.createdAt),
    modifiedBy: row.modifiedBy,
    modifiedDate: wireTime(row.modifiedAt),
  };
}

function targetView(target: StoredTarget): NotificationTargetView {
  const { kind, shown, headers, user, hasPassword, isSigned, mail } = target;
  const isWebhook = kind === 'webhook';
  return {
    kind,
    shown,
    ...(isWebhook && { headers, isSigned }),
    ...(user !== '' && { user }),
    ...((isWebhook || mail !== undefined) && { hasPassword }),
    ...(mail !== undefined && { security: mail.security, from: mail.from, to: mail.to }),
  };
}

/** A delivery without what it tells, but for its sentence. */
export function deliveryView(row: DeliveryRow): DeliveryView {
  const { id, guid, event, state, attempts, due, createdAt, endedAt, result } = row;
  return {
    id,
    deliveryId: guid,
    // The column holds what the collector wrote.
    event: event as DeliveredEvent,
    title: titleOf(row),
    state,
    attempts,
    createdDate: wireTime(createdAt),
    ...(state === 'waiting' && attempts > 0 && { nextTry: wireTime(due) }),
    ...(endedAt !== undefined && { endedDate: wireTime(endedAt) }),
    ...(result !== undefined && { result }),
  };
}

/** What a delivery says, in one sentence. */
export function titleOf({ body }: Pick<DeliveryRow, 'body'>): string {
  const { title } = body;
  return typeof title === 'string' ? title : '';
}
