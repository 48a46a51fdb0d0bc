import type { DefinitionReference, WireDefinition, WirePipeline, WireQueueReference } from '@signalbox/api';
import type { DefinitionRow, DefinitionVariable, JsonObject, ProjectRow, QueueRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import { shownAddress } from '../../git/address.ts';
import { apiUrl, projectRef, wireTime } from './common.ts';

/** A definition where it is only named. */
export function definitionReference(app: App, project: ProjectRow, row: DefinitionRow): DefinitionReference {
  return {
    id: row.id,
    name: row.name,
    path: row.path,
    type: 'build',
    queueStatus: row.queueStatus,
    revision: row.revision,
    uri: `vstfs:///Build/Definition/${row.id}`,
    url: apiUrl(app, project, `build/definitions/${row.id}?revision=${row.revision}`),
    project: projectRef(app, project),
  };
}

/** A definition in full: what we know of it over what clients once sent. */
export function wireDefinition(
  app: App,
  project: ProjectRow,
  { row, queues }: { readonly row: DefinitionRow; readonly queues: readonly QueueRow[] },
): WireDefinition {
  const queue = queues.find((one) => one.pool === row.defaultPool);
  return {
    ...row.extra,
    ...definitionReference(app, project, row),
    quality: 'definition',
    createdDate: wireTime(row.createdAt),
    process: { type: 2, yamlFilename: row.yamlFilename },
    repository: wireRepository(row),
    variables: Object.fromEntries(
      Object.entries(row.variables).map(([name, one]) => [name, wireVariable(one)]),
    ),
    ...(queue !== undefined && { queue: queueReference(queue) }),
  };
}

/** The repository as it was given; `id`, `type`, `name` and `defaultBranch` are always there. */
export function wireRepository(row: DefinitionRow): WireDefinition['repository'] {
  const told = toldRepository(row.repository);
  const { id, type, name, url, defaultBranch } = told;
  return {
    ...told,
    id: firstText(id, url, name),
    type: firstText(type, 'Git'),
    name: firstText(name, url),
    defaultBranch: firstText(defaultBranch, 'refs/heads/main'),
  };
}

/** An address may stand in several places; a password in it is never told. */
function toldRepository(repository: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(repository).map(([key, value]) => [
      key,
      typeof value === 'string' ? shownAddress(value) : value,
    ]),
  );
}

function firstText(...values: readonly unknown[]): string {
  return values.find((value) => typeof value === 'string') ?? '';
}

// A secret goes in and never comes out (REST.md §3.2).
function wireVariable({
  value,
  secret,
  allowOverride,
}: DefinitionVariable): WireDefinition['variables'][string] {
  return {
    value: secret ? null : value,
    ...(secret && { isSecret: true }),
    ...(allowOverride && { allowOverride: true }),
  };
}

/** A queue where it is only named; az needs `pool.isHosted`. */
export function queueReference(queue: QueueRow): WireQueueReference {
  return { id: queue.id, name: queue.name, pool: { id: queue.pool, name: queue.name, isHosted: false } };
}

/** A definition, in the words of the Pipelines API. */
export function wirePipeline(app: App, project: ProjectRow, row: DefinitionRow): WirePipeline {
  const { id, name, type } = wireRepository(row);
  return {
    id: row.id,
    revision: row.revision,
    name: row.name,
    folder: row.path,
    url: apiUrl(app, project, `pipelines/${row.id}?revision=${row.revision}`),
    configuration: { type: 'yaml', path: row.yamlFilename, repository: { id, name, type } },
  };
}
