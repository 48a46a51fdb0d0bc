import type { JobStep } from '@signalbox/api';
import { completeInputs, type NodeResult } from '@signalbox/model';
import { delimiter } from 'node:path';
import { DONE_MS } from '../limits.ts';
import { LOOKUP_VARIABLE } from '../process/orphans.ts';
import { StepInputs } from '../steps/inputs.ts';
import { failed, type StepEnd, type StepHandler } from '../steps/step-handler.ts';
import type { StepPlace } from '../steps/step-place.ts';
import { taskHandler } from '../tasks/job-packages.ts';
import { fetchSecureFile } from '../tasks/fetch-secure-file.ts';
import { stepEnvironment } from '../variables/environment.ts';
import { azureEnvironment } from './azure-defaults.ts';
import { stepCondition } from './condition.ts';
import { worstResult } from './results.ts';
import type { StepSetting } from './step-setting.ts';
import type { RunningJob } from './running-job.ts';
import type { StepTurn } from './step-order.ts';
import type { StepRecord } from './step-record.ts';
import { StepSignals } from './step-signals.ts';

/** A step that runs. */
export interface StepExecution extends StepSetting {
  readonly record: StepRecord;
  /** Asked again when the job is cancelled. */
  readonly condition: string | undefined;
}

/** Finds out who carries the step out, and where, and lets him; the result is the step's own, before `continueOnError`. */
export async function executeStep(
  run: RunningJob,
  turn: StepTurn,
  execution: StepExecution,
): Promise<NodeResult> {
  const { step } = turn;
  const { output } = execution.record;
  const handler = taskHandler(run, step.task);
  if ('problem' in handler) return refused(output, handler.problem);
  const place = placeOf(run, step, handler, execution);
  if ('problem' in place) return refused(output, place.problem);
  output.info(`Task: ${handler.title} (${step.task.name}@${step.task.version})`);
  if (place.container !== undefined) output.info(`Container: ${place.container}`);
  const signals = new StepSignals({
    control: run.control,
    clock: run.host.clock,
    timeoutMs: step.timeoutInMinutes * 60_000,
    survivesCancel: () => {
      run.publishStatus();
      return stepCondition(execution.condition, run.variables, run.status).kind === 'true';
    },
  });
  try {
    return await tryUntilDone(run, turn, { ...execution, handler, place, signals });
  } finally {
    signals.close();
  }
}

function refused(output: StepRecord['output'], problem: string): NodeResult {
  output.issue('error', problem);
  return 'failed';
}

/** Where the step runs: what its target says, unless its task has no choice (STEPY-7). */
function placeOf(
  run: RunningJob,
  step: JobStep,
  handler: StepHandler,
  { places }: StepExecution,
): StepPlace | { readonly problem: string } {
  if (handler.onAgent === true) return places.host;
  return places.find(run.variables.expand(step.target?.container ?? ''));
}

/** What all tries of a step share. */
interface Attempts extends StepExecution {
  readonly handler: StepHandler;
  readonly place: StepPlace;
  readonly signals: StepSignals;
}

/** STEPY-8: a failed try is repeated after (k+1)² seconds; a stopped one is not. */
async function tryUntilDone(run: RunningJob, turn: StepTurn, attempts: Attempts): Promise<NodeResult> {
  const { output } = attempts.record;
  const { signals } = attempts;
  for (let retries = 0; ; retries += 1) {
    const result = await tryOnce(run, turn, attempts);
    const isLast = retries >= retriesOf(turn);
    if (result !== 'failed' || isLast || signals.reason !== undefined) return result;
    const seconds = (retries + 1) ** 2;
    output.issue('warning', `The task failed. It is tried again in ${seconds} s (retry ${retries + 1}).`);
    await run.host.clock.sleep(seconds * 1_000, signals.signal);
    if (signals.reason !== undefined) return stoppedResult(output, signals.reason);
    output.restart();
  }
}

/** Only the step itself is tried again, not what its task does before and after the job. */
function retriesOf({ step, part }: StepTurn): number {
  return part === undefined ? step.retryCountOnTaskFailure : 0;
}

async function tryOnce(run: RunningJob, turn: StepTurn, attempts: Attempts): Promise<NodeResult> {
  const { signals, place } = attempts;
  const { step } = turn;
  const { output } = attempts.record;
  const over = new AbortController();
  endWhenDone(run, attempts, over.signal);
  let end: StepEnd;
  try {
    end = await (turn.part ?? attempts.handler).run({
      inputs: new StepInputs(inputsOf(step, attempts.handler), (text) => run.variables.expand(text)),
      given: step.inputs,
      secureFiles: run.job.secureFiles ?? [],
      secureFile: (file) => fetchSecureFile(run, file),
      environment: environmentOf(run, step, attempts),
      output,
      layout: attempts.layout,
      files: run.files,
      repository: run.job.specification.repository,
      otherRepositories: run.job.specification.repositories ?? [],
      checkouts: attempts.checkouts,
      place,
      stop: signals.signal,
      kill: run.control.killed,
      host: run.host,
    });
  } catch (error) {
    // A full disk, a folder without permission: the step's failure, not the agent's (F14).
    end = failed(error instanceof Error ? error.message : String(error));
  } finally {
    over.abort();
  }
  // The commands of its output may still be at work with files.
  await output.settled(signals.signal);
  const commanded = output.commandResult ?? 'succeeded';
  if (signals.reason === 'done') return commanded;
  if (signals.reason !== undefined) return stoppedResult(output, signals.reason);
  if (end.kind === 'succeeded') return commanded;
  output.issue('error', end.message);
  return worstResult(commanded, 'failed');
}

function inputsOf({ inputs }: JobStep, { definition }: StepHandler): Readonly<Record<string, string>> {
  return definition === undefined ? inputs : completeInputs(definition, inputs).values;
}

/** `task.complete done=true`: the process may end by itself, and is not waited for any longer than this (LOG-14). */
function endWhenDone(run: RunningJob, { record: { output }, signals }: Attempts, over: AbortSignal): void {
  const react = (): void =>
    void run.host.clock.sleep(run.host.timings.doneMs ?? DONE_MS, over).then(() => {
      if (!over.aborted) signals.stop('done');
    });
  output.done.addEventListener('abort', react, { once: true });
}

function stoppedResult(output: StepRecord['output'], reason: 'canceled' | 'timedOut' | 'done'): NodeResult {
  if (reason === 'done') return output.commandResult ?? 'succeeded';
  // STEP-3: running out of time is a failure, being cancelled is not.
  output.issue('error', reason === 'timedOut' ? 'The task has timed out.' : 'The operation was canceled.');
  return reason === 'timedOut' ? 'failed' : 'canceled';
}

function environmentOf(run: RunningJob, step: JobStep, { place, layout }: Attempts): Record<string, string> {
  const env = Object.entries(step.env).map(([name, value]) => [name, run.variables.expand(value)] as const);
  return stepEnvironment({
    base: { ...place.base, ...azureEnvironment(layout), [LOOKUP_VARIABLE]: run.mark },
    variables: run.variables.entries(),
    env: Object.fromEntries(env),
    prependPath: run.prependPath,
    pathSeparator: delimiter,
  });
}
