import type { InstanceKey } from '@signalbox/engine';
import { fold, type HookName, type Plan } from '@signalbox/model';
import { STEPS_PER_JOB } from '../../limits.ts';

const HOOKS: readonly (HookName | undefined)[] = [
  undefined,
  'preDeploy',
  'deploy',
  'routeTraffic',
  'postRouteTraffic',
  'onSuccess',
  'onFailure',
];

/**
 * The number of a step's log, unique in its run: agents number steps per job, clients ask per run. It follows from the
 * plan alone, so that a repeated report gives the same number: place of the job in the plan, then the step.
 */
export function logNumber(plan: Plan, instance: InstanceKey, step: number): number | undefined {
  if (step < 1 || step >= STEPS_PER_JOB) return undefined;
  let before = 0;
  let found: number | undefined;
  for (const stage of plan.stages) {
    for (const job of stage.jobs) {
      if (fold(stage.name) === fold(instance.stage) && fold(job.name) === fold(instance.job)) found = before;
      before += 1;
    }
  }
  if (found === undefined) return undefined;
  const slot = found * HOOKS.length + Math.max(0, HOOKS.indexOf(instance.hook));
  const attempts = (instance.stageAttempt - 1) * 100 + (instance.jobAttempt - 1);
  return (attempts * before * HOOKS.length + slot + 1) * STEPS_PER_JOB + step;
}
