import { randomUUID } from 'node:crypto';
import type { Collection, WireConnection } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { ConnectionRow, ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { readName } from '../distributed-task/environments.ts';
import { notFound } from '../problem.ts';
import { collection, identityRef } from '../shape/common.ts';
import { deleteResource } from './delete-resource.ts';
import { ownedBody, ownerOfDeleted, projectReferences } from './project-of-body.ts';
import { readConnection } from './read-connection.ts';

/** Service connections: generic ones, whose secrets are sealed and never read again (REST.md §3.8). */
export const serviceConnectionHandlers: Handlers<
  'listConnections' | 'createConnection' | 'getConnection' | 'updateConnection' | 'deleteConnection'
> = {
  listConnections: async (ask) => listConnections(ask),
  createConnection: async (ask) => createConnection(ask),
  getConnection: async (ask) => getConnection(ask),
  updateConnection: async (ask) => updateConnection(ask),
  deleteConnection: async (ask) => deleteConnection(ask),
};

async function listConnections(ask: Ask): Promise<Collection<WireConnection>> {
  const project = await ask.project();
  const { query } = ask;
  const wanted = {
    type: query.text('type'),
    ids: query.texts('endpointIds')?.map(fold),
    names: query.texts('endpointNames')?.map(fold),
    schemes: query.texts('authSchemes')?.map(fold),
  };
  const rows = (await ask.app.store.connections.list(project.id)).filter(
    (row) =>
      (wanted.type === undefined || fold(wanted.type) === 'generic') &&
      (wanted.ids?.includes(row.guid) ?? true) &&
      (wanted.names?.includes(fold(row.name)) ?? true) &&
      (wanted.schemes?.includes(fold(row.scheme)) ?? true),
  );
  return collection(rows.map((row) => wireConnection(project, row)));
}

// The service answers an unknown one with 200 and null, and Terraform looks for that (REST.md §3.8).
async function getConnection(ask: Ask): Promise<WireConnection | undefined> {
  const project = await ask.project();
  const row = await ask.app.store.connections.get(project.id, ask.param('endpointId'));
  if (row !== undefined) return wireConnection(project, row);
  await ask.reply.header('content-type', 'application/json; charset=utf-8').send('null');
  return undefined;
}

async function createConnection(ask: Ask): Promise<WireConnection> {
  const body = ask.body();
  const { project, name, description } = await ownedBody(ask, body, 'serviceEndpointProjectReferences');
  const row = await ask.app.store.connections.create(project.id, {
    ...readConnection(body, ask.app.sealer, undefined),
    name: readName(name, 'A service connection'),
    description: description ?? '',
    guid: randomUUID(),
    by: callerName(ask),
  });
  return wireConnection(project, row);
}

async function updateConnection(ask: Ask): Promise<WireConnection> {
  const body = ask.body();
  const { project, name, description } = await ownedBody(ask, body, 'serviceEndpointProjectReferences');
  const old = await find(ask, project);
  const row = await ask.app.store.connections.update(project.id, old.guid, {
    ...readConnection(body, ask.app.sealer, old),
    name: readName(name, 'A service connection'),
    description: description ?? '',
  });
  return wireConnection(project, row);
}

async function deleteConnection(ask: Ask): Promise<undefined> {
  const project = await ownerOfDeleted(ask);
  const { guid } = await find(ask, project);
  await deleteResource(ask, project, { type: 'endpoint', id: guid }, () =>
    ask.app.store.connections.remove(project.id, guid),
  );
  await ask.reply.code(204).send();
  return undefined;
}

async function find(ask: Ask, project: ProjectRow): Promise<ConnectionRow> {
  const guid = ask.param('endpointId');
  const row = await ask.app.store.connections.get(project.id, guid);
  if (row === undefined) throw notFound('ServiceEndpoint', `The service connection ${guid.slice(0, 40)}`);
  return row;
}

function wireConnection(project: ProjectRow, row: ConnectionRow): WireConnection {
  const parameters: Readonly<Record<ConnectionRow['scheme'], Readonly<Record<string, string | null>>>> = {
    None: {},
    UsernamePassword: { username: row.username, password: null },
    Token: { apitoken: null },
  };
  return {
    id: row.guid,
    name: row.name,
    description: row.description,
    type: 'generic',
    url: row.url,
    authorization: { scheme: row.scheme, parameters: parameters[row.scheme] },
    data: {},
    isShared: false,
    isReady: true,
    owner: 'library',
    createdBy: identityRef(row.createdBy),
    serviceEndpointProjectReferences: projectReferences(project, row),
  };
}
