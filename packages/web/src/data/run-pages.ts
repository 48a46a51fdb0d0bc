import type { RunView } from '@signalbox/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RunSearch } from '../view-models/run-query.ts';
import { buildQuery, withLive } from '../view-models/run-query.ts';
import { useSession } from './context.tsx';
import { keys, useRuns } from './queries.ts';

/** How many runs one page has. */
const PAGE = 50;

/** The runs of a search, page by page, kept fresh by the feed. */
export interface RunPages {
  /** Undefined until the first page is there. */
  readonly runs: readonly RunView[] | undefined;
  readonly error: Error | null;
  readonly again: () => void;
  /** Reads the next page; absent: there is none. */
  readonly more: (() => void) | undefined;
  readonly reading: boolean;
}

/** Reads the runs of a search, newest first. */
export function useRunPages(search: RunSearch): RunPages {
  const { client, project } = useSession();
  const query = buildQuery(search);
  const live = useRuns().data;
  const pages = useInfiniteQuery({
    queryKey: [...keys.everyRun(project), 'pages', query],
    queryFn: ({ pageParam }) =>
      client.listRunViews(project, {
        ...query,
        top: PAGE,
        ...(pageParam !== '' && { continuationToken: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const read = pages.data;
  const runs = useMemo(
    () =>
      read === undefined
        ? undefined
        : withLive(
            read.pages.flatMap(({ items }) => items),
            live ?? [],
            search,
          ),
    [read, live, search],
  );
  return {
    runs,
    error: pages.error,
    again: () => void pages.refetch(),
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
    reading: pages.isFetchingNextPage,
  };
}
