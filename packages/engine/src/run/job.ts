import type { NodeResult } from '@signalbox/model';
import { isJobDeselected, jobVerdict, stageParent } from './conditions.ts';
import { expandJob } from './expand-job.ts';
import { cancelInstance, completeInstance, planOf, queueInstance, settingsOf } from './instance.ts';
import type { JobSettings } from './job-settings.ts';
import { nextPart } from './next-part.ts';
import { startServerJob } from './server-job.ts';
import { recordDeployment } from './record-deployment.ts';
import type { JobView, StageView } from './plan-view.ts';
import { jobResult, soften } from './roll-up.ts';
import type { InstanceKey, JobState, StageState } from './state.ts';
import { jobOf, keyOf, placeOf, record, stageOf, type Turn } from './turn.ts';

/** Looks at a job that has not started: decides it when its dependencies are over (STG-1, STG-2). True when it did. */
export function decideJob(turn: Turn, stage: StageView, job: JobView): boolean {
  const found = findJob(turn, stage, job);
  if (found?.job.phase !== 'notStarted') return false;
  if (!job.dependsOn.every((name) => jobOf(found.stage, name)?.phase === 'completed')) return false;
  if (isJobDeselected(turn.state, stage, job.key)) {
    const { name } = found.job;
    record(turn, {
      type: 'JobCompleted',
      stage: found.stage.name,
      job: name,
      at: turn.now,
      result: 'skipped',
    });
    return true;
  }
  const verdict = jobVerdict(turn.state, turn.view, { stage, job }, stageParent(found.stage));
  const names = { stage: found.stage.name, job: found.job.name, at: turn.now };
  switch (verdict.kind) {
    case 'true':
      startJob(turn, found.stage, found.job);
      break;
    case 'false':
      record(turn, { type: 'JobCompleted', ...names, result: 'skipped' });
      break;
    case 'error': {
      const message = `The condition cannot be evaluated: ${verdict.condition}: ${verdict.message}`;
      record(turn, { type: 'JobCompleted', ...names, result: 'abandoned', message });
      break;
    }
  }
  return true;
}

/** Expands a job whose condition is true: into one instance, into legs or slices, or hook after hook (JOB-1). */
function startJob(turn: Turn, stage: StageState, job: JobState): void {
  const key = keyOf(stage, job);
  const expanded = expandJob(turn, key);
  const { expansion } = expanded.ok ? expanded : {};
  const started = { stage: stage.name, job: job.name, at: turn.now };
  record(turn, { type: 'JobStarted', ...started, ...(expansion !== undefined && { expansion }) });
  if (expanded.ok) continueJob(turn, key);
  else finishJob(turn, key, soften('failed', settingsOf(turn, key).continueOnError), expanded.message);
}

/** Goes on with a job that started, or of which an instance came to its end: what is next begins, or the job is over. */
export function continueJob(turn: Turn, key: InstanceKey): void {
  const { job: view } = planOf(turn, key);
  for (;;) {
    const stage = stageOf(turn.state, key.stage);
    const job = stage === undefined ? undefined : jobOf(stage, key.job);
    if (stage === undefined || job?.phase !== 'running') return;
    const next = nextPart(view.plan, job);
    if (next.kind === 'wait') return;
    if (next.kind === 'end') return completeJob(turn, keyOf(stage, job), next.complete);
    openInstance(turn, keyOf(stage, job, next.part));
  }
}

/** Asks an agent for an instance, or begins it on the server; what cannot be evaluated, or has no pool, fails here (JOB-2). */
function openInstance(turn: Turn, key: InstanceKey): void {
  const settings = settingsOf(turn, key);
  if (settings.problems.length > 0) failInstance(turn, key, settings);
  else if (settings.onServer) startServerJob(turn, key, settings);
  else queueInstance(turn, key, settings);
}

/** The instance is over before it is in any queue. */
function failInstance(turn: Turn, key: InstanceKey, { pool, problems }: JobSettings): void {
  record(turn, { type: 'InstanceQueued', instance: key, pool: pool.id, at: turn.now });
  const place = placeOf(turn.state, key);
  if (place !== undefined) completeInstance(turn, place, 'failed', problems.join(' '));
}

function completeJob(turn: Turn, key: InstanceKey, complete: boolean): void {
  const stage = stageOf(turn.state, key.stage);
  const job = stage === undefined ? undefined : jobOf(stage, key.job);
  if (job?.phase !== 'running') return;
  const result = jobResult(job.instances, job.cancelling, complete);
  const message = job.instances.find((one) => one.phase === 'completed' && one.message !== undefined);
  const { continueOnError } = settingsOf(turn, key);
  finishJob(
    turn,
    key,
    soften(result, continueOnError),
    message?.phase === 'completed' ? message.message : undefined,
  );
}

function finishJob(
  turn: Turn,
  { stage, job }: InstanceKey,
  result: NodeResult,
  message: string | undefined,
): void {
  const more = message === undefined ? {} : { message };
  record(turn, { type: 'JobCompleted', stage, job, at: turn.now, result, ...more });
  recordDeployment(turn, stage, job);
}

/** Stops a job whose condition does not survive the cancel (CANCEL-3), or that is stopped by force (CANCEL-13). */
export function cancelJob(
  turn: Turn,
  stage: StageState,
  job: JobState,
  manner: 'asked' | 'forced' = 'asked',
): void {
  if (job.phase !== 'running' || (job.cancelling && manner === 'asked')) return;
  if (!job.cancelling)
    record(turn, { type: 'JobCancelling', stage: stage.name, job: job.name, at: turn.now });
  for (const instance of job.instances) {
    const place = placeOf(turn.state, keyOf(stage, job, instance));
    if (place !== undefined) cancelInstance(turn, place, manner);
  }
}

function findJob(
  turn: Turn,
  { plan }: StageView,
  job: JobView,
): { readonly stage: StageState; readonly job: JobState } | undefined {
  const stage = stageOf(turn.state, plan.name);
  const found = stage === undefined ? undefined : jobOf(stage, job.plan.name);
  return stage === undefined || found === undefined ? undefined : { stage, job: found };
}
