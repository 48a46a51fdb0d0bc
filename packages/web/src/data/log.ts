import { ApiError } from '@signalbox/api';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useSession } from './context.tsx';
import type { LogStore } from './log-store.ts';
import { createLogStore } from './log-store.ts';

/** A live log is asked for this often; only its new lines travel. */
const TAIL = 500;

/** A log of at most so many lines is read as a whole: its groups fold, and it is searched here. */
export const WHOLE = 20_000;

/** Which log. */
export interface LogAddress {
  readonly run: number;
  readonly log: number;
}

/** A log that is looked at. */
export interface OpenLog {
  readonly store: LogStore;
  /** Changes with every line that comes. */
  readonly version: number;
  /** The first answer is there. */
  readonly ready: boolean;
  readonly error: Error | null;
  readonly again: () => void;
}

/** Opens a log; while its step runs, new lines are added as they come. */
export function useOpenLog({ run, log }: LogAddress, running: boolean): OpenLog {
  const { client, project } = useSession();
  const store = useMemo(
    () =>
      createLogStore(async (startLine, endLine) =>
        linesOf(
          await client.getLog(project, run, log, {
            startLine,
            ...(endLine !== undefined && { endLine }),
          }),
        ),
      ),
    [client, project, run, log],
  );
  const version = useSyncExternalStore(store.subscribe, store.version);
  const [state, setState] = useState<{ readonly ready: boolean; readonly error: Error | null }>(NEW);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    const listCount = async (): Promise<number | undefined> =>
      (await client.listLogs(project, run)).items.find(({ id }) => id === log)?.lineCount;
    void follow({ store, running, listCount, signal: left.signal, told: setState });
    return () => left.abort();
  }, [client, project, run, log, running, store, tries]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  return { store, version, ...state, again };
}

const NEW = { ready: false, error: null } as const;

interface Following {
  readonly store: LogStore;
  readonly running: boolean;
  readonly listCount: () => Promise<number | undefined>;
  readonly signal: AbortSignal;
  readonly told: (state: { readonly ready: boolean; readonly error: Error | null }) => void;
}

/** Reads what there is, then what comes, until the signal; a failure is told, and ends it unless the step runs. */
async function follow(following: Following): Promise<void> {
  const { running, signal, told } = following;
  do {
    const error = await readOnce(following);
    if (signal.aborted) return;
    told({ ready: error === null, error });
    if (running) await new Promise((resolve) => setTimeout(resolve, TAIL));
  } while (running && !signal.aborted);
}

async function readOnce({ store, running, listCount }: Following): Promise<Error | null> {
  try {
    if (store.count() > 0) {
      await store.tail();
      return null;
    }
    store.grow((await listCount()) ?? 0);
    if (store.count() <= WHOLE) await store.want(1, store.count());
    return null;
  } catch (error) {
    // A step that has just begun has a number for its log, and nothing under it yet.
    if (running && error instanceof ApiError && error.status === 404) return null;
    return asError(error);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The lines of a log that contain a text, found by the server: for logs that are too long to be here. */
export function useLogSearch(address: LogAddress, text: string, wanted: boolean): readonly number[] {
  const { client, project } = useSession();
  const { run, log } = address;
  const { data } = useQuery({
    queryKey: ['log-search', project, run, log, text],
    enabled: wanted && text !== '',
    gcTime: 0,
    queryFn: async () => {
      const { hits } = await client.searchLogs(project, run, text, MOST_HITS);
      return hits.flatMap((hit) => (hit.log === log ? [hit.line] : []));
    },
  });
  return data ?? NO_HITS;
}

const MOST_HITS = 1000;
const NO_HITS: readonly number[] = [];

/** The lines of a text; a final line break ends the last line and begins none. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split(/\r?\n/);
}
