import type { CheckAct, CheckView, Client, RunView } from '@signalbox/api';
import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation } from '@tanstack/react-query';
import { useReloadRun } from './commands.ts';
import { useSession } from './context.tsx';

/** An act on a check; `until`: of one that is put off. */
export interface CheckOrder {
  readonly act: CheckAct;
  readonly check: CheckView;
  readonly reason: string;
  readonly until?: string;
}

/** Acts on a check of a run; done or refused, the run is read again. */
export function useActOnCheck(run: RunView): UseMutationResult<unknown, Error, CheckOrder> {
  const { client, project } = useSession();
  const reload = useReloadRun();
  return useMutation({
    mutationFn: (order: CheckOrder): Promise<unknown> => give(client, project, run, order),
    onSettled: () => reload(run.id).catch(() => undefined),
  });
}

async function give(client: Client, project: string, run: RunView, order: CheckOrder): Promise<unknown> {
  const { act, check, reason, until } = order;
  if (act === 'permit') {
    const pipelines = [{ id: run.definition.id, authorized: true }];
    return client.changePipelinePermissions(project, check.resource, { pipelines });
  }
  if (check.suite === undefined) throw new Error(`${check.name} belongs to no suite.`);
  return client.operateCheck(project, check.suite, {
    action: act,
    checkId: check.id,
    ...(reason !== '' && { comment: reason }),
    ...(until !== undefined && { deferredTo: until }),
  });
}
