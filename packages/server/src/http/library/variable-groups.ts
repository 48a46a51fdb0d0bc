import type { Collection, EnumTable, WireGroupVariable, WireVariableGroup } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { GroupVariable, ProjectRow, VariableGroupRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { readName } from '../distributed-task/environments.ts';
import { badRequest, notFound } from '../problem.ts';
import { collection, identityRef, wireTime } from '../shape/common.ts';
import { deleteResource } from './delete-resource.ts';
import { ownedBody, ownerOfDeleted, projectReferences } from './project-of-body.ts';
import { readGroupVariables } from './read-group-variables.ts';

/** Variable groups, whose secrets are sealed and never read again (REST.md §3.8). */
export const variableGroupHandlers: Handlers<
  | 'listVariableGroups'
  | 'createVariableGroup'
  | 'getVariableGroup'
  | 'updateVariableGroup'
  | 'deleteVariableGroup'
> = {
  listVariableGroups: async (ask) => listVariableGroups(ask),
  createVariableGroup: async (ask) => createVariableGroup(ask),
  async getVariableGroup(ask) {
    const project = await ask.project();
    return wireGroup(project, await find(ask, project));
  },
  updateVariableGroup: async (ask) => updateVariableGroup(ask),
  deleteVariableGroup: async (ask) => deleteVariableGroup(ask),
};

const QUERY_ORDER: EnumTable<'idAscending' | 'idDescending'> = { idAscending: 0, idDescending: 1 };

async function listVariableGroups(ask: Ask): Promise<Collection<WireVariableGroup>> {
  const project = await ask.project();
  const ids = ask.query.numbers('groupIds');
  const name = ask.query.text('groupName');
  // The newest first, as on Azure.
  const sign = ask.query.word('queryOrder', QUERY_ORDER) === 'idAscending' ? 1 : -1;
  const after = ask.query.number('continuationToken');
  const known = await ask.app.store.variableGroups.list(project.id, { name });
  const rows = known
    .filter(({ id }) => (ids?.includes(id) ?? true) && (after === undefined || sign * (id - after) > 0))
    .sort((a, b) => sign * (a.id - b.id));
  const page = rows.slice(0, ask.query.top());
  const last = page.at(-1);
  if (last !== undefined && rows.length > page.length)
    void ask.reply.header('x-ms-continuationtoken', String(last.id));
  return collection(page.map((row) => wireGroup(project, row)));
}

async function createVariableGroup(ask: Ask): Promise<WireVariableGroup> {
  const body = ask.body();
  requireOwnValues(body.text('type'));
  const { project, name, description } = await ownedBody(ask, body, 'variableGroupProjectReferences');
  const variables = readGroupVariables(body.object('variables'), ask.app.sealer, {});
  const row = await ask.app.store.variableGroups.create(project.id, {
    name: readName(name, 'A variable group'),
    description: description ?? '',
    variables,
    by: callerName(ask),
  });
  return wireGroup(project, row);
}

async function updateVariableGroup(ask: Ask): Promise<WireVariableGroup> {
  const body = ask.body();
  requireOwnValues(body.text('type'));
  const { project, name, description } = await ownedBody(ask, body, 'variableGroupProjectReferences');
  const old = await find(ask, project);
  const variables = readGroupVariables(body.object('variables'), ask.app.sealer, old.variables);
  const row = await ask.app.store.variableGroups.update(project.id, old.id, {
    name: readName(name, 'A variable group'),
    description: description ?? '',
    variables,
    by: callerName(ask),
  });
  return wireGroup(project, row);
}

async function deleteVariableGroup(ask: Ask): Promise<undefined> {
  const project = await ownerOfDeleted(ask);
  const { id } = await find(ask, project);
  await deleteResource(ask, project, { type: 'variablegroup', id: String(id) }, () =>
    ask.app.store.variableGroups.remove(project.id, id),
  );
  await ask.reply.code(204).send();
  return undefined;
}

function requireOwnValues(type: string | undefined): void {
  if (type === undefined || fold(type) === 'vsts') return;
  throw badRequest(
    `Variable groups of the type ${type} are not supported; use "Vsts", with values of its own.`,
  );
}

async function find(ask: Ask, project: ProjectRow): Promise<VariableGroupRow> {
  const id = ask.id('groupId', 'VariableGroup');
  const row = await ask.app.store.variableGroups.get(project.id, id);
  if (row === undefined) throw notFound('VariableGroup', `The variable group ${id}`);
  return row;
}

function wireGroup(project: ProjectRow, row: VariableGroupRow): WireVariableGroup {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    type: 'Vsts',
    variables: Object.fromEntries(
      Object.entries(row.variables).map(([name, variable]) => [name, wireVariable(variable)]),
    ),
    isShared: false,
    createdBy: identityRef(row.createdBy),
    createdOn: wireTime(row.createdAt),
    modifiedBy: identityRef(row.modifiedBy),
    modifiedOn: wireTime(row.modifiedAt),
    variableGroupProjectReferences: projectReferences(project, row),
  };
}

function wireVariable({ value, secret }: GroupVariable): WireGroupVariable {
  return secret ? { value: null, isSecret: true } : { value };
}
