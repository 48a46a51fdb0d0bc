import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Heading } from '../chrome/heading.tsx';
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
  /** Heads the page until what was read has a heading of its own; absent: it stands on a page that has one. */
  readonly title?: string;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const { query, what, rows = 3, title, children } = props;
  if (query.data !== undefined) return children(query.data);
  return (
    <>
      {title !== undefined && <Heading title={title} />}
      {query.error === null ? (
        <Skeleton what={what} rows={rows} />
      ) : (
        <Trouble error={query.error} again={() => void query.refetch()} />
      )}
    </>
  );
}
