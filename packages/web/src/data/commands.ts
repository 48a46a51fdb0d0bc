import type { RunView, StageAct, WireBuild } from '@signalbox/api';
import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSession } from './context.tsx';
import { merged } from './merge.ts';
import { keys } from './queries.ts';

/** What to queue. */
export interface QueueRequest {
  readonly definition: number;
  /** The pipeline's default branch when absent. */
  readonly branch?: string;
  /** The newest of the branch when absent. */
  readonly commit?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly stagesToSkip?: readonly string[];
}

/** Asks for a run to be cancelled; the feed shows how it ends. */
export function useCancelRun(): UseMutationResult<WireBuild, Error, number> {
  const { client, project } = useSession();
  const reload = useReloadRun();
  return useMutation({
    mutationFn: (id: number) => client.cancelBuild(project, id),
    onSuccess: (build) => reload(build.id),
  });
}

/** Runs the stages of a run again that failed, with those behind them (RETRY-1). */
export function useRetryRun(): UseMutationResult<WireBuild, Error, number> {
  const { client, project } = useSession();
  const reload = useReloadRun();
  return useMutation({
    mutationFn: (id: number) => client.retryBuild(project, id),
    onSettled: (_done, _error, id) => reload(id).catch(() => undefined),
  });
}

/** What is to be done about a stage. */
export interface StageOrder {
  readonly stage: string;
  readonly act: StageOrderAct;
}

/** `cancel`: it is stopped, or does not run at all (CANCEL-11). */
export type StageOrderAct = StageAct | 'cancel';

/** Runs a stage of a run again, starts it, or cancels it; the feed shows how it goes on. */
export function useActOnStage(run: number): UseMutationResult<void, Error, StageOrder> {
  const { client, project } = useSession();
  const reload = useReloadRun();
  return useMutation({
    mutationFn: ({ stage, act }: StageOrder) => {
      if (act === 'cancel') return client.cancelStage(project, run, stage);
      if (act === 'start') return client.startStage(project, run, stage);
      return client.retryStage(project, run, stage, { allJobs: act === 'retryAll' });
    },
    onSettled: () => reload(run),
  });
}

/** Queues a run. */
export function useQueueRun(): UseMutationResult<{ readonly id: number }, Error, QueueRequest> {
  const { client, project } = useSession();
  const reload = useReloadRun();
  return useMutation({
    mutationFn: ({ definition, parameters, ...options }: QueueRequest) =>
      client.runPipeline(project, definition, {
        ...options,
        ...(parameters !== undefined && { templateParameters: parameters }),
      }),
    onSuccess: (build) => reload(build.id),
  });
}

/** Ends the session; the sign-in form follows. */
export function useSignOut(): UseMutationResult<void, Error, void> {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.signOut(),
    onSuccess: () => queries.resetQueries(),
  });
}

/** Reads one run into the list of the page, also one that is older than the list. */
export function useReloadRun(): (id: number) => Promise<void> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return async (id) => {
    const run = await client.getRunView(project, id);
    queries.setQueryData<RunView>(keys.run(project, id), run);
    queries.setQueryData<readonly RunView[]>(keys.runs(project), (list) => merged(list ?? [], run));
  };
}
