import type { JobView, RunView, StageView, StepView } from '@signalbox/api';
import type { Mark } from './mark.ts';
import { jobMark, stageMark, stepMark } from './mark.ts';
import { elapsed, roughly } from './time.ts';

/** A bar, in parts of the whole width. */
export interface Bar {
  readonly left: number;
  readonly width: number;
}

/** A stage, a job or a step as a bar over time. */
export interface WaterfallRow {
  readonly key: string;
  readonly level: 'stage' | 'job' | 'step';
  readonly name: string;
  readonly mark: Mark;
  /** From its start to its end, or to now. */
  readonly bar: Bar;
  /** Before that it waited for its checks and locks. */
  readonly wait?: Bar;
  readonly duration: string;
  /** How long it waited; absent: it did not. */
  readonly waited?: string;
  /** The number of its log. */
  readonly log?: number;
}

/** A run over time. */
export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  /** Lines of the scale, with what stands at them. */
  readonly ticks: readonly { readonly left: number; readonly label: string }[];
}

const SECOND = 1000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
const MOST_TICKS = 6;

/** Everything in a run that has begun, or waits, in the order of its stages. */
export function waterfall(run: RunView, now: number): Waterfall {
  const from = Date.parse(run.startTime ?? run.queueTime);
  const to = Math.max(from + SECOND, run.finishTime === undefined ? now : Date.parse(run.finishTime));
  const scale: Scale = { from, to };
  return { rows: run.stages.flatMap((stage) => stageRows(stage, scale)), ticks: ticksOf(scale) };
}

interface Scale {
  readonly from: number;
  readonly to: number;
}

function stageRows(stage: StageView, scale: Scale): readonly WaterfallRow[] {
  const since = stage.waitingSince ?? stage.startTime;
  if (since === undefined || stage.result === 'skipped') return [];
  const start = stage.startTime === undefined ? undefined : Date.parse(stage.startTime);
  const end = stage.finishTime === undefined ? scale.to : Date.parse(stage.finishTime);
  const waitEnd = start ?? end;
  const wait = waitEnd - Date.parse(since);
  const row: WaterfallRow = {
    key: stage.name,
    level: 'stage',
    name: stage.displayName,
    mark: stageMark(stage),
    bar: barOf(scale, start ?? end, end),
    duration: start === undefined ? '' : elapsed(Math.max(0, end - start)),
    ...(wait >= SECOND && { wait: barOf(scale, Date.parse(since), waitEnd), waited: elapsed(wait) }),
  };
  return [row, ...stage.jobs.flatMap((job) => jobRows(stage, job, scale))];
}

function jobRows(stage: StageView, job: JobView, scale: Scale): readonly WaterfallRow[] {
  if (job.startTime === undefined) return [];
  const key = [stage.name, job.name, job.hook ?? '', job.leg ?? '', job.attempt].join('/');
  const name = job.hook === undefined ? job.displayName : `${job.displayName} · ${job.hook}`;
  const row = timed(scale, { key, level: 'job', name, mark: jobMark(job) }, job.startTime, job.finishTime);
  return [row, ...job.steps.map((step) => stepRow(key, step, scale))];
}

function stepRow(job: string, step: StepView, scale: Scale): WaterfallRow {
  const what = {
    key: `${job}/${step.order}`,
    level: 'step',
    name: step.displayName,
    mark: stepMark(step),
  } as const;
  const row = timed(scale, what, step.startTime, step.finishTime);
  return step.log === undefined ? row : { ...row, log: step.log };
}

function timed(
  scale: Scale,
  what: Pick<WaterfallRow, 'key' | 'level' | 'name' | 'mark'>,
  start: string,
  finish: string | undefined,
): WaterfallRow {
  const from = Date.parse(start);
  const to = finish === undefined ? scale.to : Date.parse(finish);
  return { ...what, bar: barOf(scale, from, to), duration: elapsed(Math.max(0, to - from)) };
}

function barOf({ from, to }: Scale, start: number, end: number): Bar {
  const part = (time: number): number => Math.min(1, Math.max(0, (time - from) / (to - from)));
  return { left: part(start), width: Math.max(0, part(end) - part(start)) };
}

function ticksOf({ from, to }: Scale): Waterfall['ticks'] {
  const span = (to - from) / SECOND;
  const step = STEPS.find((one) => span / one <= MOST_TICKS) ?? Math.ceil(span / MOST_TICKS);
  const count = Math.floor(span / step);
  return Array.from({ length: count + 1 }, (_, index) => ({
    left: (index * step) / span,
    label: index === 0 ? '0' : roughly(index * step * SECOND),
  }));
}
