import { ROUTES } from '../routes/table.ts';
import type { WrittenDefinition } from '../wire/build-input.ts';
import type { WireDefinition } from '../wire/build.ts';
import type { Paged } from '../wire/common.ts';
import type { NewPipelineRun } from '../wire/pipeline-input.ts';
import type { QueueFormView } from '../wire/pages.ts';
import type { WirePipeline, WireRun } from '../wire/pipelines.ts';
import type { RepositoryView } from '../wire/signalbox.ts';
import type { Transport } from './transport.ts';

/** What makes a definition. `repository.url` is a URL, or a path on the server's machine. */
export interface NewDefinition {
  readonly name: string;
  /** The folder; the root when absent. */
  readonly path?: string;
  readonly yamlFilename: string;
  readonly repository: {
    readonly url: string;
    readonly type?: string;
    readonly name?: string;
    readonly defaultBranch?: string;
  };
  /** Name of the pool for jobs that name none. */
  readonly pool?: string;
  readonly variables?: Readonly<
    Record<string, { readonly value: string; readonly isSecret?: boolean; readonly allowOverride?: boolean }>
  >;
}

/** How to run or to expand a pipeline. */
export interface RunOptions {
  readonly branch?: string;
  readonly commit?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly templateParameters?: Readonly<Record<string, string>>;
  readonly stagesToSkip?: readonly string[];
  /** Our own: jobs to leave out, `Stage.Job`. */
  readonly jobsToSkip?: readonly string[];
  /** The text to use instead of the file. */
  readonly yamlOverride?: string;
}

/** Pipeline definitions. */
export interface DefinitionsClient {
  listDefinitions(
    project: string,
    filter?: { readonly name?: string; readonly path?: string },
  ): Promise<Paged<WireDefinition>>;
  getDefinition(project: string, id: number): Promise<WireDefinition>;
  createDefinition(project: string, definition: NewDefinition): Promise<WireDefinition>;
  /** Sends back what `getDefinition` gave, changed; 409 when it is not the newest revision. */
  updateDefinition(project: string, definition: WireDefinition): Promise<WireDefinition>;
  deleteDefinition(project: string, id: number): Promise<void>;
  listPipelines(project: string): Promise<Paged<WirePipeline>>;
  runPipeline(project: string, id: number, options?: RunOptions): Promise<WireRun>;
  /** The expanded file; an `ApiError` with `diagnostics` when it is not right. */
  previewPipeline(project: string, id: number, options?: RunOptions): Promise<string>;
  /** What a form needs that queues a run of a branch, the default one where none is named. */
  getQueueForm(project: string, id: number, branch?: string): Promise<QueueFormView>;
  /** What pipelines of the project may name in `resources.repositories`, by name. */
  listRepositories(project: string): Promise<Paged<RepositoryView>>;
  /** 409 when the name is taken. */
  addRepository(project: string, repository: RepositoryView): Promise<RepositoryView>;
  removeRepository(project: string, name: string): Promise<void>;
}

/** The calls of `DefinitionsClient`. */
export function definitionsClient(transport: Transport): DefinitionsClient {
  return {
    listDefinitions: (project, filter = {}) =>
      transport.page(ROUTES.listDefinitions, {
        path: { project },
        query: { ...filter, includeLatestBuilds: true },
      }),
    getDefinition: (project, definitionId) =>
      transport.json(ROUTES.getDefinition, { path: { project, definitionId } }),
    createDefinition: (project, definition) =>
      transport.json(ROUTES.createDefinition, { path: { project }, body: bodyOf(definition) }),
    updateDefinition: (project, definition) =>
      transport.json(ROUTES.updateDefinition, {
        path: { project, definitionId: definition.id },
        body: definition,
      }),
    deleteDefinition: (project, definitionId) =>
      transport.json(ROUTES.deleteDefinition, { path: { project, definitionId } }),
    listPipelines: (project) => transport.page(ROUTES.listPipelines, { path: { project } }),
    async runPipeline(project, pipelineId, options = {}) {
      const call = { path: { project, pipelineId }, body: runBody(options) };
      // Without `previewRun` it is never a preview.
      return (await transport.json(ROUTES.runPipeline, call)) as WireRun;
    },
    async previewPipeline(project, pipelineId, options = {}) {
      const call = { path: { project, pipelineId }, body: runBody(options) };
      return (await transport.json(ROUTES.previewPipeline, call)).finalYaml;
    },
    getQueueForm: (project, pipelineId, branch) =>
      transport.json(ROUTES.queueForm, {
        path: { project, pipelineId },
        query: { ...(branch !== undefined && { branch }) },
      }),
    listRepositories: (project) => transport.page(ROUTES.listRepositories, { path: { project } }),
    addRepository: (project, body) => transport.json(ROUTES.addRepository, { path: { project }, body }),
    removeRepository: (project, repositoryName) =>
      transport.json(ROUTES.removeRepository, { path: { project, repositoryName } }),
  };
}

function bodyOf(definition: NewDefinition): WrittenDefinition {
  const { yamlFilename, pool, repository, ...rest } = definition;
  return {
    ...rest,
    process: { type: 2, yamlFilename },
    repository: { type: 'Git', ...repository },
    ...(pool !== undefined && { queue: { name: pool } }),
  };
}

function runBody(options: RunOptions): NewPipelineRun {
  const {
    branch,
    commit,
    variables = {},
    templateParameters = {},
    stagesToSkip = [],
    jobsToSkip,
    yamlOverride,
  } = options;
  return {
    resources: {
      repositories: {
        self: {
          ...(branch !== undefined && { refName: branch }),
          ...(commit !== undefined && { version: commit }),
        },
      },
    },
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    templateParameters,
    stagesToSkip,
    ...(jobsToSkip !== undefined && { jobsToSkip }),
    ...(yamlOverride !== undefined && { yamlOverride }),
  };
}
