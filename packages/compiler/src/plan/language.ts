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
  return new Map(tables.map(([what, , table]) => [what, keysOf(table)]));
}

/** What each mapping of the language is, in one sentence. */
export function languageTables(): ReadonlyMap<string, string> {
  return new Map(tables.map(([what, summary]) => [what, summary]));
}

/** The kinds of step: the tables of `language()` that `step` stands for in a shape (YAML-4). */
export const STEP_TABLES: readonly string[] = ['task', ...shortcutKeys.keys()].map((key) => `${key} step`);

const tables: readonly (readonly [string, string, KeyTable])[] = [
  [
    'pipeline',
    'The file itself. It has exactly one of `stages`, `jobs`, `steps` and `extends`; a template has one of the first three, or `variables`.',
    { ...pipelineKeys, ...formKeys, ...stepsFormKeys },
  ],
  ['template', 'A reference to a file that is put in its place.', templateKeys],
  [
    'parameter',
    'Something that a person chooses when queueing a run, or that a template is given.',
    parameterKeys,
  ],
  ['trigger', 'Pushes that start a run. With branches and tags, either is enough.', triggerKeys],
  ['pr', 'Pull requests that start a run.', prKeys],
  ['schedule', 'A time table.', scheduleKeys],
  [
    'filter',
    'Patterns: `*` stands for any characters, `?` for one. `include` comes first, then `exclude` takes away.',
    includeExcludeKeys,
  ],
  [
    'resources',
    'What the pipeline uses besides its own repository. Every group is a list; aliases are unique in their group.',
    resourcesKeys,
  ],
  ['repository resource', 'A repository to check out, or to take templates from.', repositoryKeys],
  [
    'pipeline resource',
    'The runs of another pipeline. Without `version`, `branch` and `tags` its newest run is taken.',
    pipelineResourceKeys,
  ],
  [
    'completion trigger',
    'Finished runs of another pipeline that start a run. All that is given must hold.',
    completionTriggerKeys,
  ],
  ['container resource', 'A container image under a name.', containerResourceKeys],
  ['image trigger', 'New images that start a run.', imageTriggerKeys],
  ['build resource', 'A build of another system.', buildResourceKeys],
  ['package resource', 'A package of a registry.', packageResourceKeys],
  ['webhook resource', 'A call from outside that starts a run.', webhookResourceKeys],
  ['webhook filter', 'One thing that the payload of a web hook must hold.', webhookFilterKeys],
  ['legacy resource', 'The former list form of `resources`. Nothing follows from it.', legacyResourceKeys],
  ['variable', 'A variable in the list form. The mapping form is `name: value`.', variableKeys],
  [
    'variable group',
    'All variables of a group, at this place: of two definitions the later one counts.',
    variableGroupKeys,
  ],
  ['stage', 'A stage: jobs that are awaited, skipped and locked together.', stageKeys],
  ['job', 'A plain job: its steps run in order on one agent.', plainJobKeys],
  ['job strategy', 'Several instances of a job.', jobStrategyKeys],
  ['phase', 'The former word for a job.', phaseKeys],
  ['queue', 'The former word for `pool`, with what now stands beside it.', queueKeys],
  ['server', 'The former way to say `pool: server`.', serverKeys],
  ['deployment', 'A deployment job: hooks that bring something to an environment.', deploymentKeys],
  ['environment', 'What a deployment job deploys to.', environmentKeys],
  ['strategy', 'How a deployment goes about it; exactly one.', strategyTables.strategy],
  ['runOnce', 'Every hook once.', strategyTables.runOnce],
  ['rolling', 'Batches of machines, one after the other.', strategyTables.rolling],
  ['canary', 'A growing share of the users.', strategyTables.canary],
  ['on', 'What runs at the end of a deployment, by how it went.', strategyTables.on],
  ['hook', 'One step of a deployment: a job instance of its own.', strategyTables.hook],
  ['pool', 'Where jobs run.', poolKeys],
  [
    'container',
    'A container of a job: `alias` names one of `resources.containers`, the other keys describe one.',
    jobContainerKeys,
  ],
  ['mountReadOnly', "The agent's folders in a container.", readOnlyMountKeys],
  ['uses', 'Resources that are used without being named elsewhere.', usesKeys],
  ['workspace', 'The work folder of a job.', workspaceKeys],
  ['target', 'Where a step runs.', targetKeys],
  ['task step', 'A step that runs a task.', { ...taskKeys, ...stepKeys }],
  ...[...shortcutKeys].map(
    ([key, table]) =>
      [`${key} step`, `A step: ${table[key]?.summary ?? ''}`, { ...table, ...stepKeys }] as const,
  ),
];

function keysOf(table: KeyTable): readonly LanguageKey[] {
  return Object.entries(table).map(([name, { summary, required = false, shape }]) => ({
    name,
    summary,
    required,
    shape,
  }));
}
