import type {
  DeploymentJobPlan,
  DeploymentStrategy,
  HookName,
  HookPlan,
  JobStrategy,
} from '@signalbox/model';
import { poolFor } from '../plan/pools/pool-for.ts';
import { samePool, writePool } from './write-pool.ts';
import { writeSteps } from './write-steps.ts';
import { mapping, writeValue } from './writing.ts';
import type { Entries, Written } from './writing.ts';

/** The `strategy` of a plain job (MTX-1 … MTX-4). */
export function writeJobStrategy(strategy: JobStrategy): Written {
  if (strategy.kind === 'parallel') return mapping([['parallel', writeValue(strategy.count)]]);
  const { legs, maxParallel } = strategy;
  return mapping([
    ['matrix', isLegs(legs) ? mapping(legs.map(writeLeg)) : writeValue(legs)],
    ['maxParallel', maxParallel === undefined ? undefined : writeValue(maxParallel)],
  ]);
}

type Legs = Extract<JobStrategy, { kind: 'matrix' }>['legs'];

function isLegs(legs: Legs): legs is Extract<Legs, readonly unknown[]> {
  return Array.isArray(legs);
}

function writeLeg({
  name,
  displayName = name,
  variables,
}: Extract<Legs, readonly unknown[]>[number]): readonly [string, Written] {
  return [displayName, mapping(Object.entries(variables).map(([key, value]) => [key, writeValue(value)]))];
}

/** The `strategy` of a deployment job, with its hooks in the order in which they run (DEP-5 … DEP-8). */
export function writeDeploymentStrategy({ strategy, hooks, pool }: DeploymentJobPlan): Written {
  const find = (wanted: HookName): Written | undefined => {
    const hook = hooks.find((one) => one.hook === wanted);
    return hook === undefined ? undefined : writeHook(hook, pool);
  };
  const outcome = mapping([
    ['success', find('onSuccess')],
    ['failure', find('onFailure')],
  ]);
  const body = mapping([
    ...optionsOf(strategy),
    ['preDeploy', find('preDeploy')],
    ['deploy', find('deploy')],
    ['routeTraffic', find('routeTraffic')],
    ['postRouteTraffic', find('postRouteTraffic')],
    ['on', outcome.size === 0 ? undefined : outcome],
  ]);
  return mapping([[strategy.kind, body]]);
}

function optionsOf(strategy: DeploymentStrategy): Entries {
  if (strategy.kind === 'runOnce') return [];
  if (strategy.kind === 'canary') return [['increments', strategy.increments.map(writeValue)]];
  const { maxParallel } = strategy;
  return maxParallel === undefined ? [] : [['maxParallel', writeValue(maxParallel)]];
}

function writeHook({ pool, steps }: HookPlan, inherited: DeploymentJobPlan['pool']): Written {
  return mapping([
    ['pool', samePool(pool, poolFor(inherited, steps)) ? undefined : writePool(pool)],
    ['steps', writeSteps(steps)],
  ]);
}
