import type { Collection, WirePreview, WireRun } from '@signalbox/api';
import {
  azureYaml,
  compile,
  expandedYaml,
  type CompileRequest,
  type FileProvider,
} from '@signalbox/compiler';
import type { DefinitionRow, ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { runFacts } from '../../work/run-facts.ts';
import { otherRepositories } from '../../work/other-repositories.ts';
import { openSource } from '../../work/source.ts';
import { BODY_BYTES, VALUE_LENGTH } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { findDefinition } from '../build/definitions.ts';
import { buildParts, checkOwnRun, findRun, type FoundRun } from '../build/find-run.ts';
import { invalidPipeline, queue, readTemplateParameters, type QueueInput } from '../build/queue-build.ts';
import { badRequest, notFound } from '../problem.ts';
import { readQueueForm } from './queue-form.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { toTexts } from '../read/parameters.ts';
import { wireRun } from '../shape/build.ts';
import { collection } from '../shape/common.ts';
import { runLog, runLogs } from './run-logs.ts';

/** Runs in the words of the Pipelines API, and the dry run (REST.md §3.4). */
export const pipelineRunHandlers: Handlers<
  'listRuns' | 'runPipeline' | 'getRun' | 'previewPipeline' | 'queueForm' | 'listRunLogs' | 'getRunLog'
> = {
  listRuns: async (ask) => listRuns(ask),
  runPipeline: async (ask) => runPipeline(ask),
  getRun: async (ask) => shape(ask, await runOfPipeline(ask)),
  previewPipeline: async (ask) => preview(ask),
  async queueForm(ask) {
    const { project, definition } = await pipelineOf(ask);
    return readQueueForm(ask, project, definition);
  },
  async listRunLogs(ask) {
    const found = await runOfPipeline(ask);
    checkOwnRun(ask, found.run);
    return runLogs(ask, found);
  },
  async getRunLog(ask) {
    const found = await runOfPipeline(ask);
    checkOwnRun(ask, found.run);
    return runLog(ask, found);
  },
};

async function shape(ask: Ask, { run, project }: FoundRun): Promise<WireRun> {
  return wireRun(ask.app, project, await buildParts(ask, run));
}

async function runOfPipeline(ask: Ask): Promise<FoundRun> {
  const found = await findRun(ask, 'runId', 'Run');
  if (found.run.definition.id === ask.id('pipelineId', 'Pipeline')) return found;
  throw notFound('Run', `The run ${found.run.id} of that pipeline`);
}

async function pipelineOf(
  ask: Ask,
): Promise<{ readonly project: ProjectRow; readonly definition: DefinitionRow }> {
  const project = await ask.project();
  return { project, definition: await findDefinition(ask, project, ask.id('pipelineId', 'Pipeline')) };
}

async function listRuns(ask: Ask): Promise<Collection<WireRun>> {
  const { project, definition } = await pipelineOf(ask);
  const limit = ask.query.top(1000);
  const { items } = await ask.app.store.runs.list(project.id, { definitions: [definition.id], limit });
  const runs: WireRun[] = [];
  for (const run of items) runs.push(await shape(ask, { run, project }));
  return collection(runs);
}

async function runPipeline(ask: Ask): Promise<WireRun | WirePreview> {
  const body = ask.body();
  if (body.flag('previewRun') === true) return preview(ask);
  const { project, definition } = await pipelineOf(ask);
  if (body.has('yamlOverride'))
    throw badRequest('"yamlOverride" needs "previewRun": runs are made of commits only.');
  const id = await queue(ask, project, { definition, ...readRun(body) });
  const run = await ask.app.store.runs.get(id);
  if (run === undefined) throw notFound('Run', `The run ${id}`);
  return shape(ask, { run, project });
}

function readRun(body: Fields): Omit<QueueInput, 'definition'> {
  const self = body.object('resources').object('repositories').object('self');
  const variables = readRunVariables(body.object('variables'));
  return {
    branch: self.text('refName', 512),
    commit: self.text('version', 64),
    variables,
    parameters: Object.keys(variables).length === 0 ? undefined : JSON.stringify(variables),
    templateParameters: readTemplateParameters(body),
    stagesToSkip: namesIn(body, 'stagesToSkip', 'stages'),
    ...(body.has('jobsToSkip') && { jobsToSkip: namesIn(body, 'jobsToSkip', 'jobs, each `Stage.Job`') }),
    requestedFor: undefined,
  };
}

function namesIn(body: Fields, field: string, what: string): readonly string[] {
  return body.list(field).map((name) => {
    if (typeof name === 'string') return name;
    throw badRequest(`"${field}" is a list of names of ${what}.`);
  });
}

function readRunVariables(variables: Fields): Readonly<Record<string, string>> {
  const values = variables.entries().map(([name, value]) => {
    const fields = fieldsOf(value, `The variable "${name}"`);
    if (fields.flag('isSecret') === true) {
      throw badRequest(
        `"${name}": secret variables cannot be given to one run yet; set them on the pipeline.`,
      );
    }
    return [name, fields.text('value', VALUE_LENGTH) ?? ''];
  });
  return toTexts(Object.fromEntries(values));
}

/** Compiles without making anything; `yamlOverride` replaces the root file, `form=azure` writes steps as tasks (REC-164). */
async function preview(ask: Ask): Promise<WirePreview> {
  const { project, definition } = await pipelineOf(ask);
  const body = ask.body();
  const { branch, commit, variables, templateParameters, stagesToSkip } = readRun(body);
  const override = body.text('yamlOverride', BODY_BYTES);
  const source = await openSource(ask.app.repositories, definition, {
    ...(branch !== undefined && branch !== '' && { branch }),
    ...(commit !== undefined && commit !== '' && { commit }),
  });
  const path = definition.yamlFilename;
  const files = override === undefined ? source.files : overlay(source.files, path, override);
  const who = callerName(ask);
  const wanted: CompileRequest = {
    files,
    path,
    queueTimeVariables: variables,
    parameters: templateParameters,
    run: runFacts({ project, definition, source, reason: 'manual', requestedBy: who, requestedFor: who }),
    repositories: otherRepositories({ ...ask.app, project }).files,
    stagesToSkip,
    // A preview makes nothing, so it may not deploy to what a run would make (REC-152).
    environments: await environmentNames(ask, project),
  };
  const form = ask.query.text('form') ?? 'readable';
  if (form !== 'readable' && form !== 'azure') throw badRequest('"form" is "readable" or "azure".');
  return { finalYaml: form === 'azure' ? await azureForm(wanted) : await readableForm(wanted) };
}

async function environmentNames({ app }: Ask, project: ProjectRow): Promise<readonly string[]> {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await app.store.environments.list(project.id, after === undefined ? {} : { after });
    names.push(...page.items.map(({ name }) => name));
    after = page.next;
  } while (after !== undefined);
  return names;
}

async function readableForm(wanted: CompileRequest): Promise<string> {
  const compiled = await compile(wanted);
  if (!compiled.ok) throw invalidPipeline(compiled.diagnostics);
  return expandedYaml(compiled.plan);
}

async function azureForm(wanted: CompileRequest): Promise<string> {
  const result = await azureYaml(wanted);
  if (!result.ok) throw invalidPipeline(result.diagnostics);
  return result.yaml;
}

function overlay(files: FileProvider, path: string, text: string): FileProvider {
  return { read: async (asked) => (asked === path ? text : files.read(asked)) };
}
