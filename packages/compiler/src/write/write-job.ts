import type {
  DeploymentJobPlan,
  HookName,
  HookPlan,
  JobPlan,
  PlainJobPlan,
  PoolPlan,
} from '@signalbox/model';
import { DEFAULT_NAME } from '../plan/graph/names.ts';
import { poolFor } from '../plan/pools/pool-for.ts';
import { CHECKOUT_TASK, checkout } from '../plan/steps/checkout.ts';
import { DEFAULT_CANCEL_TIMEOUT, DEFAULT_JOB_TIMEOUT } from '../plan/jobs/timeouts.ts';
import { samePool, writePool } from './write-pool.ts';
import { writeSteps } from './write-steps.ts';
import { mapping, unless, writeValue, writeVariables } from './writing.ts';
import type { Written } from './writing.ts';

/** A job with all that holds for it; what was inherited stands in the job itself. */
export function writeJob(job: JobPlan): Written {
  return mapping([
    [job.kind, job.name],
    ['displayName', unless(job.displayName, job.name === DEFAULT_NAME ? 'Job' : job.name)],
    ['dependsOn', job.dependsOn.length === 0 ? undefined : job.dependsOn],
    ['condition', job.condition],
    ['pool', writePool(job.pool)],
    ['timeoutInMinutes', unless(writeValue(job.timeoutInMinutes), DEFAULT_JOB_TIMEOUT)],
    ['cancelTimeoutInMinutes', unless(writeValue(job.cancelTimeoutInMinutes), DEFAULT_CANCEL_TIMEOUT)],
    ['continueOnError', unless(writeValue(job.continueOnError), false)],
    ['workspace', job.clean === undefined ? undefined : mapping([['clean', job.clean]])],
    ['variables', writeVariables(job.variables)],
    ...(job.kind === 'job' ? writeBody(job) : writeDeployment(job)),
  ]);
}

type Entries = readonly (readonly [string, Written | undefined])[];

/** A job without a checkout says so, or it would get one (CO-1). */
function writeBody({ pool, steps }: PlainJobPlan): Entries {
  const fetches = pool.kind === 'server' || steps.some(({ task }) => task.name === CHECKOUT_TASK);
  const none = mapping([[checkout.key, 'none']]);
  return [['steps', fetches ? writeSteps(steps) : [none, ...writeSteps(steps)]]];
}

function writeDeployment({ environment, hooks, pool }: DeploymentJobPlan): Entries {
  const { name, resourceName } = environment;
  const find = (wanted: HookName): Written | undefined => {
    const hook = hooks.find((one) => one.hook === wanted);
    return hook === undefined ? undefined : writeHook(hook, pool);
  };
  const outcome = mapping([
    ['success', find('onSuccess')],
    ['failure', find('onFailure')],
  ]);
  const runOnce = mapping([
    ['preDeploy', find('preDeploy')],
    ['deploy', find('deploy')],
    ['routeTraffic', find('routeTraffic')],
    ['postRouteTraffic', find('postRouteTraffic')],
    ['on', outcome.size === 0 ? undefined : outcome],
  ]);
  return [
    [
      'environment',
      mapping([
        ['name', name],
        ['resourceName', resourceName],
      ]),
    ],
    ['strategy', mapping([['runOnce', runOnce]])],
  ];
}

function writeHook({ pool, steps }: HookPlan, inherited: PoolPlan): Written {
  return mapping([
    ['pool', samePool(pool, poolFor(inherited, steps)) ? undefined : writePool(pool)],
    ['steps', writeSteps(steps)],
  ]);
}
