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

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      // Node fires longer timers at once.
      const timer = setTimeout(end, Math.min(ms, 2_147_483_647));
      signal?.addEventListener('abort', end, { once: true });
    }),
};
