import type { LockRequestView, LockView } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Part } from '../view-models/lock/part.ts';
import { pagesOf } from '../view-models/lock/part.ts';
import { useSession } from './context.tsx';

/** Waiters that one answer has; the lock itself comes with the first so many. */
const PAGE = 100;
/** Ended requests that the page of a lock recalls. */
const HISTORY = 40;

/** Finds the waiter of a row, counted from 0; undefined while it is not read. */
export type Line = (row: number) => LockRequestView | undefined;

/** The line of a lock, of which only the part in sight is read; it is read again when the lock changes. */
export function useLine(lock: LockView, part: Part): Line {
  const { client, project } = useSession();
  const queries = useQueryClient();
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['line', project, lock.id] });
  }, [queries, project, lock]);
  const numbers = pagesOf(part, PAGE).filter((page) => page > 0);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: ['line', project, lock.id, page],
      queryFn: () => client.listWaiters(project, lock.id, { skip: page * PAGE, top: PAGE }),
      gcTime: 60_000,
    })),
  });
  return (row) => {
    const page = Math.floor(row / PAGE);
    if (page === 0) return lock.waiters[row];
    return pages[numbers.indexOf(page)]?.data?.items[row % PAGE];
  };
}

/** The latest requests of a lock that are over; read again when the lock changes. */
export function useLockHistory(lock: LockView): UseQueryResult<readonly LockRequestView[]> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['history', project, lock.id, lock.lastToken, lock.holders.length, lock.waitersTotal],
    queryFn: async () => (await client.listLockHistory(project, lock.id, { top: HISTORY })).items,
    placeholderData: keepPreviousData,
  });
}
