import { isAbsolute } from 'node:path';
import type { Instant, Millis } from '@signalbox/model';
import type { DefinitionRow } from '@signalbox/store';
import type { App } from '../app.ts';
import { withoutPassword } from '../git/git-program.ts';
import { repositoryUrlOf } from '../work/source.ts';
import type { PushHint } from './changes.ts';
import type { LookState } from './look-state.ts';
import { look, placeOf, type Place } from './look.ts';

/** How often repositories are looked at. */
export interface PollTimes {
  /** On this machine's disk: asking costs a few milliseconds. */
  readonly localMs: Millis;
  /** Elsewhere; a hook tells sooner. */
  readonly remoteMs: Millis;
}

/** Looks every few seconds at local repositories, and every half minute at others. */
export const DEFAULT_POLL_TIMES: PollTimes = { localMs: 2000, remoteMs: 30_000 };

/** A repository that does not answer is asked more and more seldom. */
const LONGEST_PAUSE_MS: Millis = 300_000;
/** Repositories that are asked at one time. */
const AT_ONCE = 4;

/** Looks at the repositories of all pipelines, each in its time. */
export interface Watcher {
  /** Looks at those that are due; true when something was new. */
  round(): Promise<boolean>;
  nextDue(): Instant | undefined;
  /** Looks at one now, with what somebody told of its pushes. Throws when it cannot be read. */
  lookNow(project: number, url: string, hints?: readonly PushHint[]): Promise<boolean>;
  stateOf(project: number, url: string): LookState | undefined;
}

/** Makes a watcher; it remembers in memory only when it looked, so every start looks at once. */
export function createWatcher(app: App, times: PollTimes): Watcher {
  const { store, clock, repositories } = app;
  const states = new Map<string, LookState>();
  const underWay = new Map<string, Promise<boolean>>();
  const keyOf = ({ project, url }: Pick<Place, 'project' | 'url'>): string => `${project} ${placeOf(url)}`;
  const lookAt = (place: Place, hints: readonly PushHint[]): Promise<boolean> => {
    const key = keyOf(place);
    const before = underWay.get(key) ?? Promise.resolve(false);
    // One after the other: a look that began before a push may have missed it.
    const looking = before
      .catch(() => false)
      .then(() => look({ store, repositories }, place, hints))
      .then(
        (isNew) => {
          states.set(key, { lookedAt: clock(), due: clock() + intervalOf(place.url, times), failures: 0 });
          return isNew;
        },
        (error: unknown) => {
          const failures = (states.get(key)?.failures ?? 0) + 1;
          const pause = Math.min(
            intervalOf(place.url, times) * 2 ** Math.min(failures, 10),
            LONGEST_PAUSE_MS,
          );
          const problem = withoutPassword(error instanceof Error ? error.message : String(error));
          states.set(key, { lookedAt: clock(), due: clock() + pause, failures, problem });
          throw error;
        },
      )
      .finally(() => {
        if (underWay.get(key) === looking) underWay.delete(key);
      });
    underWay.set(key, looking);
    return looking;
  };
  return {
    async round() {
      const places = await placesOf(app);
      const known = new Set(places.map(keyOf));
      for (const key of states.keys()) if (!known.has(key)) states.delete(key);
      const due = places.filter((place) => (states.get(keyOf(place))?.due ?? 0) <= clock());
      let isNew = false;
      for (let at = 0; at < due.length; at += AT_ONCE) {
        const some = due.slice(at, at + AT_ONCE);
        const found = await Promise.all(some.map((place) => lookAt(place, []).catch(() => false)));
        isNew ||= found.some(Boolean);
      }
      return isNew;
    },
    nextDue() {
      const due = [...states.values()].map((state) => state.due);
      return due.length === 0 ? undefined : Math.min(...due);
    },
    async lookNow(project, url, hints = []) {
      const place = (await placesOf(app)).find((one) => one.project === project && one.url === url);
      return place === undefined ? false : lookAt(place, hints);
    },
    stateOf: (project, url) => states.get(keyOf({ project, url })),
  };
}

function intervalOf(url: string, { localMs, remoteMs }: PollTimes): Millis {
  return isAbsolute(url) || url.startsWith('file://') ? localMs : remoteMs;
}

/** Every repository with the pipelines that lie in it, for each project. */
async function placesOf({ store }: Pick<App, 'store'>): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const { id: project } of await store.projects.list()) {
    const byUrl = new Map<string, DefinitionRow[]>();
    for (const definition of await store.definitions.list(project)) {
      const url = urlOf(definition);
      if (url !== undefined) byUrl.set(url, [...(byUrl.get(url) ?? []), definition]);
    }
    for (const [url, definitions] of byUrl) places.push({ project, url, definitions });
  }
  return places;
}

function urlOf(definition: DefinitionRow): string | undefined {
  try {
    return repositoryUrlOf(definition);
  } catch {
    return undefined;
  }
}
