import type { Client, NewForceCancel, NewFreeze, NewPlace, OperatedRun, RunView } from '@signalbox/api';
import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RequestAct } from '../view-models/lock-acts.ts';
import { useSession } from './context.tsx';
import { merged } from './merge.ts';
import { keys } from './queries.ts';

/** An act on all the requests of a stage. */
export type RequestOrder = { readonly bundle: number; readonly reason: string } & (
  { readonly act: Exclude<RequestAct, 'move'> } | { readonly act: 'move'; readonly place: NewPlace }
);

/** Closes a lock, or opens it again. */
export type LockCommand =
  | { readonly act: 'freeze'; readonly freeze: NewFreeze }
  | { readonly act: 'unfreeze'; readonly reason: string };

/** Ends a run, or a stage of it, by force; the answer is shown at once. */
export function useForceCancel(run: number): UseMutationResult<OperatedRun, Error, NewForceCancel> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewForceCancel) => client.forceCancel(project, run, body),
    onSuccess: (done) =>
      queries.setQueryData<readonly RunView[]>(keys.runs(project), (list) => merged(list ?? [], done.run)),
  });
}

/** Acts on the requests of a stage; done or refused, the locks are read again. */
export function useOperateRequest(): UseMutationResult<unknown, Error, RequestOrder> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: RequestOrder): Promise<unknown> => give(client, project, order),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.locks(project) }),
  });
}

/** Freezes or unfreezes a lock; done or refused, the locks are read again. */
export function useOperateLock(lock: number): UseMutationResult<unknown, Error, LockCommand> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: LockCommand): Promise<unknown> =>
      order.act === 'freeze'
        ? client.freezeLock(project, lock, order.freeze)
        : client.unfreezeLock(project, lock, { reason: order.reason }),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.locks(project) }),
  });
}

function give(client: Client, project: string, order: RequestOrder): Promise<unknown> {
  const { bundle, reason } = order;
  switch (order.act) {
    case 'move':
      return client.moveRequest(project, bundle, { reason, ...order.place });
    case 'hold':
      return client.holdRequest(project, bundle, { reason });
    case 'unhold':
      return client.unholdRequest(project, bundle, { reason });
    case 'withdraw':
      return client.withdrawRequest(project, bundle, { reason });
    case 'forceGrant':
      return client.forceGrant(project, bundle, { reason });
    case 'acknowledge':
      return client.acknowledgeFailure(project, bundle, { reason });
    case 'forceRelease':
      return client.forceRelease(project, bundle, { reason });
  }
}
