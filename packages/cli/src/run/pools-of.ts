import { isRuntime, type JobPlan, type Plan, type PoolPlan } from '@signalbox/model';
import { DEFAULT_POOL } from '@signalbox/server';
import { knownNames } from './known-names.ts';

/**
 * The names of the pools that a plan asks for: on this machine each of them is this machine.
 * Names that only the run can know are left out; their jobs say so.
 */
export function poolsOf(plan: Plan, variables: Readonly<Record<string, string>>): readonly string[] {
  const known = knownNames(plan, variables);
  const names = new Map<string, string>();
  for (const pool of plan.stages.flatMap((stage) => stage.jobs).flatMap(poolsOfJob)) {
    if (pool.kind === 'server') continue;
    const written = pool.name ?? DEFAULT_POOL;
    if (isRuntime(written)) continue;
    const name = known(written);
    if (!name.includes('$(')) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

function poolsOfJob(job: JobPlan): readonly PoolPlan[] {
  return job.kind === 'job' ? [job.pool] : job.hooks.map((hook) => hook.pool);
}
