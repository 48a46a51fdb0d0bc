import type { CheckView, JobView, RunView, StageView, StepView } from '@signalbox/api';
import type { CheckStatus, NodeResult } from '@signalbox/model';

/** The colour family; it never carries the meaning alone. */
export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'quiet';

/** The shape that goes with a state; each state has its own silhouette. */
export type MarkIcon =
  | 'succeeded'
  | 'issues'
  | 'failed'
  | 'canceled'
  | 'skipped'
  | 'abandoned'
  | 'running'
  | 'waiting'
  | 'approval'
  | 'draining'
  | 'queued'
  | 'notStarted';

/** A state as shape, colour and word. */
export interface Mark {
  readonly icon: MarkIcon;
  readonly tone: Tone;
  readonly label: string;
}

const RESULTS: Readonly<Record<NodeResult, Mark>> = {
  succeeded: { icon: 'succeeded', tone: 'good', label: 'succeeded' },
  succeededWithIssues: { icon: 'issues', tone: 'warn', label: 'succeeded with issues' },
  failed: { icon: 'failed', tone: 'bad', label: 'failed' },
  canceled: { icon: 'canceled', tone: 'quiet', label: 'canceled' },
  skipped: { icon: 'skipped', tone: 'quiet', label: 'skipped' },
  abandoned: { icon: 'abandoned', tone: 'bad', label: 'abandoned' },
};

const NOT_STARTED: Mark = { icon: 'notStarted', tone: 'quiet', label: 'not started' };
const QUEUED: Mark = { icon: 'queued', tone: 'quiet', label: 'queued' };
const RUNNING: Mark = { icon: 'running', tone: 'busy', label: 'running' };
const WAITING: Mark = { icon: 'waiting', tone: 'warn', label: 'waiting for a lock' };
const CHECKED: Mark = { icon: 'waiting', tone: 'warn', label: 'waiting for a check' };
const ASKING: Mark = { icon: 'approval', tone: 'warn', label: 'waiting for approval' };
const DRAINING: Mark = { icon: 'draining', tone: 'warn', label: 'draining' };
const CANCELLING: Mark = { icon: 'canceled', tone: 'warn', label: 'cancelling' };

/** The mark of a stage attempt. */
export function stageMark(stage: StageView): Mark {
  if (stage.state === 'completed') return RESULTS[stage.result ?? 'abandoned'];
  if (stage.state === 'draining') return DRAINING;
  if (stage.cancelling) return CANCELLING;
  if (stage.approvals !== undefined) return ASKING;
  if (stage.state === 'running') return RUNNING;
  if (stage.state !== 'waiting') return NOT_STARTED;
  return stage.checks?.some(({ awaited }) => awaited) === true ? CHECKED : WAITING;
}

/** The mark of a result. */
export function resultMark(result: NodeResult): Mark {
  return RESULTS[result];
}

/** The mark of a run: a run whose only live stages wait is itself waiting, for a person before a lock. */
export function runMark(run: RunView): Mark {
  if (run.status === 'completed') return completedRun(run);
  if (run.status === 'cancelling') return CANCELLING;
  if (run.status === 'notStarted') return QUEUED;
  const live = run.stages.filter(isLive).map(stageMark);
  const icons = new Set(live.map(({ icon }) => icon));
  if (icons.has('running') || icons.has('draining') || icons.has('canceled')) return RUNNING;
  if (icons.has('approval')) return ASKING;
  return live.find(({ icon }) => icon === 'waiting') ?? RUNNING;
}

function isLive({ state }: StageView): boolean {
  return state === 'waiting' || state === 'running' || state === 'draining';
}

function completedRun(run: RunView): Mark {
  if (run.result === 'partiallySucceeded') return RESULTS.succeededWithIssues;
  return RESULTS[run.result ?? 'abandoned'];
}

const CHECKS: Readonly<Record<CheckStatus, Mark>> = {
  queued: { icon: 'notStarted', tone: 'quiet', label: 'to come' },
  running: { icon: 'waiting', tone: 'warn', label: 'awaited' },
  rerunning: { icon: 'waiting', tone: 'warn', label: 'awaited' },
  deferred: { icon: 'waiting', tone: 'warn', label: 'put off' },
  approved: { icon: 'succeeded', tone: 'good', label: 'passed' },
  bypassed: { icon: 'skipped', tone: 'warn', label: 'bypassed' },
  rejected: { icon: 'failed', tone: 'bad', label: 'did not pass' },
  timedOut: { icon: 'failed', tone: 'bad', label: 'timed out' },
  canceled: { icon: 'canceled', tone: 'quiet', label: 'canceled' },
};

/** The mark of a check; one that asks people has the shape of approvals. */
export function checkMark({ status, kind }: Pick<CheckView, 'status' | 'kind'>): Mark {
  const mark = CHECKS[status];
  return kind === 'approval' && mark.icon === 'waiting' ? { ...mark, icon: 'approval' } : mark;
}

/** The mark of a job. */
export function jobMark(job: JobView): Mark {
  if (job.state === 'completed') return RESULTS[job.result ?? 'abandoned'];
  if (job.state === 'running') return RUNNING;
  return job.state === 'queued' ? { ...QUEUED, label: 'waiting for an agent' } : NOT_STARTED;
}

/** The mark of a step. */
export function stepMark(step: StepView): Mark {
  return step.state === 'completed' ? RESULTS[step.result ?? 'abandoned'] : RUNNING;
}
