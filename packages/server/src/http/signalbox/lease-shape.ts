import type { LeaseCallbackView, LeaseView } from '@signalbox/api';
import { tellCaller, watchCaller, type BundleRow } from '@signalbox/engine';
import type { WaitingEffect } from '@signalbox/store';
import { wireTime } from '../shape/common.ts';
import { requestsView, type LockContext } from './lock-shape.ts';

/** A lease with its locks, their tokens, and why it waits. */
export async function leaseView(context: LockContext, bundle: BundleRow): Promise<LeaseView> {
  const { requester, lease, withdrawn } = bundle;
  const requests = await requestsView(context, bundle);
  const [first] = requests;
  if (first === undefined || lease === undefined) throw new Error(`Bundle ${bundle.id} is no lease.`);
  const { status, queueTime, assignTime, finishTime, reasons } = first;
  const callback = await callbackView(context, bundle);
  return {
    requestId: requester.stage,
    caller: requester.caller?.name ?? '',
    status,
    locks: requests.map(({ lockId, resourceName: name, token, position }) => ({
      lockId,
      name,
      ...(token !== undefined && { token }),
      ...(position !== undefined && { position }),
    })),
    queueTime,
    ...(assignTime !== undefined && { assignTime }),
    ...(finishTime !== undefined && { finishTime }),
    leaseSeconds: lease.seconds,
    // Of one who is told of the grant, the lease begins with it.
    ...((callback === undefined || assignTime !== undefined) && { leaseUntil: wireTime(lease.until) }),
    reasons,
    ...(callback !== undefined && { callback }),
    ...(withdrawn !== undefined && { withdrawn: { by: withdrawn.by, reason: withdrawn.reason } }),
  };
}

/** Where the caller is told, what it was told last, and what is being tried. */
async function callbackView(
  { store, project }: LockContext,
  { requester, told }: BundleRow,
): Promise<LeaseCallbackView | undefined> {
  const channel = requester.caller?.channel;
  if (channel === undefined) return undefined;
  const find = (effect: { readonly key: string } | undefined): Promise<WaitingEffect | undefined> =>
    effect === undefined ? Promise.resolve(undefined) : store.effects.find(effect.key);
  const granted = await find(tellCaller(project.id, requester, 'granted'));
  const trying = (await find(tellCaller(project.id, requester, 'lost'))) ?? granted;
  const watch = await find(watchCaller(project.id, requester));
  return {
    kind: channel.kind,
    target: channel.shown,
    ...(told !== undefined && { told: { ...told, at: wireTime(told.at) } }),
    ...(trying !== undefined && { trying: tryingView(trying) }),
    ...(watch?.note !== undefined && { watched: { lookedAgainAt: wireTime(watch.due), seen: watch.note } }),
  };
}

function tryingView({ attempt, due, note }: WaitingEffect): NonNullable<LeaseCallbackView['trying']> {
  return {
    attempts: attempt,
    ...(due > 0 && { nextAt: wireTime(due) }),
    ...(note !== undefined && { message: note }),
  };
}
