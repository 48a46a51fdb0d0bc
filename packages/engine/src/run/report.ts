import { runNumberProblem, type Instant } from '@signalbox/model';
import { completeInstance, resultWithoutReport, settingsOf } from './instance.ts';
import { continueJob } from './job.ts';
import type { JobReport, RunMessage } from './messages.ts';
import type { InstanceState } from './state.ts';
import { placeOf, record, remind, tellPool, type Place, type Turn } from './turn.ts';

type Running = Extract<InstanceState, { phase: 'running' }>;

/**
 * What an agent says about its job. Only the current, open lease is heard: anything else is refused and
 * changes nothing (INV-51, AGENT-11). After the server has given up on a job, its last report still closes
 * the lease, so that the stage's locks need not wait for the quarantine (LAW-8).
 */
export function jobReported(turn: Turn, message: Extract<RunMessage, { type: 'JobReported' }>): void {
  const place = placeOf(turn.state, message.instance);
  const lease = place === undefined || place.instance.phase === 'queued' ? undefined : place.instance.lease;
  if (place === undefined || lease?.token !== message.lease || !lease.open) {
    turn.reply = {
      ok: false,
      refusal: { code: 'lease-refused', message: 'The lease is not the current one.' },
    };
    return;
  }
  for (const report of message.report) applyReport(turn, place, report);
  turn.reply = { ok: true, value: null };
}

function applyReport(turn: Turn, { key }: Place, report: JobReport): void {
  const place = placeOf(turn.state, key);
  if (place === undefined) return;
  if (report.kind === 'finished') finished(turn, place, report);
  else if (place.instance.phase === 'running') ongoing(turn, place, place.instance, report);
}

function ongoing(
  turn: Turn,
  { key }: Place,
  instance: Running,
  report: Exclude<JobReport, { kind: 'finished' }>,
): void {
  switch (report.kind) {
    case 'started':
      started(turn, key, instance, report.at);
      break;
    case 'step':
      record(turn, { type: 'StepReported', instance: key, step: report.step });
      break;
    case 'output': {
      const { name, value, secret } = report;
      record(turn, { type: 'OutputSet', instance: key, name, value, secret });
      break;
    }
    case 'runNumber':
      numbered(turn, report.number);
      break;
  }
}

/** RNAME-8: the jobs that start from now on see the new number; two runs may have the same. */
function numbered(turn: Turn, number: string): void {
  if (runNumberProblem(number) !== undefined || number === turn.state.number) return;
  record(turn, { type: 'RunNumbered', at: turn.now, number });
}

/** The job's clock runs from here, by the server's own time (JOB-3, TIME-1). */
function started(turn: Turn, key: Place['key'], instance: Running, said: Instant): void {
  if (instance.startTime !== undefined) return;
  // The agent's clock may be off; a start before the assignment or in the future cannot be right.
  const at = Math.min(turn.now, Math.max(instance.assignedAt, said));
  record(turn, { type: 'InstanceStarted', instance: key, at });
  const { timeoutInMinutes } = settingsOf(turn, key);
  if (timeoutInMinutes === 0 || instance.cancel !== undefined) return;
  const lease = instance.lease.token;
  remind(turn, turn.now + timeoutInMinutes * 60_000, { type: 'JobTimedOut', instance: key, lease });
}

function finished(turn: Turn, place: Place, report: Extract<JobReport, { kind: 'finished' }>): void {
  const { key, instance } = place;
  if (instance.phase === 'queued' || instance.lease?.open !== true) return;
  const lease = instance.lease.token;
  const overtime =
    instance.phase === 'running' && instance.timedOut === true ? timeoutMessage(turn, key) : undefined;
  completeInstance(turn, place, report.result, report.message ?? overtime);
  record(turn, { type: 'InstanceLeaseClosed', instance: key, lost: false, at: turn.now });
  tellPool(turn, instance, { type: 'JobOver', run: turn.state.id, instance: key, lease });
  continueJob(turn, key);
}

/** The pool closed the lease: by our own report to it, or because the agent is lost (JOB-6, LAW-8, LAW-10). */
export function leaseClosed(turn: Turn, message: Extract<RunMessage, { type: 'LeaseClosed' }>): void {
  const place = placeOf(turn.state, message.instance);
  if (place === undefined || place.instance.phase === 'queued') return;
  const { lease } = place.instance;
  if (lease?.token !== message.lease || !lease.open) return;
  record(turn, { type: 'InstanceLeaseClosed', instance: place.key, lost: message.lost, at: turn.now });
  const lost = `Agent '${lease.agentName}' stopped answering while it ran the job.`;
  completeInstance(turn, place, resultWithoutReport(place), lost);
  continueJob(turn, place.key);
}

/** The agent of the job is lost, or back: its stage's holder is not what it was (LAW-10). */
export function leaseTurned(
  turn: Turn,
  message: Extract<RunMessage, { type: 'LeaseLost' | 'LeaseRegained' }>,
): void {
  const place = placeOf(turn.state, message.instance);
  if (place === undefined || place.instance.phase === 'queued') return;
  const { lease } = place.instance;
  if (lease?.token !== message.lease || !lease.open) return;
  const { key: instance } = place;
  const at = turn.now;
  if (message.type === 'LeaseRegained') record(turn, { type: 'InstanceLeaseRegained', instance, at });
  else {
    const until = message.until === undefined ? {} : { until: message.until };
    record(turn, { type: 'InstanceLeaseLost', instance, at, ...until });
  }
}

/** What a job says that ran too long (TIME-1). */
export function timeoutMessage(turn: Turn, key: Place['key']): string {
  const { timeoutInMinutes } = settingsOf(turn, key);
  return `The job ran longer than its time-out of ${timeoutInMinutes} minutes.`;
}
