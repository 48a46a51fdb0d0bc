import { minutes, type Instant, type NodeResult, type StepPlan } from '@signalbox/model';
import { findServerTask } from '../server-task/server-tasks.ts';
import type { ServerTask } from '../server-task/kind.ts';
import { completeInstance, planOf, resultWithoutReport, settingsOf } from './instance.ts';
import type { JobSettings } from './job-settings.ts';
import { endedStep, statusOf, stepTexts, stepVerdict, type StepEnd } from './server-step.ts';
import { beginWait, endOfWait } from './server-wait.ts';
import type { InstanceKey, InstanceState, ServerTaskState, StepState } from './state.ts';
import { placeOf, record, remind, type Place, type Turn } from './turn.ts';

/** The longest time of a job on the server: 30 days, in minutes (JOB-7). */
const MAX_SERVER_MINUTES = 43_200;

type OnServer = Extract<InstanceState, { phase: 'onServer' }>;

/** A place whose instance works on the server. */
type ServerPlace = Place & { readonly instance: OnServer };

/** Starts a job on the server: it needs no agent, waits in no queue, and its time runs from here (JOB-7, TIME-1). */
export function startServerJob(turn: Turn, key: InstanceKey, { timeoutInMinutes }: JobSettings): void {
  record(turn, { type: 'ServerJobStarted', instance: key, at: turn.now });
  const most = timeoutInMinutes === 0 ? MAX_SERVER_MINUTES : Math.min(timeoutInMinutes, MAX_SERVER_MINUTES);
  remind(turn, turn.now + minutes(most), { type: 'JobTimedOut', instance: key, lease: 0 });
  advanceServerJob(turn, key);
}

/** Brings a job on the server as far as it goes: step after step, until one waits. True when it is over now. */
export function advanceServerJob(turn: Turn, key: InstanceKey): boolean {
  for (;;) {
    const place = placeOf(turn.state, key);
    if (place === undefined || !isOnServer(place)) return false;
    const { task, steps } = place.instance;
    const step = stepsOf(turn, key)[steps.length - (task === undefined ? 0 : 1)];
    if (step === undefined || isKilled(turn, place)) {
      completeServerJob(turn, place);
      return true;
    }
    if (task === undefined) beginStep(turn, place, step);
    else if (!continueStep(turn, place, { task, step })) return false;
  }
}

/** Narrows to an instance that works on the server. */
function isOnServer(place: Place): place is ServerPlace {
  return place.instance.phase === 'onServer';
}

/** No step is begun any more: stopped by force, or the time for clean-up is over (CANCEL-8, CANCEL-13). */
function isKilled({ now }: Turn, { instance: { cancel, task } }: ServerPlace): boolean {
  if (cancel === undefined || task !== undefined) return false;
  return cancel.forced !== undefined || cancel.deadline <= now;
}

function stepsOf(turn: Turn, key: InstanceKey): readonly StepPlan[] {
  const { plan } = planOf(turn, key).job;
  if (plan.kind === 'job') return plan.steps;
  return plan.hooks.find(({ hook }) => hook === key.hook)?.steps ?? [];
}

function beginStep(turn: Turn, place: ServerPlace, plan: StepPlan): void {
  const { key, instance } = place;
  const { scope } = settingsOf(turn, key);
  const { displayName, inputs } = stepTexts(plan, scope);
  const step: StepState = {
    order: instance.steps.length + 1,
    name: plan.name,
    displayName,
    state: 'inProgress',
    startTime: turn.now,
    issues: [],
    errorCount: 0,
    warningCount: 0,
  };
  const verdict = stepVerdict(plan, scope, statusOf(instance.steps, instance.cancel !== undefined));
  if (verdict.kind === 'false') return report(turn, key, endedStep(step, { result: 'skipped' }, turn.now));
  if (verdict.kind === 'error') return reportFailure(turn, key, { step, plan, message: verdict.message });
  const found = findServerTask(plan.task);
  const read = found?.read(inputs) ?? { problem: `The server has no task ${plan.task.name}.` };
  if ('problem' in read) return reportFailure(turn, key, { step, plan, message: read.problem });
  const warnings = [...read.warnings, ...(found === undefined ? [] : unknownInputs(found, plan))];
  const issues = warnings.map((message) => ({ type: 'warning', message }) as const);
  report(turn, key, { ...step, issues, warningCount: issues.length });
  beginWait(turn, key, { step: plan, displayName, act: read.act, order: step.order, tries: 1 });
}

