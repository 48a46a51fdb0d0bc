import type { DeliveryRow, SubscriptionRow } from '@signalbox/store';
import type { App } from '../app.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { reasonToDisable, reportOf } from './retry.ts';
import { send, type SendDesk } from './send.ts';

/** Longer than any try takes; afterwards another replica may try. */
const LEASE_MS = 60_000;
/** Tries at one time, each to another subscription: a target that does not answer keeps nobody else waiting. */
const UNDER_WAY = 64;

/** Sends deliveries that are due. */
export interface Deliverer {
  /** Starts what is due; true when there may be more. Calls are not waited for. */
  round(): Promise<boolean>;
  /** True while no more can be begun: then `ended` says when. */
  isFull(): boolean;
  idle(): Promise<void>;
}

/** What a deliverer needs. */
export interface DelivererOptions extends SendDesk {
  readonly app: App;
  readonly chance: () => number;
  /** A try is over: the next one of its subscription may be due. */
  readonly ended: () => void;
}

/** Makes a deliverer. */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { store, logger } = options.app;
  const underWay = new Set<Promise<void>>();
  const begin = (subscription: SubscriptionRow, delivery: DeliveryRow): void => {
    const work = deliver(options, subscription, delivery)
      // The database does not serve: the delivery comes back by itself when its lease is over.
      .catch((error: unknown) => logger.error({ err: error, what: 'deliveries' }, 'work-failed'))
      .finally(() => {
        underWay.delete(work);
        options.ended();
      });
    underWay.add(work);
  };
  const round = async (): Promise<boolean> => {
    const limit = UNDER_WAY - underWay.size;
    if (limit <= 0) return false;
    const taken = await store.deliveries.take({ limit, lease: LEASE_MS });
    if (taken.length === 0) return false;
    const rows = new Map((await store.subscriptions.list()).map((row) => [row.id, row]));
    for (const delivery of taken) {
      const subscription = rows.get(delivery.subscription);
      // Without one it was removed, and its deliveries with it.
      if (subscription !== undefined) begin(subscription, delivery);
    }
    return taken.length === limit;
  };
  return {
    round: oneAtATime(round),
    isFull: () => underWay.size >= UNDER_WAY,
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

async function deliver(
  options: DelivererOptions,
  subscription: SubscriptionRow,
  delivery: DeliveryRow,
): Promise<void> {
  const { app, chance } = options;
  const sent = await send(options, subscription, delivery);
  const now = app.clock();
  const { attempts } = delivery;
  await app.store.deliveries.report(delivery.id, reportOf(sent, delivery, { now, chance: chance() }));
  const reason = reasonToDisable(sent, subscription, { attempts, now });
  if (reason !== undefined) await app.store.subscriptions.disable(subscription.id, reason);
}
