import { useSyncExternalStore } from 'react';

const SECOND = 1000;
// The server's `Date` header has whole seconds; smaller differences are noise.
const NOISE = 2 * SECOND;

let offset = 0;
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Learns how far this machine's clock is from the server's, so that elapsed times are the server's. */
export function noteServerDate(date: string | null): void {
  const server = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(server)) return;
  const difference = server - Date.now();
  offset = Math.abs(difference) > NOISE ? difference : 0;
}

/** The server's time in milliseconds, as well as this page knows it. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** The time, once a second: the page's one clock. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = serverNow();
    timer = setInterval(tick, SECOND);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = serverNow();
  for (const listener of listeners) listener();
}
