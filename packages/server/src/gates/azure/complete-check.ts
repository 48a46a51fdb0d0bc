import type { CallerChannel, CallerNews } from '@signalbox/engine';
import type { ProjectId } from '@signalbox/model';
import type { CallerDesk, Telling } from '../../callers/desk.ts';
import { isLasting, type OutboundResult } from '../../outbound/outbound.ts';
import { callAzure, isRefused } from './azure-call.ts';
import { openCheck } from './check.ts';

/** Tells Azure DevOps the decision of a check: the stage may go on, or not (HOOK-5). */
export async function completeCheck(
  desk: CallerDesk,
  channel: CallerChannel,
  { project, news }: { readonly project: ProjectId; readonly news: CallerNews },
): Promise<Telling> {
  const check = openCheck(desk.sealer, channel);
  if (check === undefined)
    return { ok: false, again: false, message: 'The check was sealed with a key that is gone.' };
  const { hubName, planId, taskInstanceId: taskId, jobId } = check;
  const path = `_apis/distributedtask/hubs/${hubName}/plans/${planId}/events?api-version=2.0-preview.1`;
  const result = news === 'granted' ? 'succeeded' : 'failed';
  const body = { name: 'TaskCompleted', taskId, jobId, result };
  return tellingOf(await callAzure(desk, project, { check, call: { method: 'POST', path, body } }));
}

function tellingOf(result: OutboundResult): Telling {
  if (isRefused(result)) {
    const message = 'Azure DevOps refused the token; give the gate a personal access token that is good.';
    return { ok: false, again: true, message };
  }
  if (result.kind === 'failed') return { ok: false, again: !isLasting(result.code), message: result.message };
  const { status } = result;
  if (status >= 200 && status <= 299) return { ok: true, message: `Azure DevOps answered ${status}.` };
  // The check is over: decided, cancelled, timed out or deleted. Another try would not bring it back.
  const isGone = status === 404 || status === 409 || status === 410;
  return {
    ok: false,
    again: !isGone,
    message: `Azure DevOps answered ${status}${isGone ? ': it waits no more' : ''}.`,
  };
}
