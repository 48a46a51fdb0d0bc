import { ROUTES } from '../routes/table.ts';
import type { Collection, Paged } from '../wire/common.ts';
import type {
  DeliveryView,
  NewSubscription,
  SubscriptionPatch,
  SubscriptionView,
} from '../wire/notifications.ts';
import type { Transport } from './transport.ts';

/** Notifications: who is told of what. */
export interface NotificationsClient {
  listSubscriptions(project: string): Promise<Collection<SubscriptionView>>;
  addSubscription(project: string, subscription: NewSubscription): Promise<SubscriptionView>;
  getSubscription(project: string, subscription: string): Promise<SubscriptionView>;
  updateSubscription(
    project: string,
    subscription: string,
    patch: SubscriptionPatch,
  ): Promise<SubscriptionView>;
  removeSubscription(project: string, subscription: string): Promise<void>;
  /** Sends a test message; the answer is the delivery as it begins. */
  testSubscription(project: string, subscription: string): Promise<DeliveryView>;
  listDeliveries(
    project: string,
    subscription: string,
    options?: { readonly state?: DeliveryView['state']; readonly top?: number },
  ): Promise<Paged<DeliveryView>>;
  redeliver(project: string, subscription: string, delivery: number): Promise<DeliveryView>;
}

/** The calls of `NotificationsClient`. */
export function notificationsClient(transport: Transport): NotificationsClient {
  return {
    listSubscriptions: (project) => transport.json(ROUTES.listSubscriptions, { path: { project } }),
    addSubscription: (project, body) => transport.json(ROUTES.addSubscription, { path: { project }, body }),
    getSubscription: (project, subscription) =>
      transport.json(ROUTES.getSubscription, { path: { project, subscription } }),
    updateSubscription: (project, subscription, body) =>
      transport.json(ROUTES.updateSubscription, { path: { project, subscription }, body }),
    removeSubscription: (project, subscription) =>
      transport.json(ROUTES.removeSubscription, { path: { project, subscription } }),
    testSubscription: (project, subscription) =>
      transport.json(ROUTES.testSubscription, { path: { project, subscription }, body: {} }),
    listDeliveries: (project, subscription, { state, top } = {}) =>
      transport.page(ROUTES.listDeliveries, { path: { project, subscription }, query: { state, $top: top } }),
    redeliver: (project, subscription, delivery) =>
      transport.json(ROUTES.redeliver, { path: { project, subscription, delivery }, body: {} }),
  };
}
