import type { WireArtifact } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useSession } from './context.tsx';

/** While a run goes on, its artifacts are asked for this often. */
const AGAIN_MS = 5000;

/** What a run has published so far. */
export function useArtifacts(run: number, running: boolean): UseQueryResult<readonly WireArtifact[]> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['artifacts', project, run, running],
    gcTime: 0,
    refetchInterval: running ? AGAIN_MS : false,
    queryFn: () => client.listArtifacts(project, run),
  });
}
