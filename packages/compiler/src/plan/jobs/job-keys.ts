import type {
  ContainerReference,
  PoolPlan,
  ServicePlan,
  UsesPlan,
  Value,
  VariableEntry,
} from '@signalbox/model';
import type { Node } from '../../read/node.ts';
import { conditionKey } from '../condition.ts';
import { containerKey, servicesKey } from '../containers/job-container.ts';
import { dependsOnKey } from '../graph/depends-on.ts';
import type { Dependency } from '../graph/graph.ts';
import type { Key } from '../key.ts';
import { poolKey } from '../pools/pool.ts';
import { cancelTimeoutKey, jobContinueOnErrorKey, jobTimeoutKey } from './timeouts.ts';
import { usesKey } from './uses.ts';
import { nodeKey, textKey } from '../values.ts';
import { variablesKey } from '../variables.ts';
import { workspaceKey } from './workspace.ts';

/** The keys that plain and deployment jobs share, and what each gives. */
export type JobKeys = {
  readonly displayName: Key<string>;
  readonly dependsOn: Key<readonly Dependency[]>;
  readonly condition: Key<string>;
  readonly continueOnError: Key<Value | boolean>;
  readonly pool: Key<PoolPlan>;
  readonly workspace: Key<'outputs' | 'resources' | 'all'>;
  readonly container: Key<ContainerReference>;
  readonly services: Key<readonly ServicePlan[]>;
  readonly timeoutInMinutes: Key<Value | number>;
  readonly cancelTimeoutInMinutes: Key<Value | number>;
  readonly variables: Key<readonly VariableEntry[]>;
  readonly uses: Key<UsesPlan>;
  readonly templateContext: Key<Node>;
};

/** The keys that plain and deployment jobs share (YAML-30, DEP-1). */
export const jobKeys: JobKeys = {
  displayName: textKey('What people see.'),
  dependsOn: dependsOnKey,
  condition: conditionKey('jobCondition'),
  continueOnError: jobContinueOnErrorKey,
  pool: poolKey,
  workspace: workspaceKey,
  container: containerKey,
  services: servicesKey,
  timeoutInMinutes: jobTimeoutKey,
  cancelTimeoutInMinutes: cancelTimeoutKey,
  variables: variablesKey('job'),
  uses: usesKey,
  templateContext: nodeKey('Data for templates; nothing runs by it.'),
};
