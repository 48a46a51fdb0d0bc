import type { RunId } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { CheckPlace } from './check-place.ts';

// The steps of a job have the numbers 1 to 999 behind a multiple of this; the multiples themselves are free.
const STEP = 1000;
/** Checks of one checkpoint that have a log of their own. */
const CHECKS = 1000;

/** The number of a check's log, unique in its run. `stages`: how many the run has. */
export function checkLogNumber({ stage, attempt, check }: CheckPlace, stages: number): number {
  return (((attempt - 1) * stages + stage) * CHECKS + check) * STEP;
}

/** A place in the logs of a run. */
export interface LogPlace {
  readonly run: RunId;
  readonly log: number;
}

const TRIES = 5;
/** One chain for each log: lines of two calls that arrive together both count. */
const chains = new Map<string, Promise<unknown>>();

/**
 * Puts lines at the end of a check's log; answers how many it has then (HOOK-6). They come from several sides, and
 * the store numbers lines: what another replica added meanwhile is seen by reading again, and ours follows it.
 */
export function addToCheckLog(store: Store, place: LogPlace, lines: readonly string[]): Promise<number> {
  const key = `${place.run}:${place.log}`;
  const before = chains.get(key) ?? Promise.resolve();
  const added = before.catch(() => undefined).then(() => append(store, place, lines));
  chains.set(key, added);
  const forget = (): void => {
    if (chains.get(key) === added) chains.delete(key);
  };
  added.then(forget, forget);
  return added;
}

async function append(store: Store, place: LogPlace, lines: readonly string[]): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const known = await store.logs.list(place.run);
    const count = known.find(({ log }) => log === place.log)?.lineCount ?? 0;
    if (lines.length === 0) return count;
    const total = await store.logs.append(place, count + 1, lines);
    if (tries === TRIES || (await isThere(store, place, { start: count + 1, lines }))) return total;
  }
}

async function isThere(
  store: Store,
  place: LogPlace,
  { start, lines }: { readonly start: number; readonly lines: readonly string[] },
): Promise<boolean> {
  const found = await store.logs.lines(place, { start, end: start + lines.length - 1 });
  return found.length === lines.length && found.every((line, index) => line === lines[index]);
}
