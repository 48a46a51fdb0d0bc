import type { Collection } from '../wire/common.ts';
import type {
  DeliveryView,
  NewHook,
  NewSubscription,
  SubscriptionPatch,
  SubscriptionView,
  WireHook,
  WireHookNotification,
} from '../wire/notifications.ts';
import type { Nothing, Paging } from './shape.ts';

/** What the routes of `routes/notifications.ts` take and answer. */
export interface NotificationShapes {
  readonly listSubscriptions: { readonly answer: Collection<SubscriptionView> };
  readonly addSubscription: {
    readonly body: NewSubscription;
    readonly answer: SubscriptionView;
    readonly refuses: 409;
  };
  readonly getSubscription: { readonly answer: SubscriptionView };
  readonly updateSubscription: {
    readonly body: SubscriptionPatch;
    readonly answer: SubscriptionView;
    readonly refuses: 409;
  };
  readonly removeSubscription: { readonly answer: undefined };
  readonly testSubscription: { readonly body: Nothing; readonly answer: DeliveryView; readonly refuses: 409 };
  readonly listDeliveries: {
    readonly query: Paging & { readonly state?: DeliveryView['state'] };
    readonly answer: Collection<DeliveryView>;
  };
  readonly redeliver: { readonly body: Nothing; readonly answer: DeliveryView; readonly refuses: 409 };
  readonly listHooks: {
    readonly query: {
      readonly publisherId?: string;
      readonly eventType?: string;
      readonly consumerId?: string;
      readonly consumerActionId?: string;
    };
    readonly answer: Collection<WireHook>;
  };
  readonly addHook: { readonly body: NewHook; readonly answer: WireHook; readonly refuses: 409 };
  readonly getHook: { readonly answer: WireHook };
  readonly replaceHook: { readonly body: NewHook; readonly answer: WireHook };
  readonly removeHook: { readonly answer: undefined };
  readonly listHookNotifications: {
    readonly query: Paging;
    readonly answer: Collection<WireHookNotification>;
  };
}
