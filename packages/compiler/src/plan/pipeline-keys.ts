import type { PoolPlan, RepositoryPlan, Value, VariablePlan, YamlLockBehavior } from '@signalbox/model';
import type { Node } from '../read/node.ts';
import type { Key } from './key.ts';
import { lockBehaviorKey } from './lock-behavior.ts';
import { poolKey } from './pools/pool.ts';
import { resourcesKey } from './resources.ts';
import { runNumberKey } from './run-number.ts';
import { jobContinueOnErrorKey } from './jobs/timeouts.ts';
import { prKey } from './triggers/pr.ts';
import { schedulesKey } from './triggers/schedules.ts';
import { triggerKey } from './triggers/trigger.ts';
import { booleanKey, laterKey, nodeKey } from './values.ts';
import { variablesKey } from './variables.ts';
import { workspaceKey } from './jobs/workspace.ts';

/** The keys that every pipeline may have, and what each gives. */
export type PipelineKeys = {
  readonly name: Key<string>;
  readonly appendCommitMessageToRunName: Key<boolean>;
  readonly trigger: Key<true>;
  readonly pr: Key<true>;
  readonly schedules: Key<true>;
  readonly parameters: Key<Node>;
  readonly resources: Key<readonly RepositoryPlan[]>;
  readonly variables: Key<readonly VariablePlan[]>;
  readonly pool: Key<PoolPlan>;
  readonly lockBehavior: Key<YamlLockBehavior>;
};

/** The keys of which a pipeline has exactly one. */
export type FormKeys = Readonly<Record<'stages' | 'jobs' | 'steps' | 'extends' | 'phases', Key<Node>>>;

/** Further keys of a pipeline with `steps` at its root. */
export type StepsFormKeys = {
  readonly strategy: Key<never>;
  readonly continueOnError: Key<Value | boolean>;
  readonly container: Key<never>;
  readonly services: Key<never>;
  readonly workspace: Key<'outputs' | 'resources' | 'all'>;
};

/** The keys that every pipeline may have (YAML-6). */
export const pipelineKeys: PipelineKeys = {
  name: runNumberKey,
  appendCommitMessageToRunName: booleanKey('Whether the commit message is shown behind the run number.'),
  trigger: triggerKey,
  pr: prKey,
  schedules: schedulesKey,
  parameters: nodeKey('What a person can choose when queueing a run.'),
  resources: resourcesKey,
  variables: variablesKey('pipeline'),
  pool: poolKey,
  lockBehavior: lockBehaviorKey,
};

/** The keys of which a pipeline has exactly one (YAML-5). */
export const formKeys: FormKeys = {
  stages: nodeKey('The stages of the pipeline.'),
  jobs: nodeKey('The jobs of a pipeline with one stage.'),
  steps: nodeKey('The steps of a pipeline with one job.'),
  extends: nodeKey('The template that the pipeline fills in.'),
  phases: laterKey('The former word for jobs.'),
};

/** Further keys of a pipeline with `steps` at its root (YAML-6). */
export const stepsFormKeys: StepsFormKeys = {
  strategy: laterKey('Several instances of the job: `matrix` or `parallel`.'),
  continueOnError: jobContinueOnErrorKey,
  container: laterKey('The container in which the steps run.'),
  services: laterKey('Containers that run beside the job.'),
  workspace: workspaceKey,
};
