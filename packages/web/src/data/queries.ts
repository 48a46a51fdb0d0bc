import type { LockView, MeView, RunView, WireDefinition, WireProject, Client } from '@signalbox/api';
import { ApiError } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { QueryCache, QueryClient, useQuery } from '@tanstack/react-query';
import { useSession } from './context.tsx';

/** How many runs the page asks for. */
const RUNS = 50;
const RETRIES = 2;

/** The names under which server state is kept. */
export const keys = {
  me: ['me'] as const,
  projects: ['projects'] as const,
  runs: (project: string): readonly unknown[] => ['runs', project],
  everyRun: (project: string): readonly unknown[] => ['run', project],
  run: (project: string, id: number): readonly unknown[] => ['run', project, id],
  locks: (project: string): readonly unknown[] => ['locks', project],
  approval: (project: string, id: string): readonly unknown[] => ['approval', project, id],
  forecast: (project: string, lock: number): readonly unknown[] => ['forecast', project, lock],
  definitions: (project: string): readonly unknown[] => ['definitions', project],
};

/** The cache of server state: kept fresh by the feed, so nothing gets old by itself. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // The session ended: asking who we are anew brings the sign-in form.
        const lost = error instanceof ApiError && error.status === 401;
        if (lost && query.queryKey[0] !== 'me') void client.invalidateQueries({ queryKey: keys.me });
      },
    }),
    defaultOptions: {
      queries: { staleTime: Infinity, networkMode: 'always', refetchOnWindowFocus: false, retry },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

function retry(count: number, error: Error): boolean {
  const passing = error instanceof ApiError && (error.status === 0 || error.status >= 500);
  return passing && count < RETRIES;
}

/** Who is signed in, and what they may do on the organisation. */
export function useMe(client: Client): UseQueryResult<MeView> {
  return useQuery({ queryKey: keys.me, queryFn: () => client.me() });
}

/** What they may do in a project, where they have a role of their own; not asked where they have none. */
export function useMeIn(client: Client, me: MeView, project: string): UseQueryResult<MeView> | undefined {
  const own = me.projects?.find(({ name }) => name === project);
  const asked = useQuery({
    queryKey: ['meIn', project, own?.role],
    queryFn: () => client.me(project),
    enabled: own !== undefined,
  });
  return own === undefined ? undefined : asked;
}

/** The projects of the organisation. */
export function useProjects(client: Client): UseQueryResult<readonly WireProject[]> {
  return useQuery({
    queryKey: keys.projects,
    queryFn: async () => (await client.listProjects()).items,
  });
}

/** The latest runs of the project. */
export function useRuns(): UseQueryResult<readonly RunView[]> {
  const { client, project } = useSession();
  return useQuery({ queryKey: keys.runs(project), queryFn: () => readRuns(client, project) });
}

/** The locks of the project. */
export function useLocks(): UseQueryResult<readonly LockView[]> {
  const { client, project } = useSession();
  return useQuery({ queryKey: keys.locks(project), queryFn: () => readLocks(client, project) });
}

/** The pipelines of the project; read when somebody wants to queue one. */
export function useDefinitions(): UseQueryResult<readonly WireDefinition[]> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: keys.definitions(project),
    queryFn: async () => (await client.listDefinitions(project)).items,
    staleTime: 0,
  });
}

/** Reads the latest runs. */
async function readRuns(client: Client, project: string): Promise<readonly RunView[]> {
  return (await client.listRunViews(project, { top: RUNS })).items;
}

/** Reads all locks. */
async function readLocks(client: Client, project: string): Promise<readonly LockView[]> {
  return (await client.listLocks(project)).items;
}
