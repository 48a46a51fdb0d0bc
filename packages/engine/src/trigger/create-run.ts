import { fold, type Plan } from '@signalbox/model';
import type { Birth } from '../aggregate.ts';
import type { Mail } from '../outcome.ts';
import type { Refusal } from '../refusals.ts';
import { bornRun } from '../run/evolve.ts';
import { expectation } from '../run/expectations.ts';
import { viewPlan } from '../run/plan-view.ts';
import { rootScope } from '../run/values/scopes.ts';
import type { RunIdentity } from '../run/state.ts';
import type { NumberInputs } from './run-number.ts';

/** Why these stages cannot be left out; undefined when they can (STG-7). */
export function refuseStages({ stages }: Plan, stagesToSkip: readonly string[]): Refusal | undefined {
  const skipped = new Set(stagesToSkip.map(fold));
  const unknown = stagesToSkip.find((name) => !stages.some((stage) => fold(stage.name) === fold(name)));
  if (unknown !== undefined) {
    return { code: 'stage-not-found', message: `The pipeline has no stage '${unknown}' to skip.` };
  }
  const needed = stages.find((stage) => !stage.isSkippable && skipped.has(fold(stage.name)));
  if (needed !== undefined) {
    return { code: 'stage-not-skippable', message: `Stage '${needed.name}' says isSkippable: false.` };
  }
  if (stages.some((stage) => !skipped.has(fold(stage.name)))) return undefined;
  return { code: 'no-stage-left', message: 'All stages are skipped; leave at least one.' };
}

/** Why these jobs, `Stage.Job`, cannot be left out; undefined when they can. */
export function refuseJobs({ stages }: Plan, jobsToSkip: readonly string[]): Refusal | undefined {
  const names = new Set(
    stages.flatMap((stage) => stage.jobs.map((job) => fold(`${stage.name}.${job.name}`))),
  );
  const unknown = jobsToSkip.find((name) => !names.has(fold(name)));
  if (unknown === undefined) return undefined;
  return { code: 'job-not-found', message: `The pipeline has no job '${unknown.slice(0, 210)}' to skip.` };
}

/** What the number of the run is made of. */
export function numberInputs(identity: RunIdentity, plan: Plan): NumberInputs {
  const { branch, projectName, queueTime: at } = identity;
  return {
    format: plan.name,
    at,
    branch,
    projectName,
    scope: rootScope(bornRun(identity, plan), viewPlan(plan)),
  };
}

/**
 * The mail of a birth. What the run may lock comes first, so that it lies in the interlocking's inbox before
 * anything of a younger run (ARCHITECTURE §3, LAW-7).
 */
export function birthMail({ identity, plan }: Birth): readonly Mail[] {
  const { id: run, project } = identity;
  const begin: Mail = { to: { kind: 'run', id: run }, body: { type: 'Begin' } };
  const body = expectation(bornRun(identity, plan), viewPlan(plan));
  return body === undefined ? [begin] : [{ to: { kind: 'interlocking', id: project }, body }, begin];
}
