import type { Collection, WirePipeline } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { DefinitionInput, DefinitionRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { atRevision, findDefinition } from '../build/definitions.ts';
import { completeRepository, readName, readPath, readYamlFilename } from '../build/definition-input.ts';
import { toJsonObject } from '../read/json-object.ts';
import { offsetIn } from '../read/offset.ts';
import { pipelineSaved } from '../build/pipeline-saved.ts';
import { collection } from '../shape/common.ts';
import { wirePipeline } from '../shape/definition.ts';

/** Definitions in the words of the Pipelines API (REST.md §3.4). */
export const pipelineHandlers: Handlers<'listPipelines' | 'createPipeline' | 'getPipeline'> = {
  listPipelines: async (ask) => listPipelines(ask),
  createPipeline: async (ask) => createPipeline(ask),
  async getPipeline(ask) {
    const project = await ask.project();
    const row = await findDefinition(ask, project, ask.id('pipelineId', 'Pipeline'));
    return wirePipeline(ask.app, project, await atRevision(ask, row));
  },
};

async function listPipelines(ask: Ask): Promise<Collection<WirePipeline>> {
  const { app, query } = ask;
  const project = await ask.project();
  const rows = await app.store.definitions.list(project.id);
  const from = offsetIn(query);
  const top = query.top(1000);
  if (from + top < rows.length) void ask.reply.header('x-ms-continuationtoken', String(from + top));
  const ordered = inOrder(rows, query.text('orderBy'));
  return collection(ordered.slice(from, from + top).map((row) => wirePipeline(app, project, row)));
}

/** `orderBy`: a field, with `asc` or `desc` after it; without one by folder and name. */
function inOrder(rows: readonly DefinitionRow[], text = ''): readonly DefinitionRow[] {
  const [, field = '', direction = 'asc'] = /^\s*(\w*)\s*(asc|desc)?\s*$/i.exec(text) ?? [];
  const key = KEYS[field.toLowerCase()];
  if (key === undefined) throw badRequest('"orderBy" is "name", "id" or "folder", then "asc" or "desc".');
  const sorted = rows.toSorted((a, b) => compare(key(a), key(b)) || a.id - b.id);
  return direction.toLowerCase() === 'desc' ? sorted.toReversed() : sorted;
}

const KEYS: Readonly<Record<string, (row: DefinitionRow) => string | number>> = {
  '': ({ path, name }) => fold(`${path}\0${name}`),
  folder: ({ path, name }) => fold(`${path}\0${name}`),
  name: ({ name }) => fold(name),
  id: ({ id }) => id,
};

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

async function createPipeline(ask: Ask): Promise<WirePipeline> {
  const { app } = ask;
  const project = await ask.project();
  const body = ask.body();
  const configuration = body.object('configuration');
  const type = configuration.textOrNumber('type') ?? 'yaml';
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
