import type { RunState } from '@signalbox/engine';
import { fold, type ProjectId, type RunId } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { App } from '../app.ts';
import { wireBuild, wireRun, type BuildParts } from '../http/shape/build.ts';
import { runPageUrl } from '../http/shape/common.ts';
import { toJsonObject } from '../http/read/json-object.ts';
import type { JsonObject } from '@signalbox/store';
import { factsOf, type Facets, type Fact } from './notice.ts';

/** Reads what a notice tells besides the journal entry: names, people, addresses. One for each round. */
export interface Teller {
  readonly app: App;
  project(id: ProjectId): Promise<ProjectRow | undefined>;
  /** The run as it is now; undefined when it was deleted. */
  run(id: RunId): Promise<BuildParts | undefined>;
}

/** Everything about a run that notices need. */
export interface RunStory {
  readonly app: App;
  readonly project: ProjectRow;
  readonly parts: BuildParts;
}

/** Makes a teller; what it has read it reads once. */
export function createTeller(app: App): Teller {
  const projects = new Map<ProjectId, Promise<ProjectRow | undefined>>();
  const runs = new Map<RunId, Promise<BuildParts | undefined>>();
  return {
    app,
    project: (id) => once(projects, id, () => app.store.projects.get(id)),
    run: (id) => once(runs, id, () => readRun(app, id)),
  };
}

function once<K, V>(known: Map<K, Promise<V>>, key: K, read: () => Promise<V>): Promise<V> {
  const value = known.get(key) ?? read();
  known.set(key, value);
  return value;
}

async function readRun({ store }: App, id: RunId): Promise<BuildParts | undefined> {
  const run = await store.runs.get(id);
  if (run === undefined) return undefined;
  const definition = await store.definitions.get(run.project, run.definition.id);
  const isKept = (await store.runLeases.kept([id])).length > 0;
  return { run, definition, tags: await store.runs.tags(id), isKept, properties: {} };
}

/** What a run is called in a sentence. */
export function runName({ number, definition }: Pick<RunState, 'number' | 'definition'>): string {
  return `run ${number} of ${definition.name}`;
}

/** The lines that every message about a run has. */
export function runFactsOf({ run }: BuildParts): readonly Fact[] {
  return factsOf(
    ['Pipeline', run.definition.name],
    ['Run', run.number],
    ['Branch', run.branch.replace(/^refs\/heads\//, '')],
    ['Commit', run.commit.slice(0, 8)],
    ['Requested for', run.requestedFor],
  );
}

/** By what a run's pipeline is filtered. */
export function pipelineFacet({ definition }: Pick<RunState, 'definition'>): readonly string[] {
  return [definition.name, String(definition.id)];
}

/** What the resources of a stage add to what it is filtered by. */
export function stageFacets(
  run: RunState,
  stage: string,
): Pick<Facets, 'pipelines' | 'stages' | 'environments'> {
  const resources = run.resources[fold(stage)] ?? [];
  return {
    pipelines: pipelineFacet(run),
    stages: [stage],
    environments: resources.filter(({ type }) => type === 'environment').map(({ name }) => name),
  };
}

/** Where people look at it. */
export function runLink({ app, project, parts }: RunStory): string {
  return runPageUrl(app, project, parts.run.id);
}

/** The run in the words of the Build API. */
export function buildResource({ app, project, parts }: RunStory): JsonObject {
  return toJsonObject({ ...wireBuild(app, project, parts) });
}

/** The run in the words of the Pipelines API, as far as service hooks send it. */
export function runResource({ app, project, parts }: RunStory): JsonObject {
  return toJsonObject({ ...wireRun(app, project, parts) });
}
