import type { RetriedJob, RunEvent } from '../events.ts';
import { needsRetry } from './plan-retry.ts';
import type { CompletedStage, JobState, RunState, StageState } from '../state.ts';

/** The run goes on: what ended it is over, a cancel too (RETRY-10, MAN-3). */
export function reopenedRun(state: RunState): RunState {
  const { result: _result, finishTime: _finish, cancel: _cancel, forced: _forced, ...rest } = state;
  return { ...rest, status: 'inProgress' };
}

/** A manual stage that somebody started; it waits for nothing else (MAN-1). */
export function requestedStage(
  stage: StageState,
  { at, by }: Extract<RunEvent, { type: 'StageRequested' }>,
): StageState {
  const isNew = stage.phase === 'notStarted' && stage.requested === undefined;
  return isNew ? { ...stage, requested: { at, by, way: 'start' } } : stage;
}

/** The run with a new attempt of a stage; the one before is kept among the earlier ones (RETRY-8). */
export function retriedRun(
  state: RunState,
  { stage: name, attempt, at, by, way, jobs }: Extract<RunEvent, { type: 'StageRetried' }>,
): RunState {
  const before = state.stages.find((stage) => stage.name === name);
  if (before?.phase !== 'completed' || attempt !== before.attempt + 1) return state;
  const again: StageState = {
    name,
    attempt,
    phase: 'notStarted',
    requested: { at, by, way },
    jobs: before.jobs.map((job) => retriedJob(job, jobs.find((one) => one.name === job.name)?.how ?? 'all')),
  };
  return {
    ...state,
    stages: state.stages.map((stage) => (stage === before ? again : stage)),
    earlier: [...(state.earlier ?? []), before],
  };
}

/** A job that is kept has the records, outputs and result of its last attempt, and its number (RETRY-4, CTX-8). */
function retriedJob(job: JobState, how: RetriedJob['how']): JobState {
  if (how === 'kept') return { ...job, carried: true };
  const instances = how === 'failed' ? keptInstances(job) : [];
  return { name: job.name, attempt: job.attempt + 1, phase: 'notStarted', instances };
}

/**
 * Of several instances those that need no retry stay as they are (RETRY-5). The hooks of a deployment are one sequence:
 * it runs whole.
 */
function keptInstances({ instances }: JobState): JobState['instances'] {
  return instances.filter(
    (one) =>
      one.phase === 'completed' && one.leg !== undefined && one.hook === undefined && !needsRetry(one.result),
  );
}

/** The attempts of a stage before its latest, oldest first (RETRY-8). */
export function earlierAttempts(
  { earlier = [] }: Pick<RunState, 'earlier'>,
  name: string,
): readonly CompletedStage[] {
  return earlier.filter((stage) => stage.name === name);
}
