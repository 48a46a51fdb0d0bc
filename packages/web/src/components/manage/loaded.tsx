import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Skeleton, Trouble } from '../feedback/notice.tsx';

/**
 * What was read, or why it is not there. What was read before stays when reading it again fails: the frame says that
 * the server is away.
 */
export function Loaded<T>(props: {
  readonly query: UseQueryResult<T>;
  /** Completes "Reading … ". */
  readonly what: string;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const { query, what, rows = 3, children } = props;
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) return <Skeleton what={what} rows={rows} />;
  return <Trouble error={query.error} again={() => void query.refetch()} />;
}
