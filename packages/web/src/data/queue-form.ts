import type { QueueFormView } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSession } from './context.tsx';

/** What the file of a branch asks of whoever queues a run; the default branch where none is named. */
export function useQueueForm(pipeline: number, branch: string): UseQueryResult<QueueFormView> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['queue-form', project, pipeline, branch],
    queryFn: () => client.getQueueForm(project, pipeline, branch === '' ? undefined : branch),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}
