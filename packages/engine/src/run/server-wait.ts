import { fold, minutes, type Instant, type StepPlan } from '@signalbox/model';
import { isPassed, isUndecided, kindOf, type CheckRun } from '../check/check-run.ts';
import type { ServerAct } from '../server-task/kind.ts';
import { factsFor } from './check-facts.ts';
import { checkOf, recordCheck } from './record-check.ts';
import type { StepEnd } from './server-step.ts';
import type { InstanceKey, ServerTaskState } from './state.ts';
import { record, remind, stageOf, type Place, type Turn } from './turn.ts';

/** A step that begins to wait. */
export interface NewWait {
  readonly step: StepPlan;
  readonly displayName: string;
  readonly act: ServerAct;
  /** The step's, and how often it was begun, this time included. */
  readonly order: number;
  readonly tries: number;
}

/** A step without a time-out of its own ends with its job, which ends before this (JOB-7). */
const NO_LIMIT_MINUTES = 43_200;

/** Lets a step wait for time, or for the decision of a check inside of its job (JOB-7, APPR-19). */
export function beginWait(turn: Turn, key: InstanceKey, wait: NewWait): void {
  const { act, order, tries, step } = wait;
  const limit = step.timeoutInMinutes;
  const dueAt = limit > 0 ? { dueAt: turn.now + minutes(limit) } : {};
  const began = (more: ServerTaskState['wait']): void =>
    record(turn, {
      type: 'ServerTaskBegan',
      instance: key,
      at: turn.now,
      task: { order, tries, ...dueAt, wait: more },
    });
  if (act.kind === 'ask') return began({ kind: 'check', ...ask(turn, key, { ...wait, act }) });
  const until = turn.now + act.ms;
  began({ kind: 'delay', until });
  remind(turn, Math.min(until, dueAt.dueAt ?? until), { type: 'ServerStepDue', instance: key });
}

type Ask = Extract<ServerAct, { kind: 'ask' }>;

/** Adds a check to those of the stage; whoever decides checks decides it. */
function ask(
  turn: Turn,
  key: InstanceKey,
  { act, step, displayName }: NewWait & { readonly act: Ask },
): { readonly check: number; readonly onTimeout: Ask['onTimeout'] } {
  const { settings, onTimeout } = act;
  const stage = stageOf(turn.state, key.stage);
  const number = (stage?.checkpoint?.checks.length ?? 0) + 1;
  const timeoutMinutes = step.timeoutInMinutes > 0 ? step.timeoutInMinutes : NO_LIMIT_MINUTES;
  const id = `${turn.state.definition.id}:${fold(key.stage)}`;
  const added: CheckRun = {
    number,
    configuration: {
      id: 0,
      version: 1,
      resource: { type: 'persistedStage', id, name: displayName },
      timeoutMinutes,
      settings,
    },
    category: 'inJob',
    status: 'queued',
  };
  const facts = factsFor(turn, added);
  if (stage === undefined || facts === undefined) return { check: number, onTimeout };
  const place = { stage: stage.name, check: number, at: turn.now };
  record(turn, { type: 'CheckAdded', ...place, added });
  const dueAt: Instant = turn.now + minutes(timeoutMinutes);
  const progress = kindOf(added).start(settings, turn.now, facts);
  recordCheck(turn, stage, { type: 'CheckStarted', ...place, dueAt, progress });
  remind(turn, dueAt, { type: 'CheckDue', stage: stage.name, attempt: stage.attempt, check: number });
  return { check: number, onTimeout };
}

/** How the wait of a step ends at this instant; `again`: a failed one is tried again now. */
export function endOfWait(
  turn: Turn,
  { key }: Place,
  { task, isStopped }: { readonly task: ServerTaskState; readonly isStopped: boolean },
): StepEnd | 'waits' | 'again' {
  const { wait, dueAt = Infinity } = task;
  if (wait.kind === 'check') return endOfCheck(turn, key, { wait, isStopped });
  if (isStopped) return { result: 'canceled' };
  if (wait.until <= turn.now && wait.until <= dueAt) {
    return wait.kind === 'pause' ? 'again' : { result: 'succeeded' };
  }
  return dueAt <= turn.now ? { result: 'failed', message: 'The step timed out.' } : 'waits';
}

type CheckWait = Extract<ServerTaskState['wait'], { kind: 'check' }>;

function endOfCheck(
  turn: Turn,
  key: InstanceKey,
  { wait, isStopped }: { readonly wait: CheckWait; readonly isStopped: boolean },
): StepEnd | 'waits' {
  const stage = stageOf(turn.state, key.stage);
  const check = checkOf(stage, wait.check);
  if (check === undefined || stage === undefined) return { result: 'canceled' };
  if (isUndecided(check)) {
    if (!isStopped) return 'waits';
    const progress = check.progress && kindOf(check).close(check.progress, 'canceled');
    recordCheck(turn, stage, {
      type: 'CheckEnded',
      stage: stage.name,
      check: check.number,
      at: turn.now,
      status: 'canceled',
      ...(progress !== undefined && { progress }),
      message: 'Canceled: the job was stopped.',
    });
    return { result: 'canceled' };
  }
  return decided(check, wait);
}

function decided(check: CheckRun, { onTimeout }: CheckWait): StepEnd {
  const { status, message } = check;
  const said = message === undefined ? {} : { message };
  if (isPassed(check)) return { result: 'succeeded' };
  if (status === 'timedOut' && onTimeout === 'succeed') {
    return { result: 'succeeded', message: 'Nobody decided in time; the step says to resume then.' };
  }
  return { result: status === 'canceled' ? 'canceled' : 'failed', ...said };
}
