import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from './context.tsx';
import { useSession } from './context.tsx';

/** What a page asks of the server: under which name it is kept, and how it is read. */
export interface Asked<T> {
  /** What a change of this kind of thing reads again. */
  readonly name: string;
  /** What tells it from others of the name. */
  readonly of?: readonly unknown[];
  readonly read: (session: Session) => Promise<T>;
  /** Milliseconds after which it is read again while it is shown; the feed does not tell of it. */
  readonly every?: number;
}

/** Reads something of the project that no feed keeps fresh: anew whenever a page shows it. */
export function useAsked<T>({ name, of = [], read, every }: Asked<T>): UseQueryResult<T> {
  const session = useSession();
  return useQuery({
    queryKey: [name, session.project, ...of],
    queryFn: () => read(session),
    staleTime: 0,
    ...(every !== undefined && { refetchInterval: every }),
  });
}

/** Changes something; done or refused, what is kept under the name is read again. */
export function useChange<Order, T = unknown>(
  name: string,
  act: (session: Session, order: Order) => Promise<T>,
): UseMutationResult<T, Error, Order> {
  const session = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: Order) => act(session, order),
    onSettled: () => queries.invalidateQueries({ queryKey: [name, session.project] }),
  });
}
