import { cancelInstance, completeInstance, resultWithoutReport } from './instance.ts';
import { cancelJob, continueJob } from './job.ts';
import type { RunMessage } from './messages.ts';
import { timeoutMessage } from './report.ts';
import { advanceServerJob } from './server-job.ts';
import type { InstanceKey } from './state.ts';
import { placeOf, type Turn } from './turn.ts';

/** The job's time is over: its agent is asked to stop it, clean-up included (TIME-1). */
export function jobTimedOut(turn: Turn, message: Extract<RunMessage, { type: 'JobTimedOut' }>): void {
  const place = placeOf(turn.state, message.instance);
  if (place?.instance.phase === 'onServer' && message.lease === 0)
    return cancelInstance(turn, place, 'timedOut');
  if (place?.instance.phase !== 'running' || place.instance.lease.token !== message.lease) return;
  cancelInstance(turn, place, 'timedOut');
}

/**
 * The clean-up's budget is over without a report: the job ends without one, and its locks stay until its
 * lease is closed (CANCEL-8, LAW-8). Lease 0: a survivor of the cancel waited too long for an agent (CANCEL-10).
 */
export function cancelBudgetOver(
  turn: Turn,
  message: Extract<RunMessage, { type: 'CancelBudgetOver' }>,
): void {
  const place = placeOf(turn.state, message.instance);
  if (place === undefined) return;
  const { instance } = place;
  if (message.lease === 0) {
    if (instance.phase === 'queued') cancelJob(turn, place.stage, place.job);
    if (instance.phase === 'onServer') serverStepDue(turn, message);
    return;
  }
  if (instance.phase !== 'running' || instance.lease.token !== message.lease) return;
  const why = instance.timedOut === true ? ` ${timeoutMessage(turn, place.key)}` : '';
  const silent = `Agent '${instance.lease.agentName}' did not end the job in the time given for its cancellation.${why}`;
  completeInstance(turn, place, resultWithoutReport(place), silent);
  continueJob(turn, place.key);
}

/** A step on the server may have waited long enough, or its job has no time left for clean-up (JOB-7, CANCEL-8). */
export function serverStepDue(turn: Turn, { instance: key }: { readonly instance: InstanceKey }): void {
  if (advanceServerJob(turn, key)) continueJob(turn, key);
}
