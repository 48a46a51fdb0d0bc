import type { RunState } from '@signalbox/engine';
import { fold, type PipelineResourcePlan } from '@signalbox/model';
import type { DefinitionRow, ProjectRow, Store } from '@signalbox/store';
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
    Object.entries(values).map(([name, value]) => [resourceVariable(alias, name), value]),
  );
}

/** The name of a variable of a pipeline resource. */
export function resourceVariable(alias: string, name: string): string {
  return `resources.pipeline.${alias}.${name}`;
}

/** Whether a resource means the runs of a pipeline: by name, with its folder where one is given (RSRC-2). */
export function isSource(
  { source, project }: PipelineResourcePlan,
  of: {
    readonly definition: Pick<DefinitionRow, 'name' | 'path'>;
    readonly project: ProjectRow;
    readonly home: ProjectRow;
  },
): boolean {
  const { definition } = of;
  const inProject = project === undefined ? of.home.id === of.project.id : isNamed(of.project, project);
  const folder = definition.path.replace(/^\\+|\\+$/g, '');
  const full = folder === '' ? definition.name : `${folder}\\${definition.name}`;
  const wanted = fold(source.replaceAll('/', '\\').replace(/^\\+/, ''));
  return inProject && (wanted === fold(definition.name) || wanted === fold(full));
}

function isNamed({ name, guid }: ProjectRow, text: string): boolean {
  return fold(name) === fold(text) || guid === text.toLowerCase();
}
