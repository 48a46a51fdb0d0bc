import type { DeploymentJobPlan, EnvironmentReference, PoolPlan } from '@signalbox/model';
import type { MappingNode } from '../../read/node.ts';
import { checkEnvironment, environmentKey } from './environment.ts';
import { givenName } from '../graph/names.ts';
import { jobBasis } from './job.ts';
import { jobKeys } from './job-keys.ts';
import { nameNode } from './job-draft.ts';
import type { JobDraft } from './job-draft.ts';
import { readFields, valueOf } from '../key.ts';
import type { KeyTable, Scope } from '../key.ts';
import { readDeploymentStrategy } from './deployment-strategy.ts';
import { mappingOf } from '../shape.ts';
import { nodeKey, textKey } from '../values.ts';

const keys = {
  deployment: textKey('The name of the job.'),
  ...jobKeys,
  environment: environmentKey,
  strategy: nodeKey('How to deploy: `runOnce`, `rolling` or `canary`, with hooks.', {
    shape: mappingOf('strategy'),
  }),
};

/** The keys of a deployment job (DEP-1). */
export const deploymentKeys: KeyTable = keys;

/** Where a broken environment would stand; a plan with it is never given out. */
const NO_ENVIRONMENT: EnvironmentReference = { name: '' };

/** Reads an item of `jobs` that begins with `deployment` (DEP-1). */
export function readDeployment(item: MappingNode, inherited: PoolPlan, scope: Scope): JobDraft {
  const fields = readFields(item, keys, 'a deployment job', scope) ?? {};
  const name = nameNode(item, 'deployment', scope);
  const given = givenName(name);
  if (name !== undefined && given?.toLowerCase() === 'deploy') {
    scope.report(
      'name-reserved',
      name.at,
      "'deploy' is reserved and should not be the name of a deployment job.",
    );
  }
  const pool = fields.pool ?? inherited;
  const deploying = readDeploymentStrategy(fields.strategy, pool, scope);
  return {
    name,
    dependsOn: fields.dependsOn ?? [],
    finish: (final, dependsOn): DeploymentJobPlan => {
      const { environment = NO_ENVIRONMENT } = fields;
      checkEnvironment(environment, final, { node: valueOf(item, 'environment'), scope });
      return {
        kind: 'deployment',
        ...jobBasis(fields, { name: final, given, dependsOn, at: item.at }),
        pool,
        environment,
        ...deploying,
      };
    },
  };
}
