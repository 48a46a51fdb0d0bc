import type { FetchResponse, JobStep, JobStepTarget } from '@signalbox/api';
import { fold, type TaskPackageReference, type TaskRestrictions } from '@signalbox/model';
import { Readable } from 'node:stream';
import type { RunningJob } from '../job/running-job.ts';
import { FETCH_PAUSES_MS } from '../limits.ts';
import type { StepOutput } from '../report/step-output.ts';
import { findHandler } from '../steps/registry.ts';
import type { StepHandler } from '../steps/step-handler.ts';
import { cachedPackage, type LocalPackage } from './package-cache.ts';
import { packageHandler } from './package-handler.ts';

/** Brings every task package of the job to this machine, before its first step. Throws when one cannot be had. */
export async function preparePackages(run: RunningJob, output: StepOutput): Promise<void> {
  for (const { task } of run.job.specification.steps) {
    const { package: reference } = task;
    if (reference === undefined || run.packages.has(reference.sha256)) continue;
    output.info(`Task package: ${task.name}@${task.version}`);
    try {
      run.packages.set(reference.sha256, packageHandler(await fetched(run, reference)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The task ${task.name}@${task.version} could not be fetched: ${reason}`, {
        cause: error,
      });
    }
  }
}

/** A connection that breaks in the middle of a package is tried again after each pause. */
async function fetched(run: RunningJob, reference: TaskPackageReference): Promise<LocalPackage> {
  for (const pause of FETCH_PAUSES_MS) {
    try {
      return await cachedPackage(run.host.workFolder, reference, (wanted) => opened(run, wanted));
    } catch (error) {
      if (!(error instanceof UnreachableError) || run.control.cancelled.aborted) throw error;
      await run.host.clock.sleep(pause, run.control.cancelled);
    }
  }
  return cachedPackage(run.host.workFolder, reference, (wanted) => opened(run, wanted));
}

/** The server could not be reached: another try may find it. */
class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

async function opened(run: RunningJob, { sha256 }: TaskPackageReference): Promise<Readable> {
  const { request, lease } = run.job;
  const answer = await run.host.client.taskPackage(request, { sha256, lease });
  if (answer.kind === 'unreachable') throw new UnreachableError(answer.message);
  if (answer.kind === 'refused') throw new Error(answer.message);
  return Readable.from(chunks(answer.value.body), { objectMode: false });
}

async function* chunks(body: FetchResponse['body']): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value !== undefined) yield value;
    }
  } catch (error) {
    throw new UnreachableError(error instanceof Error ? error.message : String(error));
  }
}

/** Who carries out a task of the job, or why nobody does. */
export function taskHandler(
  run: RunningJob,
  task: JobStep['task'],
): StepHandler | { readonly problem: string } {
  if (task.package === undefined) return findHandler(task);
  const handler = run.packages.get(task.package.sha256);
  return handler ?? { problem: `The package of the task ${task.name}@${task.version} is not on this agent.` };
}

/** What a step may tell the agent: as its target says, and no more than its task lets itself. */
export function restrictedStep(run: RunningJob, step: JobStep): Pick<JobStep, 'name' | 'target'> {
  const handler = taskHandler(run, step.task);
  const { restrictions } = 'problem' in handler ? { restrictions: undefined } : handler;
  if (restrictions === undefined) return step;
  return { name: step.name, target: restricted(step.target ?? {}, restrictions) };
}

function restricted(target: JobStepTarget, restrictions: TaskRestrictions): JobStepTarget {
  const lists = [target.settableVariables, restrictions.settableVariables].filter(
    (list) => list !== undefined,
  );
  const [first, second] = lists;
  const both = first?.filter(
    (name) => second === undefined || second.some((other) => fold(other) === fold(name)),
  );
  const isRestricted = target.commands === 'restricted' || restrictions.commands === 'restricted';
  return {
    ...target,
    ...(isRestricted && { commands: 'restricted' }),
    ...(both !== undefined && { settableVariables: both }),
  };
}
