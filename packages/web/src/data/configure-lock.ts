import type { LockPatch, LockView } from '@signalbox/api';
import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSession } from './context.tsx';
import { merged } from './merge.ts';
import { keys } from './queries.ts';

/** Changes the policy of a lock, or switches it on or off; the answer is shown at once. */
export function useConfigureLock(lock: number): UseMutationResult<LockView, Error, LockPatch> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (patch: LockPatch) => client.updateLock(project, lock, patch),
    onSuccess: (changed) =>
      queries.setQueryData<readonly LockView[]>(keys.locks(project), (list) => merged(list ?? [], changed)),
  });
}
