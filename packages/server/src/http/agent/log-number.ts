import type { InstanceKey, RunState } from '@signalbox/engine';
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

/** Legs of one job, and the instance that is none. */
const LEGS = 257;

/** The place of a leg, slice or machine among those of its job, from 1; 0 for none. It is frozen when the job starts. */
export function legPlace({ stages }: Pick<RunState, 'stages'>, { stage, job, leg }: InstanceKey): number {
  const found = stages.find(({ name }) => fold(name) === fold(stage));
  const { expansion } = found?.jobs.find(({ name }) => fold(name) === fold(job)) ?? {};
  return 1 + (expansion?.legs.findIndex(({ name }) => name === leg) ?? -1);
}

/**
 * The number of a step's log, unique in its run: agents number steps per job, clients ask per run. It follows from the
 * plan and the place of the leg alone, so that a repeated report gives the same number: place of the job in the plan,
 * then the step.
 */
export function logNumber(plan: Plan, instance: InstanceKey, step: number, leg = 0): number | undefined {
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
  const round = attempts * LEGS + leg;
  return (round * before * HOOKS.length + slot + 1) * STEPS_PER_JOB + step;
}
