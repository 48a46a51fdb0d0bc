import type { Instant, Millis } from '@signalbox/model';

/** Time as the agent sees it; tests bring their own. */
export interface Clock {
  /** The time of day, for reports. */
  now(): Instant;
  /** Never goes back: for leases and limits (F13). */
  monotonic(): Millis;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(ms: Millis, signal?: AbortSignal): Promise<void>;
}

/** Node fires timers of more milliseconds than this at once. */
const LONGEST_TIMER: Millis = 2_147_483_647;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    for (let left = ms; left > 0 && signal?.aborted !== true; left -= LONGEST_TIMER) {
      await timer(Math.min(left, LONGEST_TIMER), signal);
    }
  },
};

function timer(ms: Millis, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timeout);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timeout = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
