import { deploymentKeys } from './jobs/deployment.ts';
import { environmentKeys } from './jobs/environment.ts';
import { plainJobKeys } from './jobs/job.ts';
import { strategyTables } from './jobs/strategy.ts';
import { usesKeys } from './jobs/uses.ts';
import { workspaceKeys } from './jobs/workspace.ts';
import type { KeyTable } from './key.ts';
import { formKeys, pipelineKeys, stepsFormKeys } from './pipeline-keys.ts';
import { poolKeys } from './pools/pool.ts';
import { resourceTables } from './resources.ts';
import { stageKeys } from './stages/stage.ts';
import { shortcutKeys } from './steps/step.ts';
import { stepKeys } from './steps/step-keys.ts';
import { taskKeys } from './steps/task.ts';
import { includeExcludeKeys } from './triggers/filters.ts';
import { prKeys } from './triggers/pr.ts';
import { scheduleKeys } from './triggers/schedules.ts';
import { triggerKeys } from './triggers/trigger.ts';
import { variableKeys } from './variables.ts';

/** A key of the language as documentation, completion and an editor's schema see it. */
export interface LanguageKey {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  /** False: the language has it, this version of Signalbox does not yet. */
  readonly supported: boolean;
}

/** Every mapping of the language and its keys: the same records that the compiler reads by. */
export function language(): ReadonlyMap<string, readonly LanguageKey[]> {
  return new Map(tables.map(([what, table]) => [what, keysOf(table)]));
}

const tables: readonly (readonly [string, KeyTable])[] = [
  ['pipeline', { ...pipelineKeys, ...formKeys }],
  ['pipeline with steps', stepsFormKeys],
  ['stage', stageKeys],
  ['job', plainJobKeys],
  ['deployment', deploymentKeys],
  ['environment', environmentKeys],
  ['strategy', strategyTables.strategy],
  ['runOnce', strategyTables.runOnce],
  ['on', strategyTables.on],
  ['hook', strategyTables.hook],
  ['pool', poolKeys],
  ['uses', usesKeys],
  ['workspace', workspaceKeys],
  ['variable', variableKeys],
  ['step', stepKeys],
  ['task', taskKeys],
  ...shortcutKeys,
  ['resources', resourceTables.resources],
  ['repository', resourceTables.repository],
  ['trigger', triggerKeys],
  ['pr', prKeys],
  ['schedule', scheduleKeys],
  ['filter', includeExcludeKeys],
];

function keysOf(table: KeyTable): readonly LanguageKey[] {
  return Object.entries(table).map(([name, { summary, required = false, read }]) => ({
    name,
    summary,
    required,
    supported: read !== undefined,
  }));
}
