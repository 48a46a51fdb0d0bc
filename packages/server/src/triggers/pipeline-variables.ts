import type { RunState } from '@signalbox/engine';
import type { Store } from '@signalbox/store';
import { nameGuid } from '../guid.ts';

/** The variables of a pipeline resource: which run of the other pipeline this one goes with (TRIG-45). */
export async function pipelineVariables(
  store: Store,
  alias: string,
  run: RunState,
): Promise<Readonly<Record<string, string>>> {
  const project = await store.projects.get(run.project);
  const values = {
    projectName: run.projectName,
    projectID: project?.guid ?? '',
    pipelineName: run.definition.name,
    pipelineID: String(run.definition.id),
    runName: run.number,
    runID: String(run.id),
    runURI: `vstfs:///Build/Build/${run.id}`,
    sourceBranch: run.branch,
    sourceCommit: run.commit,
    sourceProvider: run.repository?.type ?? 'git',
    requestedFor: run.requestedFor,
    requestedForID: nameGuid('identity', run.requestedFor),
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`resources.pipeline.${alias}.${name}`, value]),
  );
}
