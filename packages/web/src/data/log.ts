import { ApiError } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from './context.tsx';

/** A live log is asked for this often; only its new lines travel. */
const TAIL = 1000;

/** Which log. */
export interface LogAddress {
  readonly run: number;
  readonly log: number;
}

/** The lines of a log; while its step runs, new lines are added as they come. */
export function useLog(address: LogAddress, running: boolean): UseQueryResult<readonly string[]> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  const queryKey = ['log', project, address.run, address.log, running];
  return useQuery({
    queryKey,
    gcTime: 0,
    placeholderData: keepPreviousData,
    refetchInterval: running ? TAIL : false,
    queryFn: async () => {
      const known = queries.getQueryData<readonly string[]>(queryKey) ?? [];
      const range = { startLine: known.length + 1 };
      try {
        return [...known, ...linesOf(await client.getLog(project, address.run, address.log, range))];
      } catch (error) {
        // A step that has just begun has a number for its log, and nothing under it yet.
        if (running && error instanceof ApiError && error.status === 404) return known;
        throw error;
      }
    },
  });
}

/** The lines of a text; a final line break ends the last line and begins none. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split(/\r?\n/);
}