/** The service ignores inputs that a task does not have; so must we, but not in silence. */
function unknownInputs({ name, inputs }: ServerTask, { inputs: given }: StepPlan): readonly string[] {
  const known = new Set(inputs.map((one) => one.toLowerCase()));
  return Object.keys(given)
    .filter((one) => !known.has(one.toLowerCase()))
    .map((one) => `${name} has no input '${one.slice(0, 60)}'; it means nothing.`);
}

interface Failure {
  readonly step: StepState;
  readonly plan: StepPlan;
  readonly message: string;
}

function reportFailure(turn: Turn, key: InstanceKey, { step, plan, message }: Failure): void {
  report(turn, key, endedStep(step, { result: softened('failed', plan), message }, turn.now));
}

function report(turn: Turn, key: InstanceKey, step: StepState): void {
  record(turn, { type: 'StepReported', instance: key, step });
}

interface AtStep {
  readonly task: ServerTaskState;
  readonly step: StepPlan;
}

/** Goes on with the step under way; false while it waits. */
function continueStep(turn: Turn, place: ServerPlace, { task, step }: AtStep): boolean {
  const { key, instance } = place;
  const end = endOfWait(turn, place, { task, isStopped: isStopped(turn, place, step) });
  if (end === 'waits') return false;
  if (end === 'again') return restart(turn, place, { task, step });
  const canRetry = findServerTask(step.task)?.retries === true && task.tries <= step.retryCountOnTaskFailure;
  if (end.result === 'failed' && canRetry && instance.cancel === undefined) {
    pause(turn, key, task);
    return false;
  }
  const current = instance.steps.at(-1);
  if (current !== undefined) report(turn, key, endedStep(current, settled(end, step), turn.now));
  return true;
}

/** Waits 1, 4, 9 … seconds, at most 10, before a failed step is tried again (STEPY-8). */
function pause(turn: Turn, key: InstanceKey, { order, tries }: ServerTaskState): void {
  const until: Instant = turn.now + Math.min(tries * tries, 10) * 1000;
  const task: ServerTaskState = { order, tries: tries + 1, wait: { kind: 'pause', until } };
  record(turn, { type: 'ServerTaskBegan', instance: key, at: turn.now, task });
  remind(turn, until, { type: 'ServerStepDue', instance: key });
}

/** Begins a step once more. What it could read the first time it can read again: all that it hangs on is frozen. */
function restart(turn: Turn, { key }: ServerPlace, { task, step }: AtStep): boolean {
  const { displayName, inputs } = stepTexts(step, settingsOf(turn, key).scope);
  const read = findServerTask(step.task)?.read(inputs);
  if (read === undefined || 'problem' in read) return false;
  const { order, tries } = task;
  beginWait(turn, key, { step, displayName, act: read.act, order, tries });
  return true;
}

/** A cancelled job stops the step under way unless its condition says that it goes on (CANCEL-7). */
function isStopped(turn: Turn, { key, instance }: ServerPlace, step: StepPlan): boolean {
  if (instance.cancel === undefined) return false;
  if (instance.cancel.forced !== undefined || instance.cancel.deadline <= turn.now) return true;
  return stepVerdict(step, settingsOf(turn, key).scope, 'canceled').kind !== 'true';
}

function settled({ result, message }: StepEnd, step: StepPlan): StepEnd {
  return { result: softened(result, step), ...(message !== undefined && { message }) };
}

/** STEP-4. */
function softened(result: NodeResult, { continueOnError }: StepPlan): NodeResult {
  return result === 'failed' && continueOnError ? 'succeededWithIssues' : result;
}

function completeServerJob(turn: Turn, place: ServerPlace): void {
  const { key, instance } = place;
  const isLate = instance.cancel !== undefined && instance.cancel.deadline <= turn.now;
  const result = isLate
    ? resultWithoutReport(place)
    : statusOf(instance.steps, instance.cancel !== undefined);
  completeInstance(turn, place, result, instance.timedOut === true ? timeoutText(turn, key) : undefined);
}

function timeoutText(turn: Turn, key: InstanceKey): string {
  const { timeoutInMinutes } = settingsOf(turn, key);
  const most = timeoutInMinutes === 0 ? MAX_SERVER_MINUTES : Math.min(timeoutInMinutes, MAX_SERVER_MINUTES);
  return `The job ran longer than its time-out of ${most} minutes.`;
}
