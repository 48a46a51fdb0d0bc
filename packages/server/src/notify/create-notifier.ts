import { minutes } from '@signalbox/model';
import type { App } from '../app.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { createLoop } from '../work/loop.ts';
import { createCollector } from './collect.ts';
import { createDeliverer } from './deliver.ts';
import type { Notifier } from './notifier.ts';

/** Events that come close together are read together. */
const PAUSE_MS = 250;
/** Deliveries are kept for so long after their end. */
const KEEP_MS: number = minutes(30 * 24 * 60);
const PRUNE_EVERY_MS = 60 * 60_000;
const PRUNED_AT_ONCE = 1000;

/** Starts reading the journal for subscriptions, and sending what became of it. */
export function createNotifier(app: App, outbound: Outbound): Notifier {
  const { store, clock, logger, sealer, instanceId: instance } = app;
  const failed = (what: string) => (error: unknown) => logger.error({ err: error, what }, 'work-failed');
  const collector = createCollector(app);
  const deliverer = createDeliverer({
    app,
    sealer,
    outbound,
    clock,
    instance,
    chance: Math.random,
    ended: () => sending.wake(),
  });
  const sending = createLoop({
    clock,
    round: () => deliverer.round(),
    nextDue: async () => (deliverer.isFull() ? undefined : store.deliveries.nextDue()),
    failed: failed('deliveries'),
  });
  const collecting = createLoop({
    clock,
    round: () => collector.round(),
    nextDue: async () => undefined,
    done: () => sending.wake(),
    failed: failed('notifications'),
  });
  let pause: ReturnType<typeof setTimeout> | undefined;
  const grown = (): void => {
    pause ??= setTimeout(() => {
      pause = undefined;
      collecting.wake();
    }, PAUSE_MS).unref();
  };
  const stopPruning = startPruning(app, failed('deliveries'));
  const stopListening = store.journal.onGrowth(grown);
  collecting.wake();
  return {
    wake: () => sending.wake(),
    async settle() {
      while (await collector.round());
      let due: number | undefined;
      do {
        await deliverer.round();
        await deliverer.idle();
        due = await store.deliveries.nextDue();
      } while (due !== undefined && due <= clock());
    },
    async stop() {
      stopListening();
      clearTimeout(pause);
      stopPruning();
      await collecting.stop();
      await sending.stop();
      await deliverer.idle();
    },
  };
}

function startPruning({ store, clock }: App, failed: (error: unknown) => void): () => void {
  const prune = (): void => {
    const endedBefore = clock() - KEEP_MS;
    store.deliveries.prune({ endedBefore, limit: PRUNED_AT_ONCE }).catch(failed);
  };
  prune();
  const timer = setInterval(prune, PRUNE_EVERY_MS).unref();
  return () => clearInterval(timer);
}
