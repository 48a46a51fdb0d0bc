import type { RunView, RunYamlView, WireChange } from '@signalbox/api';
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

/** The pipeline of a run as it was expanded; it never changes. */
export function useRunYaml(id: number): UseQueryResult<RunYamlView> {
  const { client, project } = useSession();
  return useQuery({ queryKey: ['run-yaml', project, id], queryFn: () => client.getRunYaml(project, id) });
}

/** More commits of one run are not shown. */
const CHANGES = 200;

/** The commits that a run has and the one before had not, newest first. */
export function useChanges(id: number): UseQueryResult<readonly WireChange[]> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['changes', project, id],
    queryFn: async () => (await client.listChanges(project, id, CHANGES)).items,
  });
}
