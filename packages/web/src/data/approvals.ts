import type { ApprovalUpdate, OpenApprovalView, WireApproval } from '@signalbox/api';
import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useReloadRun } from './commands.ts';
import { useSession } from './context.tsx';
import { keys } from './queries.ts';

/** What the server says of open approvals to this viewer, by id; what is not read yet is missing. */
export function useApprovalDetails(open: readonly OpenApprovalView[]): {
  readonly byId: ReadonlyMap<string, WireApproval>;
  readonly error: Error | null;
} {
  const { client, project } = useSession();
  return useQueries({
    queries: open.map(({ id, waitsFor }) => ({
      // Whoever else decides changes who is awaited, and so what there is to read.
      queryKey: [...keys.approval(project, id), waitsFor],
      queryFn: () => client.getApproval(project, id),
    })),
    combine: (results) => ({
      byId: new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data] as const]))),
      error: results.find(({ error }) => error !== null)?.error ?? null,
    }),
  });
}

/** Decides approvals of a run. Decided or refused, the run and its approvals are read again. */
export function useDecide(run: number): UseMutationResult<unknown, Error, readonly ApprovalUpdate[]> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  const reload = useReloadRun();
  return useMutation({
    mutationFn: (updates: readonly ApprovalUpdate[]) => client.updateApprovals(project, updates),
    onSettled: async (_done, _error, updates) => {
      const read = updates.map(({ approvalId }) =>
        queries.invalidateQueries({ queryKey: keys.approval(project, approvalId) }),
      );
      // An approval that is over leaves the run: reading it first would only show what is gone.
      await reload(run).catch(() => undefined);
      await Promise.all(read);
    },
  });
}
