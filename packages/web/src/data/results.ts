import type { AttachmentView, RunResultsView } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useSession } from './context.tsx';

/** While a run goes on, its results are asked for this often. */
const AGAIN_MS = 5000;

/** What the steps of a run left behind. */
export function useRunResults(run: number, running: boolean): UseQueryResult<RunResultsView> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['results', project, run, running],
    gcTime: 0,
    refetchInterval: running ? AGAIN_MS : false,
    queryFn: () => client.getRunResults(project, run),
  });
}

/** The text of an attachment. */
export function useAttachment(
  run: number,
  timeline: string,
  { record, type, name, size }: AttachmentView,
): UseQueryResult<string> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['attachment', project, run, record, type, name, size],
    gcTime: 0,
    queryFn: () => client.getAttachment(project, run, { timeline, record, type, name }),
  });
}
