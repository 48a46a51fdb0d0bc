import type { Collection, WirePipeline } from '@signalbox/api';
import type { DefinitionInput } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { findDefinition } from '../build/definitions.ts';
import { completeRepository, readName, readPath, readYamlFilename } from '../build/definition-input.ts';
import { toJsonObject } from '../read/json-object.ts';
import { pipelineSaved } from '../build/pipeline-saved.ts';
import { collection } from '../shape/common.ts';
import { wirePipeline } from '../shape/definition.ts';

/** Definitions in the words of the Pipelines API (REST.md §3.4). */
export const pipelineHandlers: Handlers<'listPipelines' | 'createPipeline' | 'getPipeline'> = {
  listPipelines: async (ask) => listPipelines(ask),
  createPipeline: async (ask) => createPipeline(ask),
  async getPipeline(ask) {
    const project = await ask.project();
    return wirePipeline(
      ask.app,
      project,
      await findDefinition(ask, project, ask.id('pipelineId', 'Pipeline')),
    );
  },
};

async function listPipelines(ask: Ask): Promise<Collection<WirePipeline>> {
  const { app, query } = ask;
  const project = await ask.project();
  const rows = await app.store.definitions.list(project.id);
  const from = Number(/^\d{1,9}$/.exec(query.continuation() ?? '')?.[0] ?? 0);
  const top = query.top(1000);
  if (from + top < rows.length) void ask.reply.header('x-ms-continuationtoken', String(from + top));
  const descending = / desc$/i.test(query.text('orderBy') ?? '');
  const ordered = descending ? rows.toReversed() : rows;
  return collection(ordered.slice(from, from + top).map((row) => wirePipeline(app, project, row)));
}

async function createPipeline(ask: Ask): Promise<WirePipeline> {
  const { app } = ask;
  const project = await ask.project();
  const body = ask.body();
  const configuration = body.object('configuration');
  const type = configuration.text('type') ?? 'yaml';
  if (type.toLowerCase() !== 'yaml' && type !== '1')
    throw badRequest('Only "configuration.type": "yaml" is supported.');
  const repository = configuration.object('repository');
  const url = repository.text('url', 2048) ?? repository.text('id', 2048);
  if (url === undefined) throw badRequest('"configuration.repository.url" is missing.');
  const input: DefinitionInput = {
    name: readName(body.text('name')),
    path: readPath(body.text('folder')),
    yamlFilename: readYamlFilename(configuration.text('path', 1024)),
    repository: await completeRepository(ask, url, {
      type: 'Git',
      ...toJsonObject(Object.fromEntries(repository.entries())),
    }),
    variables: {},
    queueStatus: 'enabled',
    extra: {},
  };
  const row = await app.store.definitions.create(project.id, input, callerName(ask));
  await pipelineSaved(app, row);
  return wirePipeline(app, project, row);
}
