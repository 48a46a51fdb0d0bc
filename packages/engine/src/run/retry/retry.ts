import { fold, type FoldedName } from '@signalbox/model';
import type { Refusal } from '../../refusals.ts';
import type { RetriedJob } from '../events.ts';
import type { RunMessage } from '../messages.ts';
import type { CompletedStage } from '../state.ts';
import { record, stageOf, stageView, type Turn } from '../turn.ts';
import { jobsToPlan, stagesToPlan } from './need.ts';
import { planJobs, planStages, type RetryWish, type StageRetry } from './plan-retry.ts';
import { whyNotYet } from './why-not-yet.ts';

type Retry = Extract<RunMessage, { type: 'Retry' }>;

/** A stage that gets a new attempt, and what that does with each of its jobs. */
interface NewAttempt {
  readonly stage: CompletedStage;
  readonly jobs: readonly RetriedJob[];
}

/**
 * Runs stages again: new attempts, which pass their condition, all their checks and their locks anew (RETRY-1, RETRY-7).
 * A run that was over goes on (RETRY-10).
 */
export function retry(turn: Turn, { by, ...wish }: Retry): void {
  const planned = planRetry(turn, wish);
  if (planned.ok) beginAttempts(turn, planned.attempts, { by, way: 'retry' });
  else turn.reply = { ok: false, refusal: planned.refusal };
}

/** What a wish comes to now: the new attempts, never none, or why there can be none. */
export function planRetry(
  turn: Turn,
  { stage, allJobs, alone }: Pick<Retry, 'stage' | 'allJobs' | 'alone'>,
):
  | { readonly ok: true; readonly attempts: readonly NewAttempt[] }
  | { readonly ok: false; readonly refusal: Refusal } {
  const wish = { allJobs, alone, ...(stage !== undefined && { stage: fold(stage) }) };
  const planned = planStages(stagesToPlan(turn.state, turn.view), wish);
  const attempts = attemptsOf(turn, planned);
  const problem = notFound(turn, stage) ?? whyNotYet(turn, new Set(planned.keys()), alone);
  if (problem !== undefined) return { ok: false, refusal: problem };
  if (attempts.length === 0) return { ok: false, refusal: nothingToRetry(turn, wish) };
  return { ok: true, attempts };
}

/** Begins the new attempts; replies which. */
export function beginAttempts(
  turn: Turn,
  attempts: readonly NewAttempt[],
  { by, way }: { readonly by: string; readonly way: 'retry' | 'force' },
): void {
  reopen(turn, by);
  for (const { stage, jobs } of attempts) {
    const attempt = stage.attempt + 1;
    record(turn, { type: 'StageRetried', stage: stage.name, attempt, at: turn.now, by, way, jobs });
  }
  turn.reply = { ok: true, value: { stages: attempts.map(({ stage }) => stage.name) } };
}

/** A run that is over goes on with the same id and number (RETRY-10, MAN-3). */
export function reopen(turn: Turn, by: string): void {
  if (turn.state.status === 'completed') record(turn, { type: 'RunReopened', at: turn.now, by });
}

/** The attempts of a plan; a stage of which every job would be kept gets none (RETRY-6). */
export function attemptsOf(turn: Turn, planned: ReadonlyMap<FoldedName, StageRetry>): readonly NewAttempt[] {
  return [...planned].flatMap(([key, how]) => {
    const stage = stageOf(turn.state, key);
    if (stage?.phase !== 'completed') return [];
    const jobs = planJobs(jobsToPlan(stage, stageView(turn.view, stage.name)), how);
    return jobs.every((job) => job.how === 'kept') ? [] : [{ stage, jobs }];
  });
}

function notFound({ state }: Turn, name: string | undefined): Refusal | undefined {
  if (name === undefined || stageOf(state, name) !== undefined) return undefined;
  return { code: 'stage-not-found', message: `The run has no stage '${name.slice(0, 100)}'.` };
}

function nothingToRetry({ state }: Turn, { stage: key }: RetryWish): Refusal {
  const stage = key === undefined ? undefined : stageOf(state, key);
  if (stage === undefined) {
    const message =
      'No stage of the run failed, so nothing is run again. Name a stage to run it all the same.';
    return { code: 'nothing-to-retry', message };
  }
  if (stage.phase === 'notStarted') {
    const message = `Stage '${stage.name}' has not started, so it cannot be run again.`;
    return { code: 'stage-not-started', message };
  }
  if (stage.phase !== 'completed') {
    const message = `Stage '${stage.name}' is under way. Wait until it is over, or cancel it.`;
    return { code: 'stage-under-way', message };
  }
  const message = `No job of stage '${stage.name}' failed, so nothing is run again. Ask for all jobs to run them all the same.`;
  return { code: 'nothing-to-retry', message };
}
