import type { ArtifactSource } from '@signalbox/api';
import type { RunState } from '@signalbox/engine';
import { fold, type PipelineResourcePlan, type RunResult } from '@signalbox/model';
import type { DefinitionRow, RunFilter, Store } from '@signalbox/store';
import { runOfAlias } from '../work/pipeline-resources.ts';
import { fullBranch } from '../git/full-branch.ts';

/** A run whose artifacts may be read, or why there is none. */
type SourceRun = RunState | { readonly problem: string };

type Specific = Extract<ArtifactSource, { kind: 'specific' }>;

/**
 * The run that a download names: the job's own, the one that a pipeline resource stands for, or a specific one. Runs
 * of other projects are not read: the job's token ends at its project (INV-54).
 */
export async function sourceRun(store: Store, asking: RunState, source: ArtifactSource): Promise<SourceRun> {
  switch (source.kind) {
    case 'current':
      return asking;
    case 'alias':
      return runOfResource(store, asking, source.alias);
    case 'specific':
      return specificRun(store, asking, source);
  }
}

async function runOfResource(store: Store, asking: RunState, alias: string): Promise<SourceRun> {
  const plan = await store.runs.plan(asking.id);
  const resource = plan?.resources?.pipelines.find((one) => fold(one.alias) === fold(alias));
  if (resource === undefined) {
    return { problem: `"${alias}" is neither "current" nor the alias of a pipeline resource of this file.` };
  }
  const chosen = runOfAlias(asking, alias);
  const frozen = chosen === undefined ? undefined : await store.runs.get(chosen);
  // Frozen when the run was queued: it may be the one that started it (RSRC-4).
  if (frozen?.project === asking.project) return frozen;
  const { source: pipeline, project, branch, tags, version } = resource;
  const wanted: Specific = {
    kind: 'specific',
    pipeline,
    ...(project !== undefined && { project }),
    ...(branch !== undefined && { branch: fullBranch(branch) }),
    ...(tags !== undefined && { tags }),
  };
  return latestRun(store, asking, wanted, version === undefined ? {} : { number: version }, resource);
}

async function specificRun(store: Store, asking: RunState, source: Specific): Promise<SourceRun> {
  if (source.run === undefined) return latestRun(store, asking, source, {});
  const run = await store.runs.get(source.run);
  if (run !== undefined && run.project === asking.project) return run;
  return { problem: `There is no run ${source.run} in this project.` };
}

/**
 * RSRC-3: the newest finished run that has everything asked for. Only runs that were over when the asking run was
 * queued count, so that late stages and retries see the same one (RSRC-6).
 */
async function latestRun(
  store: Store,
  asking: RunState,
  source: Specific,
  filter: Pick<RunFilter, 'number'>,
  resource?: PipelineResourcePlan,
): Promise<SourceRun> {
  if (source.project !== undefined && !(await isOwnProject(store, asking, source.project))) {
    return { problem: `Artifacts of another project ("${source.project}") cannot be downloaded.` };
  }
  const { pipeline = '', branch, tags } = source;
  const definition = await findDefinition(store, asking, pipeline);
  if (definition === undefined) return { problem: `There is no pipeline "${pipeline}" in this project.` };
  const { items } = await store.runs.list(asking.project, {
    definitions: [definition.id],
    statuses: ['completed'],
    results: resultsOf(source),
    order: 'finishTimeDescending',
    maxTime: asking.queueTime,
    limit: 1,
    ...filter,
    ...(branch !== undefined && { branch }),
    ...(tags !== undefined && { tags }),
  });
  const what = resource === undefined ? 'that download' : `the resource "${resource.alias}"`;
  return items[0] ?? { problem: `No finished run of "${definition.name}" fits ${what}.` };
}

async function isOwnProject(store: Store, asking: RunState, name: string): Promise<boolean> {
  return (await store.projects.find(name))?.id === asking.project;
}

function resultsOf({ allowPartiallySucceeded, allowFailed }: Specific): readonly RunResult[] {
  return [
    'succeeded',
    ...(allowPartiallySucceeded === true ? (['partiallySucceeded'] as const) : []),
    ...(allowFailed === true ? (['failed'] as const) : []),
  ];
}

/** By number, or by name with its folder where one is given; letter case aside (RSRC-2). */
async function findDefinition(
  store: Store,
  asking: RunState,
  pipeline: string,
): Promise<DefinitionRow | undefined> {
  if (/^\d{1,15}$/.test(pipeline)) return store.definitions.get(asking.project, Number(pipeline));
  const at = pipeline.lastIndexOf('\\');
  const [folder, name] = at < 0 ? [undefined, pipeline] : [pipeline.slice(0, at), pipeline.slice(at + 1)];
  const named = (await store.definitions.list(asking.project)).filter((one) => fold(one.name) === fold(name));
  if (folder === undefined) return named.find(({ path }) => path === '\\') ?? named[0];
  const path = `\\${folder.replace(/^\\+/, '')}`;
  return named.find((one) => fold(one.path) === fold(path));
}
