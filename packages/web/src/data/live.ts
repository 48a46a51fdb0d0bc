import type { Client, FeedMessage, RunView } from '@signalbox/api';
import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Connection, FeedState } from '../view-models/connection.ts';
import { serverNow } from './clock.ts';
import { useSession } from './context.tsx';
import { followFeed } from './feed-loop.ts';
import { merged } from './merge.ts';
import { keys } from './queries.ts';
import type { Work } from './refresh.ts';
import { createRefresher } from './refresh.ts';

/** More than this many runs or locks at once are cheaper to read as a list. */
const SINGLY = 4;

/** Keeps runs and locks of the project fresh through the live feed, and says how the connection is. */
export function useLive(): Connection {
  const { client, project } = useSession();
  const queries = useQueryClient();
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });

  useEffect(() => {
    const left = new AbortController();
    const refresher = createRefresher((work) => refresh(queries, client, project, work));
    const state = (next: FeedState): void => setConnection((last) => nextConnection(last, next));
    const message = (heard: FeedMessage): void => {
      if (heard.kind === 'resync') refresher.everything();
      if (heard.kind === 'change') refresher.change(heard.change);
    };
    const ended = (refused: boolean): void => {
      if (refused) refresher.everything();
      void queries.invalidateQueries({ queryKey: keys.me });
    };
    void followFeed(client, project, { message, state, ended }, left.signal);
    return () => {
      refresher.stop();
      left.abort();
    };
  }, [client, project, queries]);
  return connection;
}

function nextConnection(last: Connection, state: FeedState): Connection {
  if (state === 'live') return { state, last: new Date(serverNow()).toISOString() };
  return last.last === undefined ? { state } : { state, last: last.last };
}

async function refresh(queries: QueryClient, client: Client, project: string, work: Work): Promise<void> {
  const { runs, locks } = work;
  const allRuns = work.everything || runs.size > SINGLY;
  const allLocks = work.everything || locks === 'all' || locks.size > SINGLY;
  await Promise.all([
    allRuns ? queries.invalidateQueries({ queryKey: keys.runs(project) }) : undefined,
    allRuns ? queries.invalidateQueries({ queryKey: keys.everyRun(project) }) : undefined,
    allLocks ? queries.invalidateQueries({ queryKey: keys.locks(project) }) : undefined,
    ...(allRuns ? [] : [...runs]).map((id) =>
      refreshOne(queries, keys.runs(project), () => readRun(queries, client, project, id)),
    ),
    ...(allLocks ? [] : [...locks]).map((id) =>
      refreshOne(queries, keys.locks(project), () => client.getLock(project, id)),
    ),
  ]);
}

/** Reads a run, also for the page that shows it alone. */
async function readRun(queries: QueryClient, client: Client, project: string, id: number): Promise<RunView> {
  const run = await client.getRunView(project, id);
  queries.setQueryData<RunView>(keys.run(project, id), (known) => (known === undefined ? undefined : run));
  return run;
}

/** Reads one thing into a list; when it cannot be read, the whole list is asked for, and says why. */
async function refreshOne<T extends { readonly id: number }>(
  queries: QueryClient,
  queryKey: readonly unknown[],
  read: () => Promise<T>,
): Promise<void> {
  try {
    const one = await read();
    queries.setQueryData<readonly T[]>(queryKey, (list) =>
      list === undefined ? undefined : merged(list, one),
    );
  } catch {
    await queries.invalidateQueries({ queryKey });
  }
}
