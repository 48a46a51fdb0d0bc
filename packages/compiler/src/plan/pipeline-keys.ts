import type {
  ContainerReference,
  JobStrategy,
  PoolPlan,
  PullRequestTrigger,
  PushTrigger,
  SchedulePlan,
  ServicePlan,
  Value,
  VariableEntry,
  YamlLockBehavior,
} from '@signalbox/model';
import type { Node } from '../read/node.ts';
import { containerKey, servicesKey } from './containers/job-container.ts';
import { queueKey, serverKey } from './jobs/former-target.ts';
import type { FormerTarget } from './jobs/former-target.ts';
import { jobStrategyKey } from './jobs/job-strategy.ts';
import type { Key } from './key.ts';
import { lockBehaviorKey } from './lock-behavior.ts';
import { poolKey } from './pools/pool.ts';
import { JOBS, listOf, mappingOf, oneOf, STEPS } from './shape.ts';
import { resourcesKey } from './resources/resources.ts';
import type { DeclaredResources } from './resources/resources.ts';
import { runNumberKey } from './run-number.ts';
import { jobContinueOnErrorKey } from './jobs/timeouts.ts';
import { prKey } from './triggers/pr.ts';
import { schedulesKey } from './triggers/schedules.ts';
import { triggerKey } from './triggers/trigger.ts';
import { booleanKey, nodeKey } from './values.ts';
import { variablesKey } from './variables.ts';
import { workspaceKey } from './jobs/workspace.ts';

/** The keys that every pipeline may have, and what each gives. */
export type PipelineKeys = {
  readonly name: Key<string>;
  readonly appendCommitMessageToRunName: Key<boolean>;
  readonly trigger: Key<PushTrigger>;
  readonly pr: Key<PullRequestTrigger>;
  readonly schedules: Key<readonly SchedulePlan[]>;
  readonly parameters: Key<Node>;
  readonly resources: Key<DeclaredResources>;
  readonly variables: Key<readonly VariableEntry[]>;
  readonly pool: Key<PoolPlan>;
  readonly lockBehavior: Key<YamlLockBehavior>;
};

/** The keys of which a pipeline has exactly one. */
export type FormKeys = Readonly<Record<'stages' | 'jobs' | 'steps' | 'extends' | 'phases', Key<Node>>>;

/** Further keys of a pipeline with `steps` at its root. */
export type StepsFormKeys = {
  readonly strategy: Key<JobStrategy>;
  readonly continueOnError: Key<Value | boolean>;
  readonly container: Key<ContainerReference>;
  readonly services: Key<readonly ServicePlan[]>;
  readonly workspace: Key<'outputs' | 'resources' | 'all'>;
  readonly queue: Key<FormerTarget>;
  readonly server: Key<FormerTarget>;
};

/** The keys that every pipeline may have (YAML-6). */
export const pipelineKeys: PipelineKeys = {
  name: runNumberKey,
  appendCommitMessageToRunName: booleanKey('Whether the commit message is shown behind the run number.'),
  trigger: triggerKey,
  pr: prKey,
  schedules: schedulesKey,
  parameters: nodeKey('What a person can choose when queueing a run, and in a template what it is given.', {
    shape: oneOf(listOf('parameter'), { kind: 'map', values: { kind: 'any' } }),
  }),
  resources: resourcesKey,
  variables: variablesKey('pipeline'),
  pool: poolKey,
  lockBehavior: lockBehaviorKey,
};

/** The keys of which a pipeline has exactly one (YAML-5). */
export const formKeys: FormKeys = {
  stages: nodeKey('The stages of the pipeline.', { shape: listOf('stage', 'template') }),
  jobs: nodeKey('The jobs of a pipeline with one stage.', { shape: JOBS }),
  steps: nodeKey('The steps of a pipeline with one job.', { shape: STEPS }),
  extends: nodeKey('The template that the pipeline fills in.', { shape: mappingOf('template') }),
  phases: nodeKey('The former word for jobs.', { shape: listOf('phase', 'job', 'deployment', 'template') }),
};

/** Further keys of a pipeline with `steps` at its root (YAML-6). */
export const stepsFormKeys: StepsFormKeys = {
  strategy: jobStrategyKey,
  continueOnError: jobContinueOnErrorKey,
  container: containerKey,
  services: servicesKey,
  workspace: workspaceKey,
  queue: queueKey,
  server: serverKey,
};
