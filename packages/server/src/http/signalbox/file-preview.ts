import type { FilePreview, NeedView, PreviewStageView } from '@signalbox/api';
import { fold, type Plan, type StagePlan } from '@signalbox/model';
import type { DefinitionRow, ProjectRow, ResourcePermission } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { otherRepositories } from '../../work/other-repositories.ts';
import { libraryProblems } from '../../work/protected/library-problems.ts';
import { findResources, type FoundResources } from '../../work/protected/protected-resources.ts';
import { referencesOf, type NamedReference } from '../../work/protected/references.ts';
import { DEFAULT_POOL } from '../../work/queue-run.ts';
import { readPlan } from '../../work/read-plan.ts';
import { runFacts } from '../../work/run-facts.ts';
import type { Ask } from '../ask.ts';
import { readYamlFilename } from '../build/definition-input.ts';
import { wireDiagnostic } from '../build/queue-build.ts';
import { notFound } from '../problem.ts';
import { openPlace } from './repository-look.ts';

/** Enough to see every diagnostic in; the whole file lies in the repository. */
const TEXT_LENGTH = 200_000;

/** What a pipeline of a file would be: nothing is made, and nothing is kept. */
export async function previewFile(ask: Ask): Promise<FilePreview> {
  const project = await ask.project();
  const path = readYamlFilename(ask.body().text('path', 1024));
  const { url, source } = await openPlace(ask);
  const text = await source.files.read(path);
  if (text === undefined) throw notFound('File', `The file ${path}`);
  const { branch, commit } = source;
  const definition = definitionToBe(project, { url, path, branch });
  const who = callerName(ask);
  const run = runFacts({
    project,
    definition,
    source,
    reason: 'manual',
    requestedBy: who,
    requestedFor: who,
  });
  const others = otherRepositories({ ...ask.app, project });
  const wanted = { files: source.files, path, assumeParameters: true, run } as const;
  const read = await readPlan(ask.app.store, wanted, others);
  const seen = { branch, commit, text: text.slice(0, TEXT_LENGTH) };
  if (!read.ok) return { ...seen, stages: [], needs: [], problems: read.diagnostics.map(wireDiagnostic) };
  const references = referencesOf(read.plan, { definition, variables: {}, defaultPool: DEFAULT_POOL });
  const found = await findResources(ask.app.store, project, references);
  return {
    ...seen,
    stages: read.plan.stages.map(stageView),
    problems: libraryProblems(found.missing).map(wireDiagnostic),
    needs: await needsOf(ask, project, namedIn(read.plan, references), found),
  };
}

/** The pipeline as it would be, before it has a number or a name. */
function definitionToBe(
  project: ProjectRow,
  { url, path, branch }: { readonly url: string; readonly path: string; readonly branch: string },
): DefinitionRow {
  return {
    id: 0,
    project: project.id,
    name: '',
    path: '\\',
    repository: { url, type: 'Git', defaultBranch: branch },
    yamlFilename: path,
    variables: {},
    queueStatus: 'enabled',
    revision: 1,
    createdAt: 0,
    updatedAt: 0,
    extra: {},
  };
}

function stageView(stage: StagePlan): PreviewStageView {
  const { name, displayName, dependsOn, isSkippable } = stage;
  return { name, displayName, dependsOn, skippable: isSkippable, environments: environmentsOf(stage) };
}

function environmentsOf({ jobs }: StagePlan): readonly string[] {
  const names = jobs.flatMap((job) => (job.kind === 'deployment' ? [job.environment.name] : []));
  return [...new Map(names.map((name) => [fold(name), name])).values()];
}

/** A need, and where the file names it; the environments of jobs are no references. */
interface Named extends Pick<NeedView, 'type' | 'name' | 'stages'> {
  readonly reference?: NamedReference;
}

/** Every resource that is named in plain text, once, with the stages that use it. */
function namedIn({ stages }: Plan, references: readonly NamedReference[]): readonly Named[] {
  const named = new Map<string, Named>();
  const add = (one: Omit<Named, 'stages'>, stage: StagePlan): void => {
    const key = `${one.type}:${fold(one.name)}`;
    const users = named.get(key)?.stages ?? [];
    if (!users.includes(stage.name)) named.set(key, { ...one, stages: [...users, stage.name] });
  };
  for (const stage of stages) {
    for (const name of environmentsOf(stage)) add({ type: 'environment', name }, stage);
  }
  for (const reference of references) {
    const { type, name, stage } = reference;
    // A name that is put together at run time is known then.
    if (name !== undefined && type !== 'environment') add({ type, name, reference }, stage);
  }
  return [...named.values()];
}

async function needsOf(
  ask: Ask,
  project: ProjectRow,
  named: readonly Named[],
  found: FoundResources,
): Promise<readonly NeedView[]> {
  const needs: NeedView[] = [];
  for (const one of named) {
    const { type, name, stages } = one;
    needs.push({ type, name, stages, state: await stateOf(ask, project, one, found) });
  }
  return needs;
}

async function stateOf(
  { app: { store } }: Ask,
  project: ProjectRow,
  { type, name, reference }: Named,
  found: FoundResources,
): Promise<NeedView['state']> {
  if (reference === undefined) {
    const row = await store.environments.find(project.id, name);
    if (row === undefined) return 'made';
    return openness(await store.permissions.get(project.id, { type, id: String(row.id) }));
  }
  if (found.missing.some((one) => one.type === type && fold(one.name ?? '') === fold(name))) return 'missing';
  if (type === 'queue' && (await store.pools.find(name)) === undefined) return 'missing';
  const resource = found.of(reference);
  if (resource === undefined) return 'ready';
  return openness(await store.permissions.get(project.id, { type, id: resource.id }));
}

/** Nobody said anything about it: every pipeline may use it. */
function openness(permission: ResourcePermission | undefined): 'ready' | 'closed' {
  return permission === undefined || permission.allPipelines ? 'ready' : 'closed';
}
