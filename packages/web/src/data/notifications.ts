import type { DeliveryView, NewSubscription, SubscriptionView } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';

const NAME = 'subscriptions';
const EVERY_MS = 5000;

/** Who is told of what. */
export function useSubscriptions(): UseQueryResult<readonly SubscriptionView[]> {
  return useAsked({
    name: NAME,
    every: EVERY_MS,
    read: async ({ client, project }) => (await client.listSubscriptions(project)).value,
  });
}

/** What was sent for a subscription, newest first. */
export function useDeliveries(subscription: string): UseQueryResult<readonly DeliveryView[]> {
  return useAsked({
    name: NAME,
    of: [subscription],
    every: EVERY_MS,
    read: async ({ client, project }) => (await client.listDeliveries(project, subscription)).items,
  });
}

/** What is saved; without `id` it is new. */
export interface SubscriptionOrder {
  readonly id?: string;
  readonly content: NewSubscription;
}

/** Makes a subscription, or changes it. */
export function useSaveSubscription(): UseMutationResult<SubscriptionView, Error, SubscriptionOrder> {
  return useChange(NAME, ({ client, project }, { id, content }) =>
    id === undefined
      ? client.addSubscription(project, content)
      : client.updateSubscription(project, id, content),
  );
}

/** Switches a subscription on or off. */
export function useSwitchSubscription(): UseMutationResult<
  SubscriptionView,
  Error,
  { readonly id: string; readonly enabled: boolean }
> {
  return useChange(NAME, ({ client, project }, { id, enabled }) =>
    client.updateSubscription(project, id, { enabled }),
  );
}

/** Ends a subscription. */
export function useRemoveSubscription(): UseMutationResult<void, Error, string> {
  return useChange(NAME, ({ client, project }, id) => client.removeSubscription(project, id));
}

/** Sends a test message. */
export function useTestSubscription(): UseMutationResult<DeliveryView, Error, string> {
  return useChange(NAME, ({ client, project }, id) => client.testSubscription(project, id));
}

/** Sends a delivery that is over again. */
export function useRedeliver(subscription: string): UseMutationResult<DeliveryView, Error, number> {
  return useChange(NAME, ({ client, project }, id) => client.redeliver(project, subscription, id));
}
