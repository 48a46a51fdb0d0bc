import { parameterKeys } from '../expand/parameters/parameter-keys.ts';
import { templateKeys } from '../expand/templates/reference.ts';
import { jobContainerKeys } from './containers/reference.ts';
import { readOnlyMountKeys } from './containers/container-keys.ts';
import { deploymentKeys } from './jobs/deployment.ts';
import { environmentKeys } from './jobs/environment.ts';
import { queueKeys, serverKeys } from './jobs/former-target.ts';
import { jobStrategyKeys } from './jobs/job-strategy.ts';
import { plainJobKeys } from './jobs/job.ts';
import { phaseKeys } from './jobs/phase.ts';
import { usesKeys } from './jobs/uses.ts';
import { workspaceKeys } from './jobs/workspace.ts';
import type { KeyTable } from './key.ts';
import { formKeys, pipelineKeys, stepsFormKeys } from './pipeline-keys.ts';
import { poolKeys } from './pools/pool.ts';
import { buildResourceKeys, packageResourceKeys } from './resources/builds-and-packages.ts';
import { containerResourceKeys, imageTriggerKeys } from './resources/containers.ts';
import { completionTriggerKeys, pipelineResourceKeys } from './resources/pipelines.ts';
import { repositoryKeys } from './resources/repositories.ts';
import { legacyResourceKeys, resourcesKeys } from './resources/resources.ts';
import { webhookFilterKeys, webhookResourceKeys } from './resources/webhooks.ts';
import type { Shape } from './shape.ts';
import { stageKeys } from './stages/stage.ts';
import { strategyTables } from './jobs/deployment-strategy.ts';
import { shortcutKeys } from './steps/step.ts';
import { stepKeys } from './steps/step-keys.ts';
import { targetKeys } from './steps/target.ts';
import { taskKeys } from './steps/task.ts';
import { includeExcludeKeys } from './triggers/filters.ts';
import { prKeys } from './triggers/pr.ts';
import { scheduleKeys } from './triggers/schedules.ts';
import { triggerKeys } from './triggers/trigger.ts';
import { variableGroupKeys, variableKeys } from './variables.ts';

/** A key of the language as documentation, completion and an editor's schema see it. */
export interface LanguageKey {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  readonly shape: Shape;
}

/** Every mapping of the language by name, with its keys: the same records that the compiler reads by. */
export function language(): ReadonlyMap<string, readonly LanguageKey[]> {
  return new Map(tables.map(([what, table]) => [what, keysOf(table)]));
}

/** The kinds of step: the tables of `language()` that `step` stands for in a shape (YAML-4). */
export const STEP_TABLES: readonly string[] = ['task', ...shortcutKeys.keys()].map((key) => `${key} step`);

const tables: readonly (readonly [string, KeyTable])[] = [
  ['pipeline', { ...pipelineKeys, ...formKeys, ...stepsFormKeys }],
  ['template', templateKeys],
  ['parameter', parameterKeys],
  ['trigger', triggerKeys],
  ['pr', prKeys],
  ['schedule', scheduleKeys],
  ['filter', includeExcludeKeys],
  ['resources', resourcesKeys],
  ['repository resource', repositoryKeys],
  ['pipeline resource', pipelineResourceKeys],
  ['completion trigger', completionTriggerKeys],
  ['container resource', containerResourceKeys],
  ['image trigger', imageTriggerKeys],
  ['build resource', buildResourceKeys],
  ['package resource', packageResourceKeys],
  ['webhook resource', webhookResourceKeys],
  ['webhook filter', webhookFilterKeys],
  ['legacy resource', legacyResourceKeys],
  ['variable', variableKeys],
  ['variable group', variableGroupKeys],
  ['stage', stageKeys],
  ['job', plainJobKeys],
  ['job strategy', jobStrategyKeys],
  ['phase', phaseKeys],
  ['queue', queueKeys],
  ['server', serverKeys],
  ['deployment', deploymentKeys],
  ['environment', environmentKeys],
  ['strategy', strategyTables.strategy],
  ['runOnce', strategyTables.runOnce],
  ['rolling', strategyTables.rolling],
  ['canary', strategyTables.canary],
  ['on', strategyTables.on],
  ['hook', strategyTables.hook],
  ['pool', poolKeys],
  ['container', jobContainerKeys],
  ['mountReadOnly', readOnlyMountKeys],
  ['uses', usesKeys],
  ['workspace', workspaceKeys],
  ['target', targetKeys],
  ['task step', { ...taskKeys, ...stepKeys }],
  ...[...shortcutKeys].map(([key, table]) => [`${key} step`, { ...table, ...stepKeys }] as const),
];

function keysOf(table: KeyTable): readonly LanguageKey[] {
  return Object.entries(table).map(([name, { summary, required = false, shape }]) => ({
    name,
    summary,
    required,
    shape,
  }));
}
