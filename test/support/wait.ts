import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for something that another process does: asks again every 50 ms, and says what it waited for
 * when `limitMs` is over. For end-to-end tests only; everything below them advances a clock instead.
 */
export async function waitUntil(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain: ${what}`);
    await pause(50);
  }
}
