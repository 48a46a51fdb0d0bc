import type {
  DeploymentJobPlan,
  EnvironmentReference,
  JobPlan,
  PlainJobPlan,
  UsesPlan,
} from '@signalbox/model';
import { DEFAULT_NAME } from '../plan/graph/names.ts';
import { DEFAULT_CANCEL_TIMEOUT, DEFAULT_JOB_TIMEOUT } from '../plan/jobs/timeouts.ts';
import { CHECKOUT_TASK, checkout } from '../plan/steps/checkout.ts';
import { writeContainerReference, writeServices } from './write-container-reference.ts';
import { writePool } from './write-pool.ts';
import { writeSteps } from './write-steps.ts';
import { writeDeploymentStrategy, writeJobStrategy } from './write-strategy.ts';
import { list, mapping, unless, writeValue, writeVariables } from './writing.ts';
import type { Entries, Written } from './writing.ts';

/** A job with all that holds for it; what was inherited stands in the job itself. */
export function writeJob(job: JobPlan): Written {
  return mapping([
    [job.kind, job.name],
    ['displayName', unless(job.displayName, job.name === DEFAULT_NAME ? 'Job' : job.name)],
    ['dependsOn', list(job.dependsOn)],
    ['condition', job.condition],
    ['pool', writePool(job.pool)],
    ['container', job.container === undefined ? undefined : writeContainerReference(job.container)],
    ['services', writeServices(job.services ?? [])],
    ['timeoutInMinutes', unless(writeValue(job.timeoutInMinutes), DEFAULT_JOB_TIMEOUT)],
    ['cancelTimeoutInMinutes', unless(writeValue(job.cancelTimeoutInMinutes), DEFAULT_CANCEL_TIMEOUT)],
    ['continueOnError', unless(writeValue(job.continueOnError), false)],
    ['workspace', job.clean === undefined ? undefined : mapping([['clean', job.clean]])],
    ['uses', job.uses === undefined ? undefined : writeUses(job.uses)],
    ['variables', writeVariables(job.variables)],
    ...(job.kind === 'job' ? writeBody(job) : writeDeployment(job)),
  ]);
}

function writeUses({ repositories, pools }: UsesPlan): Written {
  return mapping([
    ['repositories', list(repositories)],
    ['pools', list(pools)],
  ]);
}

/** A job without a checkout says so, or it would get one (CO-1). */
function writeBody({ pool, strategy, steps }: PlainJobPlan): Entries {
  const fetches = pool.kind === 'server' || steps.some(({ task }) => task.name === CHECKOUT_TASK);
  const none = mapping([[checkout.key, 'none']]);
  return [
    ['strategy', strategy === undefined ? undefined : writeJobStrategy(strategy)],
    ['steps', fetches ? writeSteps(steps) : [none, ...writeSteps(steps)]],
  ];
}

function writeDeployment(job: DeploymentJobPlan): Entries {
  return [
    ['environment', writeEnvironment(job.environment)],
    ['strategy', writeDeploymentStrategy(job)],
  ];
}

/** Always the mapping: there a dot in the name is only a dot (DEP-2). */
function writeEnvironment(environment: EnvironmentReference): Written {
  const { name, resourceName, resourceId, resourceType, tags } = environment;
  return mapping([
    ['name', name],
    ['resourceName', resourceName],
    ['resourceId', resourceId],
    ['resourceType', resourceType],
    ['tags', list(tags ?? [])],
  ]);
}
