import type { RunState } from '@signalbox/engine';
import { fold, fullRef, type PipelineResourcePlan, type Plan, type RunId } from '@signalbox/model';
import type { ProjectRow, Store } from '@signalbox/store';
import { isSource, pipelineVariables, resourceVariable } from '../triggers/pipeline-variables.ts';

/**
 * The variables that say which runs of other pipelines a new run goes with (RSRC-3, TRIG-45), frozen with it: the newest
 * that succeeded and has what the file asks for. A resource that no run fits has none. `given`: those of the run that
 * started this one, which go before (RSRC-4).
 */
export async function pipelineResourceVariables(
  store: Store,
  home: ProjectRow,
  { resources }: Plan,
  given: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const variables: Record<string, string> = {};
  for (const resource of resources?.pipelines ?? []) {
    if (given[resourceVariable(resource.alias, 'runID')] !== undefined) continue;
    const run = await newestRun(store, home, resource);
    if (run !== undefined) Object.assign(variables, await pipelineVariables(store, resource.alias, run));
  }
  return variables;
}

async function newestRun(
  store: Store,
  home: ProjectRow,
  resource: PipelineResourcePlan,
): Promise<RunState | undefined> {
  const project = resource.project === undefined ? home : await store.projects.find(resource.project);
  if (project === undefined) return undefined;
  const definitions = await store.definitions.list(project.id);
  const definition = definitions.find((one) => isSource(resource, { definition: one, project, home }));
  if (definition === undefined) return undefined;
  const { version, branch, tags } = resource;
  const { items } = await store.runs.list(project.id, {
    definitions: [definition.id],
    statuses: ['completed'],
    results: ['succeeded', 'partiallySucceeded'],
    order: 'finishTimeDescending',
    limit: 1,
    ...(version !== undefined && { number: version }),
    ...(branch !== undefined && { branch: fullRef(branch) }),
    ...(tags !== undefined && { tags }),
  });
  return items[0];
}

/** The run that a pipeline resource stands for in a run; undefined: none was found when it was queued (RSRC-4, RSRC-6). */
export function runOfAlias(
  { cause, known }: Pick<RunState, 'cause' | 'known'>,
  alias: string,
): RunId | undefined {
  const wanted = fold(resourceVariable(alias, 'runID'));
  const all = Object.entries({ ...known, ...cause?.variables });
  const value = all.find(([name]) => fold(name) === wanted)?.[1];
  return value === undefined ? undefined : Number(value);
}
