import type { Instant } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { CompareRuns } from './compare-runs.ts';
import { createEffectRunner, type OutsideWork } from './effects.ts';
import { createLoop, type Loop } from './loop.ts';
import type { WorkObserver } from './observer.ts';

/** What the worker needs besides the store. */
export interface WorkerOptions {
  /** The store's clock: when mail and effects are due. Default: this machine's. */
  readonly clock?: () => Instant;
  readonly observer?: WorkObserver;
  /** Calls to the outside. Default: none, as in `signalbox run`, where nobody asks for any. */
  readonly outside?: OutsideWork;
  /** How commits of runs are compared; without it the age of a commit is never known (LOCK-67). */
  readonly compareRuns?: CompareRuns;
}

/** Keeps a store moving: mail that is due, timers, effects. Any number may work on one store. */
export interface Worker {
  /** Does everything that is due now, and what follows from it. */
  settle(): Promise<void>;
  /** How long ago the dispatcher last finished a round. */
  lastRound(): Instant;
  /** Finishes the round under way and stops. */
  stop(): Promise<void>;
}

/** Starts the dispatcher over a store: `signalbox up` uses it below HTTP, `signalbox run` without. */
export function createWorker(store: Store, options: WorkerOptions = {}): Worker {
  const clock = options.clock ?? Date.now;
  const observer = options.observer ?? {};
  let last = clock();
  const mail = createLoop({
    clock,
    round: () => drainMail(store, observer),
    nextDue: () => store.inbox.nextDue(),
    done: () => (last = clock()),
    failed: (error) => observer.failed?.('dispatch', error),
  });
  const runner = createEffectRunner({
    store,
    observer,
    outside: options.outside,
    compareRuns: options.compareRuns,
    ended: () => effects.wake(),
  });
  const effects = createLoop({
    clock,
    round: () => runner.round(),
    nextDue: () => store.effects.nextDue(),
    failed: (error) => observer.failed?.('effects', error),
  });
  const stopListening = [store.inbox.onMail(mail.wake), store.journal.onGrowth(effects.wake)];
  mail.wake();
  effects.wake();
  return {
    lastRound: () => last,
    async settle() {
      do {
        while ((await drainMail(store, observer)) || (await runner.round()));
        await runner.idle();
        // What came of a call is mail; when there is none, nothing is left to do.
      } while ((await store.work()).messages > 0);
    },
    async stop() {
      for (const stop of stopListening) stop();
      await stopAll([mail, effects]);
      await runner.idle();
    },
  };
}

async function stopAll(loops: readonly Loop[]): Promise<void> {
  for (const loop of loops) await loop.stop();
}

// A long backlog must leave the event loop to others now and then.
const UNITS_PER_ROUND = 256;

async function drainMail(store: Store, observer: WorkObserver): Promise<boolean> {
  const report = await store.work({ maxUnits: UNITS_PER_ROUND });
  if (report.messages > 0 || report.parked > 0) observer.worked?.(report);
  return report.more;
}
