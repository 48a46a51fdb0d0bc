import type { JobView, RunView, StageView, StepView } from '@signalbox/api';
import type { Board } from './board.ts';
import type { Mark } from './mark.ts';
import { jobMark, stepMark } from './mark.ts';
import type { StagePill } from './stage-pill.ts';
import { stagePill } from './stage-pill.ts';
import { elapsed, passed } from './time.ts';

/** A stage with its jobs, as the opened run shows it. */
export interface StageDetail {
  readonly pill: StagePill;
  /** `attempt 2`, from the second on. */
  readonly attempt?: string;
  readonly tokens: readonly string[];
  readonly jobs: readonly JobDetail[];
}

/** A job with its steps. */
export interface JobDetail {
  readonly key: string;
  readonly name: string;
  readonly mark: Mark;
  readonly agent?: string;
  readonly duration?: string;
  readonly message?: string;
  readonly steps: readonly StepDetail[];
}

/** A step; `log` is there when a log can be read. */
export interface StepDetail {
  readonly key: string;
  readonly name: string;
  readonly mark: Mark;
  readonly duration: string;
  readonly log?: number;
  readonly issues: readonly { readonly type: 'error' | 'warning'; readonly message: string }[];
}

/** All the stages of a run with what happened in them, attempts in order. */
export function runDetail(run: RunView, on: Board, now: number): readonly StageDetail[] {
  return run.stages.map((stage) => stageDetail(run, stage, on, now));
}

/** The step that a log belongs to; absent when the run has no such log. */
export function stepOfLog(run: RunView, log: number): StepView | undefined {
  return run.stages
    .flatMap((stage) => stage.jobs)
    .flatMap((job) => job.steps)
    .find((step) => step.log === log);
}

function stageDetail(run: RunView, stage: StageView, on: Board, now: number): StageDetail {
  return {
    pill: stagePill(run, stage, on, now),
    tokens: stage.tokens.map((token) => `${token.lockName} · token ${token.token}`),
    jobs: stage.jobs.map((job) => jobDetail(job, now)),
    ...(stage.attempt > 1 ? { attempt: `attempt ${stage.attempt}` } : {}),
  };
}

function jobDetail(job: JobView, now: number): JobDetail {
  const hook = job.hook === undefined ? '' : ` · ${job.hook}`;
  return {
    key: `${job.name}/${job.hook ?? ''}/${job.attempt}`,
    name: `${job.displayName}${hook}`,
    mark: jobMark(job),
    steps: job.steps.map((step) => stepDetail(step, now)),
    ...(job.agent === undefined ? {} : { agent: job.agent }),
    ...(job.message === undefined ? {} : { message: job.message }),
    ...(job.startTime === undefined ? {} : { duration: span(job.startTime, job.finishTime, now) }),
  };
}

function stepDetail(step: StepView, now: number): StepDetail {
  return {
    key: String(step.order),
    name: step.displayName,
    mark: stepMark(step),
    duration: span(step.startTime, step.finishTime, now),
    issues: step.issues,
    ...(step.log === undefined ? {} : { log: step.log }),
  };
}

function span(start: string, finish: string | undefined, now: number): string {
  return elapsed(passed(start, finish === undefined ? now : Date.parse(finish)));
}
