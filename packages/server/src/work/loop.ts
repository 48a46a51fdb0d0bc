import type { Instant, Millis } from '@signalbox/model';

/** What a loop does, and when. */
export interface LoopOptions {
  readonly clock: () => Instant;
  /** One bounded round; true when more is left to do at once. */
  round(): Promise<boolean>;
  /** When the next round is due at the latest; undefined when nothing waits. */
  nextDue(): Promise<Instant | undefined>;
  done?(): void;
  failed(error: unknown): void;
}

/** A loop that sleeps until it is woken or something is due. */
export interface Loop {
  readonly wake: () => void;
  /** Finishes the round under way. */
  stop(): Promise<void>;
}

// Timers are only wake-up hints: nothing is lost when one is late, and this bounds how late (RELIABILITY §0.5).
// Also far below 2^31 ms, beyond which Node's timers fire at once.
const LONGEST_SLEEP_MS: Millis = 10_000;
const PAUSE_AFTER_FAILURE_MS: Millis = 1000;

/** Makes a loop; it sleeps until the first `wake`. */
export function createLoop(options: LoopOptions): Loop {
  let stopped = false;
  let running: Promise<void> | undefined;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const sleep = (time: Millis): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(wake, Math.max(0, Math.min(time, LONGEST_SLEEP_MS)));
  };
  const run = async (): Promise<void> => {
    try {
      do {
        again = false;
        again = (await options.round()) || again;
      } while (again && !stopped);
      options.done?.();
      if (stopped) return;
      const due = await options.nextDue();
      sleep(due === undefined ? LONGEST_SLEEP_MS : due - options.clock());
    } catch (error) {
      if (!stopped) options.failed(error);
      sleep(PAUSE_AFTER_FAILURE_MS);
    }
  };
  function wake(): void {
    if (stopped) return;
    if (running !== undefined) {
      again = true;
      return;
    }
    running = run().finally(() => {
      running = undefined;
      // A wake that came while the round looked for its next due time.
      if (again) wake();
    });
  }
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
