import type { CallbackBody } from '@signalbox/api';
import type { BundleRow, CallerChannel, CallerNews, TellCallerEffect } from '@signalbox/engine';
import type { TakenEffect } from '@signalbox/store';
import { completeCheck } from '../gates/azure/complete-check.ts';
import { describeResult, isLasting, type OutboundResult } from '../outbound/outbound.ts';
import type { Progress } from '../work/effects.ts';
import { callbackRequest, openCallback } from './callback.ts';
import { leaseOf, tellLocks, type CallerDesk, type Telling } from './desk.ts';

/** With the longest back-off of five minutes: about two days, as long as Azure's token lives (HOOK-8). */
const MOST_TRIES = 600;

/**
 * Tells a caller what became of its lease, and the lease what came of it. What is no longer true is not told: a grant
 * that was lost meanwhile, or news for a place that the caller has left.
 */
export async function tellCaller(
  desk: CallerDesk,
  effect: TellCallerEffect,
  { attempt }: TakenEffect,
): Promise<Progress> {
  const { project, request, news } = effect;
  const lease = await leaseOf(desk.store, project, request);
  const channel = lease?.requester.caller?.channel;
  if (lease === undefined || channel?.id !== effect.channel || !isTrue(lease, news)) return 'done';
  const telling =
    channel.kind === 'callback'
      ? await callBack(desk, effect, { lease, channel })
      : await completeCheck(desk, channel, { project, news });
  if (!telling.ok && telling.again && attempt < MOST_TRIES)
    return { again: 'backOff', note: telling.message };
  const { ok, message } = telling;
  await tellLocks(desk.store, project, {
    type: 'CallerTold',
    request,
    channel: channel.id,
    news,
    ok,
    message,
  });
  return 'done';
}

/** Whether the news is still so: a grant may be lost by the time that it can be told. */
function isTrue({ status, holder }: BundleRow, news: CallerNews): boolean {
  return news === 'lost' || (status === 'inUse' && holder === undefined);
}

async function callBack(
  desk: CallerDesk,
  { key, news, project }: TellCallerEffect,
  { lease, channel }: { readonly lease: BundleRow; readonly channel: CallerChannel },
): Promise<Telling> {
  const callback = openCallback(desk.sealer, channel);
  if (callback === undefined)
    return { ok: false, again: false, message: 'The callback was sealed with a key that is gone.' };
  const body = await bodyOf(desk, project, lease);
  const request = callbackRequest(callback, { delivery: key, news, body, at: desk.clock() });
  return tellingOf(await desk.outbound.send(request));
}

/** Any 2xx is a receipt; 410 says that nobody listens there any more. */
function tellingOf(result: OutboundResult): Telling {
  const message = describeResult(result);
  if (result.kind === 'failed') return { ok: false, again: !isLasting(result.code), message };
  const ok = result.status >= 200 && result.status <= 299;
  return ok ? { ok, message } : { ok, again: result.status !== 410, message };
}

async function bodyOf(desk: CallerDesk, project: number, lease: BundleRow): Promise<CallbackBody> {
  const { requester, requests, status } = lease;
  const locks: CallbackBody['locks'][number][] = [];
  for (const { lock, token } of requests) {
    const row = await desk.store.locks.get(project, lock);
    locks.push({ lockId: lock, name: row?.name ?? `lock ${lock}`, ...(token !== undefined && { token }) });
  }
  return {
    requestId: requester.stage,
    caller: requester.caller?.name ?? '',
    status: status === 'expected' ? 'queued' : status,
    locks,
    leaseSeconds: lease.lease?.seconds ?? 0,
    leaseUntil: new Date(lease.lease?.until ?? 0).toISOString(),
  };
}
