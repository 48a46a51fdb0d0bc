import type { EarlierAttemptView, JobView, RunView, StageAct, StageView, StepView } from '@signalbox/api';
import type { Board } from './board.ts';
import type { CheckRow } from './check.ts';
import { checkRows } from './check.ts';
import type { Mark } from './mark.ts';
import { checkMark, jobMark, resultMark, stepMark } from './mark.ts';
import type { StagePill } from './stage-pill.ts';
import { stagePill } from './stage-pill.ts';
import { stageReason } from './stage-reason.ts';
import { elapsed, passed } from './time.ts';

/** A stage with its jobs, as the opened run shows it. */
export interface StageDetail {
  readonly pill: StagePill;
  /** The name behind `stage:`, which commands use. */
  readonly name: string;
  /** `attempt 2`, from the second on. */
  readonly attempt?: string;
  /** What can be done about it now. */
  readonly acts: readonly (StageAct | 'cancel')[];
  /** The attempts before, newest first. */
  readonly earlier: readonly EarlierDetail[];
  readonly tokens: readonly string[];
  /** In the order of evaluation. */
  readonly checks: readonly CheckRow[];
  /** Why it waits, or did not run, beyond what its checks say. */
  readonly reasons: readonly string[];
  readonly jobs: readonly JobDetail[];
}

/** An attempt of a stage before the latest: `Attempt 1: failed`, and its jobs. */
export interface EarlierDetail {
  readonly title: string;
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
  /** How far it says that it is. */
  readonly progress?: string;
  readonly log?: number;
  readonly issues: readonly { readonly type: 'error' | 'warning'; readonly message: string }[];
}

/** All the stages of a run with what happened in them, attempts in order. */
export function runDetail(run: RunView, on: Board, now: number): readonly StageDetail[] {
  return run.stages.map((stage) => stageDetail(run, stage, on, now));
}

/** What a log belongs to: how it is called, how it stands, and whether lines may still come. */
export interface LogOwner {
  readonly name: string;
  readonly mark?: Mark;
  readonly running: boolean;
}

/** The step or the check that a log belongs to; it has only a number when the run knows neither. */
export function logOwner({ stages }: RunView, log: number): LogOwner {
  const attempts = stages.flatMap((stage) => [stage, ...(stage.previousAttempts ?? [])]);
  const steps = attempts.flatMap(({ jobs }) => jobs).flatMap((job) => job.steps);
  const step = steps.find((one) => one.log === log);
  if (step !== undefined) {
    return { name: step.displayName, mark: stepMark(step), running: step.state === 'inProgress' };
  }
  const check = stages.flatMap(({ checks = [] }) => checks).find((one) => one.log === log);
  if (check === undefined) return { name: `Log ${log}`, running: false };
  return { name: check.name, mark: checkMark(check), running: check.awaited };
}

function stageDetail(run: RunView, stage: StageView, on: Board, now: number): StageDetail {
  const pill = stagePill(run, stage, on, now);
  const checks = checkRows(stage);
  const told = new Set(checks.map(({ text }) => text));
  return {
    pill,
    name: stage.name,
    acts: [...(stage.acts ?? []), ...(canCancel(run, stage) ? (['cancel'] as const) : [])],
    earlier: (stage.previousAttempts ?? []).toReversed().map((one) => earlierDetail(one, on, now)),
    checks,
    reasons: pill.explained.filter((text) => !told.has(text)),
    tokens: stage.tokens.map((token) => `${token.lockName} · token ${token.token}`),
    jobs: stage.jobs.map((job) => jobDetail(job, now)),
    ...(stage.attempt > 1 ? { attempt: `attempt ${stage.attempt}` } : {}),
  };
}

/** A stage under way can be cancelled once, unless its run is being cancelled as a whole; before that there is nothing to cancel. */
function canCancel({ status }: RunView, { state, cancelling, cancelPending }: StageView): boolean {
  const open = state === 'waiting' || state === 'running';
  return status === 'inProgress' && open && !cancelling && cancelPending === undefined;
}

function earlierDetail(
  { attempt, result, reason, jobs }: EarlierAttemptView,
  on: Board,
  now: number,
): EarlierDetail {
  const why = reason === undefined ? '' : `. ${stageReason(reason, on)}`;
  return {
    title: `Attempt ${attempt}: ${resultMark(result).label}${why}`,
    jobs: jobs.map((job) => jobDetail(job, now)),
  };
}

function jobDetail(job: JobView, now: number): JobDetail {
  const hook = job.hook === undefined ? '' : ` · ${job.hook}`;
  return {
    key: `${job.name}/${job.hook ?? ''}/${job.leg ?? ''}/${job.attempt}`,
    name: `${job.displayName}${hook}`,
    mark: jobMark(job),
    steps: job.steps.map((step) => stepDetail(step, now)),
    ...(job.agent === undefined ? {} : { agent: job.agent }),
    ...said(job.message ?? job.waiting),
    ...(job.startTime === undefined ? {} : { duration: span(job.startTime, job.finishTime, now) }),
  };
}

function said(message: string | undefined): Pick<JobDetail, 'message'> {
  return message === undefined ? {} : { message };
}

function stepDetail(step: StepView, now: number): StepDetail {
  return {
    key: String(step.order),
    name: step.displayName,
    mark: stepMark(step),
    ...progress(step),
    duration: span(step.startTime, step.finishTime, now),
    issues: step.issues,
    ...(step.log === undefined ? {} : { log: step.log }),
  };
}

function span(start: string, finish: string | undefined, now: number): string {
  return elapsed(passed(start, finish === undefined ? now : Date.parse(finish)));
}

/** What a step says of itself while it runs. */
function progress({ percent, operation }: StepView): Pick<StepDetail, 'progress'> {
  const parts = [percent === undefined ? undefined : `${percent} %`, operation];
  const text = parts.filter((part) => part !== undefined).join(' ');
  return text === '' ? {} : { progress: text };
}
