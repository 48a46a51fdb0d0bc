import { builtInTask, fold, type Plan, type StepPlan } from '@signalbox/model';
import type { InstanceKey } from './state.ts';

/** The tasks after which nothing is downloaded by itself: the author said what he wants. */
const DOWNLOADS: readonly string[] = ['download', 'downloadpipelineartifact', 'downloadbuildartifacts'];

/**
 * The downloads that nobody wrote (DEP-10): in the hook `deploy` all artifacts of the current run, then those of every
 * pipeline resource; none in other hooks, and none beside a download of the author's, `none` included.
 */
export function impliedDownloads(
  steps: readonly Pick<StepPlan, 'task'>[],
  { hook }: Pick<InstanceKey, 'hook'>,
  { resources }: Pick<Plan, 'resources'>,
): readonly Omit<StepPlan, 'source'>[] {
  if (hook !== 'deploy' || steps.some(({ task }) => DOWNLOADS.includes(nameOf(task)))) return [];
  const aliases = ['current', ...(resources?.pipelines ?? []).map(({ alias }) => alias)];
  return aliases.map((alias, index) => ({
    name: index === 0 ? '__download' : `__download${index}`,
    displayName: index === 0 ? 'Download Artifact' : `Download ${alias}`,
    task: { name: 'Download', version: '1' },
    inputs: { alias },
    env: {},
    continueOnError: false,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
  }));
}

/** The service's final YAML names tasks by their ids (REC-165). */
function nameOf(task: StepPlan['task']): string {
  return fold(builtInTask(task)?.name ?? task.name);
}
