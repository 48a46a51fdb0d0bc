import { DEFINITION_QUERY_ORDER, type Collection, type WireDefinition, type WireYaml } from '@signalbox/api';
import type { DefinitionRow, ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { defaultBranchOf, openSource } from '../../work/source.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, notFound } from '../problem.ts';
import { offsetIn } from '../read/offset.ts';
import { collection } from '../shape/common.ts';
import { wireDefinition } from '../shape/definition.ts';
import { latestBuilds } from './builds.ts';
import { filterDefinitions } from './definition-filter.ts';
import { pipelineSaved } from './pipeline-saved.ts';
import { readDefinition } from './definition-input.ts';
import { refuseKeptDefinition, removeDefinition } from './remove-definition.ts';

/** Pipeline definitions (REST.md §3.2). */
export const definitionHandlers: Handlers<
  | 'listDefinitions'
  | 'createDefinition'
  | 'getDefinition'
  | 'updateDefinition'
  | 'deleteDefinition'
  | 'definitionYaml'
  | 'restoreDefinition'
> = {
  listDefinitions: async (ask) => listDefinitions(ask),
  createDefinition: async (ask) => createDefinition(ask),
  getDefinition: async (ask) => getDefinition(ask),
  updateDefinition: async (ask) => updateDefinition(ask),
  deleteDefinition: async (ask) => deleteDefinition(ask),
  definitionYaml: async (ask) => definitionYaml(ask),
  restoreDefinition: async (ask) => restoreDefinition(ask),
};

/** The definition that the path names; 404 when the project has none of that number. */
export async function findDefinition(ask: Ask, project: ProjectRow, id: number): Promise<DefinitionRow> {
  const row = await ask.app.store.definitions.get(project.id, id);
  if (row === undefined) throw notFound('Definition', `The definition ${id}`);
  return row;
}

async function listDefinitions(ask: Ask): Promise<Collection<WireDefinition>> {
  const { app, query } = ask;
  const project = await ask.project();
  const name = query.text('name');
  const path = query.text('path');
  const ids = query.numbers('definitionIds');
  const order = query.word('queryOrder', DEFINITION_QUERY_ORDER) ?? 'none';
  const all = await app.store.definitions.list(project.id, {
    ...(name !== undefined && { name }),
    ...(path !== undefined && { path }),
    ...(ids !== undefined && { ids }),
  });
  const rows = await filterDefinitions(ask, all);
  const from = offsetIn(query);
  const top = query.top(1000);
  const page = sorted(rows, order).slice(from, from + top);
  if (from + top < rows.length) void ask.reply.header('x-ms-continuationtoken', String(from + top));
  const queues = await app.store.pools.queues(project.id);
  const shaped = page.map((row) => wireDefinition(app, project, { row, queues }));
  return collection(
    query.flag('includeLatestBuilds') === true ? await withLatest(ask, project, shaped) : shaped,
  );
}

function sorted(
  rows: readonly DefinitionRow[],
  order: keyof typeof DEFINITION_QUERY_ORDER,
): readonly DefinitionRow[] {
  const down = order.endsWith('Descending') ? -1 : 1;
  const byTime = order.startsWith('lastModified');
  const byName = order.startsWith('definitionName');
  if (!byTime && !byName) return rows;
  const compare = (a: DefinitionRow, b: DefinitionRow): number =>
    byTime ? a.updatedAt - b.updatedAt : a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
  return rows.toSorted((a, b) => down * (compare(a, b) || a.id - b.id));
}

async function withLatest(
  ask: Ask,
  project: ProjectRow,
  definitions: readonly WireDefinition[],
): Promise<readonly WireDefinition[]> {
  const latest = await latestBuilds(
    ask,
    project,
    definitions.map((one) => one.id),
  );
  return definitions.map((one) => ({ ...one, ...latest.get(one.id) }));
}

async function getDefinition(ask: Ask): Promise<WireDefinition> {
  const project = await ask.project();
  const row = await atRevision(ask, await findDefinition(ask, project, ask.id('definitionId', 'Definition')));
  const shaped = {
    ...(await shape(ask, project, row)),
    tags: await ask.app.store.definitions.tags(row.id),
  };
  if (ask.query.flag('includeLatestBuilds') !== true) return shaped;
  return (await withLatest(ask, project, [shaped]))[0] ?? shaped;
}

/** As it was, when the query names a revision. */
export async function atRevision({ app, query }: Ask, row: DefinitionRow): Promise<DefinitionRow> {
  const wanted = query.number('revision') ?? query.number('pipelineVersion') ?? row.revision;
  if (wanted === row.revision) return row;
  const kept = await app.store.definitions.revisions(row.project, row.id);
  const found = kept.find((one) => one.row.revision === wanted);
  if (found === undefined) throw notFound('Definition', `The revision ${wanted} of definition ${row.id}`);
  return found.row;
}

async function createDefinition(ask: Ask): Promise<WireDefinition> {
  const project = await ask.project();
  const input = await readDefinition(ask, project, undefined);
  const row = await ask.app.store.definitions.create(project.id, input, callerName(ask));
  await pipelineSaved(ask.app, row);
  return shape(ask, project, row);
}

async function updateDefinition(ask: Ask): Promise<WireDefinition> {
  const project = await ask.project();
  const old = await findDefinition(ask, project, ask.id('definitionId', 'Definition'));
  const revision = ask.body().number('revision');
  if (revision === undefined) throw badRequest('"revision" is missing: send the definition as it was read.');
  const input = await readDefinition(ask, project, old);
  const change = { revision, input, by: callerName(ask) };
  const row = await ask.app.store.definitions.update(project.id, old.id, change);
  await pipelineSaved(ask.app, row);
  return shape(ask, project, row);
}

async function deleteDefinition(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  const { id } = await findDefinition(ask, project, ask.id('definitionId', 'Definition'));
  await refuseKeptDefinition(ask, project, id);
  await removeDefinition(ask, project, id);
  await ask.reply.code(204).send();
  return undefined;
}

/** Brings back a deleted one as it was; one that is there is answered as it is. */
async function restoreDefinition(ask: Ask): Promise<WireDefinition> {
  if (ask.query.flag('deleted') !== false) throw badRequest('"deleted" must be false: it restores.');
  const project = await ask.project();
  const restored = await ask.app.store.definitions.restore(project.id, ask.id('definitionId', 'Definition'));
  if (restored !== undefined) await pipelineSaved(ask.app, restored);
  return getDefinition(ask);
}

async function definitionYaml(ask: Ask): Promise<WireYaml> {
  const project = await ask.project();
  const row = await findDefinition(ask, project, ask.id('definitionId', 'Definition'));
  const source = await openSource(ask.app.repositories, row, { branch: defaultBranchOf(row) });
  const yaml = await source.files.read(row.yamlFilename);
  if (yaml === undefined) throw notFound('File', `The file ${row.yamlFilename}`);
  return { yaml };
}

async function shape(ask: Ask, project: ProjectRow, row: DefinitionRow): Promise<WireDefinition> {
  return wireDefinition(ask.app, project, { row, queues: await ask.app.store.pools.queues(project.id) });
}
