import { minutes, type Millis } from '@signalbox/model';
import type { App } from '../app.ts';
import { oneAtATime } from '../notify/one-at-a-time.ts';
import { createLoop, type Loop } from '../work/loop.ts';
import { createFollower, type Follower } from './follow-runs.ts';
import { handleOccasion } from './handle.ts';
import { ringSchedules } from './ring.ts';
import type { Triggers } from './triggers.ts';
import { createWatcher, type PollTimes, type Watcher } from './watcher.ts';

/** Occasions that are looked at at one time. */
const AT_ONCE = 8;
/** How long an occasion is left to the server that took it. */
const LEASE_MS: Millis = minutes(3);
/** Occasions are kept for so long after their end: the same one is not taken for new. */
const KEEP_MS: Millis = minutes(90 * 24 * 60);
const PRUNE_EVERY_MS: Millis = minutes(60);
const PRUNED_AT_ONCE = 1000;

/** Starts to look at repositories, clocks and runs that end, and to queue what comes of it. */
export function createTriggers(app: App, times: PollTimes): Triggers {
  const { store, logger } = app;
  const watcher = createWatcher(app, times);
  const follower = createFollower(app);
  const handle = oneAtATime(async (): Promise<boolean> => {
    const rows = await store.triggers.take({ limit: AT_ONCE, lease: LEASE_MS });
    await Promise.all(rows.map((row) => handleOccasion(app, row)));
    return rows.length > 0;
  });
  const { occasions, ringing, loops, following } = loopsOf(app, { watcher, follower, handle });
  const stopListening = store.journal.onGrowth(following.wake);
  const stopPruning = startPruning(app, (error) =>
    logger.error({ err: error, what: 'triggers' }, 'work-failed'),
  );
  for (const loop of loops) loop.wake();
  return {
    on: true,
    wake: () => loops.forEach((loop) => loop.wake()),
    async look(project, url, hints) {
      await watcher.lookNow(project, url, hints).catch(() => false);
      occasions.wake();
      ringing.wake();
    },
    stateOf: (project, url) => watcher.stateOf(project, url),
    async settle() {
      await watcher.round();
      while ((await ringSchedules(app)) || (await follower.round()) || (await handle()));
    },
    async stop() {
      stopListening();
      stopPruning();
      for (const loop of loops) await loop.stop();
    },
  };
}

interface Parts {
  readonly watcher: Watcher;
  readonly follower: Follower;
  readonly handle: () => Promise<boolean>;
}

interface Loops {
  readonly occasions: Loop;
  readonly ringing: Loop;
  readonly following: Loop;
  readonly loops: readonly Loop[];
}

/** One loop for each thing that may bring something new, and one for what came of it. */
function loopsOf(app: App, { watcher, follower, handle }: Parts): Loops {
  const { store, clock, logger } = app;
  const failed = (what: string) => (error: unknown) => logger.error({ err: error, what }, 'work-failed');
  const occasions = createLoop({
    clock,
    round: handle,
    nextDue: () => store.triggers.nextDue(),
    failed: failed('triggers'),
  });
  const looking = createLoop({
    clock,
    async round() {
      if (await watcher.round()) occasions.wake();
      return false;
    },
    nextDue: async () => watcher.nextDue(),
    failed: failed('repositories'),
  });
  const ringing = createLoop({
    clock,
    async round() {
      const rang = await ringSchedules(app);
      if (rang) occasions.wake();
      return rang;
    },
    nextDue: () => store.triggers.nextSchedule(),
    failed: failed('schedules'),
  });
  const following = createLoop({
    clock,
    round: () => follower.round(),
    nextDue: async () => undefined,
    done: () => occasions.wake(),
    failed: failed('completions'),
  });
  return { occasions, ringing, following, loops: [looking, ringing, following, occasions] };
}

function startPruning({ store, clock }: App, failed: (error: unknown) => void): () => void {
  const prune = (): void => {
    store.triggers.prune({ endedBefore: clock() - KEEP_MS, limit: PRUNED_AT_ONCE }).catch(failed);
  };
  prune();
  const timer = setInterval(prune, PRUNE_EVERY_MS).unref();
  return () => clearInterval(timer);
}
