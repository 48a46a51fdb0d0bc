import type { RunView } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from './context.tsx';
import { keys } from './queries.ts';

/** One run, kept fresh by the feed; at once what the list of runs knows of it, if it does. */
export function useRun(id: number): UseQueryResult<RunView> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useQuery({
    queryKey: keys.run(project, id),
    queryFn: () => client.getRunView(project, id),
    placeholderData: () =>
      queries.getQueryData<readonly RunView[]>(keys.runs(project))?.find((run) => run.id === id),
  });
}
