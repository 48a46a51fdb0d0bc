import type { WireDefinition } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useSession } from './context.tsx';
import { keys } from './queries.ts';

/** One pipeline. */
export function useDefinition(id: number): UseQueryResult<WireDefinition> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: [...keys.definitions(project), id],
    queryFn: () => client.getDefinition(project, id),
    staleTime: 0,
  });
}
