import type { JobStep } from '@signalbox/api';
import type { NodeResult } from '@signalbox/model';
import { randomUUID } from 'node:crypto';
import { delimiter } from 'node:path';
import { LOOKUP_VARIABLE } from '../process/orphans.ts';
import { StepInputs } from '../steps/inputs.ts';
import { findHandler } from '../steps/registry.ts';
import { failed, type StepEnd, type StepHandler } from '../steps/step-handler.ts';
import { stepEnvironment } from '../variables/environment.ts';
import type { WorkspaceLayout } from '../workspace/layout.ts';
import { stepCondition, type ConditionResult } from './condition.ts';
import { worstResult } from './results.ts';
import type { RunningJob } from './running-job.ts';
import { StepRecord } from './step-record.ts';
import { StepSignals } from './step-signals.ts';

/** A step in its job. */
export interface StepPlace {
  readonly step: JobStep;
  readonly order: number;
  readonly layout: WorkspaceLayout;
  readonly checkouts: number;
}

/** Runs, or skips, one step of the user's and reports it (STEP-1). */
export async function runStep(run: RunningJob, place: StepPlace): Promise<void> {
  const { step, order } = place;
  const { variables } = run;
  run.publishStatus();
  const displayName = variables.expand(step.displayName);
  variables.setOwn('System.TaskInstanceId', randomUUID());
  variables.setOwn('System.TaskInstanceName', step.name);
  variables.setOwn('System.TaskDisplayName', displayName);
  const record = new StepRecord(run, { order, name: step.name, displayName });
  const condition = evaluateCondition(run, step);
  if (condition.kind === 'false') {
    record.end('skipped');
    return;
  }
  record.begin();
  record.output.info(`##[section]Starting: ${displayName}`);
  let result: NodeResult = 'failed';
  if (condition.kind === 'error') record.output.issue('error', condition.message);
  else result = await executeStep(run, place, record);
  // RES-9: for everybody else the step then only had issues.
  if (result === 'failed' && step.continueOnError) result = 'succeededWithIssues';
  run.merge(result);
  record.output.info(`##[section]Finishing: ${displayName}`);
  record.end(result);
}

/** AGENT-10 and CANCEL-8: when the agent goes, or the time for clean-up is over, no condition is asked. */
function evaluateCondition(run: RunningJob, step: JobStep): ConditionResult {
  const { shutdown, killed } = run.control;
  if (shutdown.aborted || killed.aborted) return { kind: 'false' };
  return stepCondition(step.condition, run.variables, run.status);
}

async function executeStep(run: RunningJob, place: StepPlace, record: StepRecord): Promise<NodeResult> {
  const { step } = place;
  const { output } = record;
  const handler = findHandler(step.task);
  if ('problem' in handler) {
    output.issue('error', handler.problem);
    return 'failed';
  }
  output.info(`Task: ${handler.title} (${step.task.name}@${step.task.version})`);
  const signals = new StepSignals({
    control: run.control,
    clock: run.host.clock,
    timeoutMs: step.timeoutInMinutes * 60_000,
    survivesCancel: () => {
      run.publishStatus();
      return stepCondition(step.condition, run.variables, run.status).kind === 'true';
    },
  });
  try {
    return await tryUntilDone(run, place, { record, handler, signals });
  } finally {
    signals.close();
  }
}

/** What all tries of a step share. */
interface Attempts {
  readonly record: StepRecord;
  readonly handler: StepHandler;
  readonly signals: StepSignals;
}

/** STEPY-8: a failed try is repeated after (k+1)² seconds; a stopped one is not. */
async function tryUntilDone(run: RunningJob, place: StepPlace, attempts: Attempts): Promise<NodeResult> {
  const { output } = attempts.record;
  const { signals } = attempts;
  for (let retries = 0; ; retries += 1) {
    const result = await tryOnce(run, place, attempts);
    const isLast = retries >= place.step.retryCountOnTaskFailure;
    if (result !== 'failed' || isLast || signals.reason !== undefined) return result;
    const seconds = (retries + 1) ** 2;
    output.issue('warning', `The task failed. It is tried again in ${seconds} s (retry ${retries + 1}).`);
    await run.host.clock.sleep(seconds * 1_000, signals.signal);
    if (signals.reason !== undefined) return stoppedResult(output, signals.reason);
    output.restart();
  }
}

async function tryOnce(run: RunningJob, place: StepPlace, attempts: Attempts): Promise<NodeResult> {
  const { handler, signals } = attempts;
  const { output } = attempts.record;
  output.done.addEventListener('abort', () => signals.stop('done'), { once: true });
  let end: StepEnd;
  try {
    end = await handler.run({
      inputs: new StepInputs(place.step.inputs, (text) => run.variables.expand(text)),
      environment: environmentOf(run, place.step),
      output,
      layout: place.layout,
      repository: run.job.specification.repository,
      otherRepositories: run.job.specification.repositories ?? [],
      checkouts: place.checkouts,
      stop: signals.signal,
      kill: run.control.killed,
      host: run.host,
    });
  } catch (error) {
    // A full disk, a folder without permission: the step's failure, not the agent's (F14).
    end = failed(error instanceof Error ? error.message : String(error));
  }
  const commanded = output.commandResult ?? 'succeeded';
  if (signals.reason === 'done') return commanded;
  if (signals.reason !== undefined) return stoppedResult(output, signals.reason);
  if (end.kind === 'succeeded') return commanded;
  output.issue('error', end.message);
  return worstResult(commanded, 'failed');
}

function stoppedResult(output: StepRecord['output'], reason: 'canceled' | 'timedOut' | 'done'): NodeResult {
  if (reason === 'done') return output.commandResult ?? 'succeeded';
  // STEP-3: running out of time is a failure, being cancelled is not.
  output.issue('error', reason === 'timedOut' ? 'The task has timed out.' : 'The operation was canceled.');
  return reason === 'timedOut' ? 'failed' : 'canceled';
}

function environmentOf(run: RunningJob, step: JobStep): Record<string, string> {
  const env = Object.entries(step.env).map(([name, value]) => [name, run.variables.expand(value)] as const);
  return stepEnvironment({
    base: { ...run.host.environment, [LOOKUP_VARIABLE]: run.mark },
    variables: run.variables.entries(),
    env: Object.fromEntries(env),
    prependPath: run.prependPath,
    pathSeparator: delimiter,
  });
}
