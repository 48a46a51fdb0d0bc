import { pendingCancel, type JobView, type RunView, type StageView } from '@signalbox/api';
import type { StageReason } from '@signalbox/model';
import { span } from './age.ts';
import { sign, style, type Style } from './style.ts';

/** A run as a tree of stages, jobs and steps; one line each, as it stands at `now` (ms). */
export function runTree(run: RunView, now: number, interactive: boolean): string[] {
  const paint = style(interactive);
  const state = run.result ?? run.status;
  const head = `${mark(state, paint)} ${paint.strong(run.definition.name)} ${run.number} · ${words(state)}${elapsed(run, now)}`;
  return [head, ...run.stages.flatMap((stage) => stageLines(stage, now, paint))];
}

function stageLines(stage: StageView, now: number, paint: Style): string[] {
  const state = stage.result ?? stage.state;
  const attempt = stage.attempt > 1 ? ` (attempt ${stage.attempt}${before(stage)})` : '';
  const line = `  ${mark(state, paint)} ${stage.displayName}${attempt} · ${stageWords(stage, state)}${elapsed(stage, now)}${why(stage)}${warned(stage)}`;
  const pending = pendingCancel(stage);
  return [
    line,
    ...(pending === undefined ? [] : [`    ${paint.busy(pending)}`]),
    ...checkLines(stage, paint),
    ...stage.jobs.filter((job) => job.state !== 'notStarted').flatMap((job) => jobLines(job, now, paint)),
  ];
}

/** How the attempts before it ended, oldest first. */
function before({ previousAttempts = [] }: StageView): string {
  const results = previousAttempts.map(({ result }) => words(result));
  return results.length === 0 ? '' : `; before: ${results.join(', ')}`;
}

function jobLines(job: JobView, now: number, paint: Style): string[] {
  const state = job.result ?? job.state;
  const hook = job.hook === undefined || job.hook === 'deploy' ? '' : ` [${job.hook}]`;
  const agent = job.agent === undefined ? '' : paint.quiet(` on ${job.agent}`);
  const line = `    ${mark(state, paint)} ${job.displayName}${hook} · ${words(state)}${elapsed(job, now)}${agent}`;
  const steps = job.steps.map((step) => {
    const stepState = step.result ?? 'running';
    return `      ${mark(stepState, paint)} ${step.displayName}${elapsed(step, now)}${paint.quiet(progressText(step))}`;
  });
  const waiting = job.waiting === undefined ? [] : [`      ${paint.quiet(job.waiting)}`];
  return [
    line,
    ...waiting,
    ...(job.message === undefined ? [] : [`      ${paint.bad(job.message)}`]),
    ...steps,
  ];
}

/** What a step says of itself while it runs: ` · 40 % linking` (LOG-11). */
function progressText({ percent, operation }: JobView['steps'][number]): string {
  const parts = [percent === undefined ? undefined : `${percent} %`, operation];
  const text = parts.filter((part) => part !== undefined).join(' ');
  return text === '' ? '' : ` · ${text}`;
}

function mark(state: string, paint: Style): string {
  const text = sign(state);
  if (state === 'succeeded') return paint.good(text);
  if (state === 'failed' || state === 'abandoned') return paint.bad(text);
  if (state === 'notStarted' || state === 'skipped') return paint.quiet(text);
  return paint.busy(text);
}

const WORDS: Readonly<Record<string, string>> = {
  notStarted: 'not started',
  inProgress: 'running',
  waiting: 'waiting for its lock',
  queued: 'waiting for an agent',
  draining: 'over; its agents are being waited for',
  succeededWithIssues: 'succeeded with issues',
  partiallySucceeded: 'partially succeeded',
};

function words(state: string): string {
  return WORDS[state] ?? state;
}

/** What a stage waits for among its checks, and those that did not let it pass. */
function checkLines({ checks = [] }: StageView, paint: Style): readonly string[] {
  return checks
    .filter(({ awaited, status }) => awaited || status === 'rejected' || status === 'timedOut')
    .map(({ awaited, text }) => `    ${awaited ? paint.busy(text) : paint.bad(text)}`);
}

/** A stage that waits for checks is not at its lock yet. */
function stageWords({ checks = [] }: StageView, state: string): string {
  return checks.some(({ awaited }) => awaited) && state === 'waiting'
    ? 'waiting for its checks'
    : words(state);
}

function elapsed(
  node: { readonly startTime?: string | undefined; readonly finishTime?: string | undefined },
  now: number,
): string {
  if (node.startTime === undefined) return '';
  const end = node.finishTime === undefined ? now : Date.parse(node.finishTime);
  return ` · ${span(end - Date.parse(node.startTime))}`;
}

/** Why a stage did not run, or did not run to its end (STG-8). */
function why(stage: Pick<StageView, 'reason' | 'acts'>): string {
  const reason = stage.reason;
  if (reason === undefined) return stage.acts?.[0] === 'start' ? ' · waits until somebody starts it' : '';
  return ` · ${'message' in reason && reason.kind !== 'conditionError' ? reason.message : reasonWords(reason)}`;
}

/** Reasons that bring their own sentence. */
type SaidReason = Exclude<Extract<StageReason, { readonly message: string }>, { kind: 'conditionError' }>;

function reasonWords(reason: Exclude<StageReason, SaidReason>): string {
  switch (reason.kind) {
    case 'deselected':
      return 'deselected';
    case 'conditionFalse': {
      const cut = reason.canceling ? ', for the run was canceled' : '';
      return `its condition is false: ${reason.condition}${cut}`;
    }
    case 'conditionError':
      return `its condition cannot be evaluated: ${reason.message}`;
    case 'lockTimeout':
      return `waited ${reason.minutes} min for the lock of ${reason.lock}`;
    case 'superseded':
      return `superseded by run ${reason.byRun} at the lock of ${reason.lock}`;
    case 'stale':
      return `older than what run ${reason.byRun} deployed behind ${reason.lock} (stage ${reason.byStage})`;
    case 'canceled':
      return `canceled by ${reason.by}`;
    case 'checkTimedOut':
      return `${reason.check} was not decided within ${reason.minutes} min`;
  }
}

/** That a newer commit had been deployed before, where the lock only warns of it (LOCK-67). */
function warned({ stale = [] }: Pick<StageView, 'stale'>): string {
  return stale
    .map(({ byRun, lockName }) => ` · warning: older than what run ${byRun} deployed behind ${lockName}`)
    .join('');
}
