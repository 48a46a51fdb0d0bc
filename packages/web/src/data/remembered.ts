import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const PREFIX = 'signalbox.';

/** A choice that this browser keeps, for example the theme; `undefined` when none was made. */
export function useRemembered(
  key: string,
): readonly [string | undefined, (value: string | undefined) => void] {
  const value = useSyncExternalStore(subscribe, () => remembered(key));
  return [value, (next) => remember(key, next)];
}

/** Reads a kept choice; a browser that forbids storage has none. */
export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Without storage the choice cannot be kept; nothing else depends on it.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
