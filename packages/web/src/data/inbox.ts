import type { ApprovalUpdate, WireApproval } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSession } from './context.tsx';
import { keys, useRuns } from './queries.ts';

/** Runs that are older than the list of runs change unseen; so the inbox is read again after this time. */
const AGAIN_MS = 20_000;

/** The open approvals of the project; read again when the approvals of a run change. */
export function useInbox(): UseQueryResult<readonly WireApproval[]> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  const asked = (useRuns().data ?? [])
    .flatMap(({ stages }) => stages.flatMap(({ approvals = [] }) => approvals))
    .map(({ id, waitsFor }) => `${id} ${waitsFor.join()}`)
    .join('\n');
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['inbox', project] });
  }, [queries, project, asked]);
  return useQuery({
    queryKey: ['inbox', project],
    queryFn: async () => (await client.listApprovals(project, { state: 'pending,deferred' })).items,
    refetchInterval: AGAIN_MS,
  });
}

/** Decides or hands on approvals; done or refused, the inbox and the runs are read again. */
export function useDecideInInbox(): UseMutationResult<unknown, Error, readonly ApprovalUpdate[]> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (updates: readonly ApprovalUpdate[]) => client.updateApprovals(project, updates),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['inbox', project] }),
        queries.invalidateQueries({ queryKey: keys.runs(project) }),
      ]),
  });
}
