import type { Collection, WirePipelinePermissions } from '@signalbox/api';
import type { CheckedResource } from '@signalbox/model';
import type { PermissionChange, ProjectRow, ResourcePermission } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { tellPermissionChanged } from '../../work/protected/tell-runs.ts';
import type { Ask, Handlers } from '../ask.ts';
import { readResource, readType, resourceOf } from '../pipelines/checks/check-resources.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { collection, identityRef, wireTime } from '../shape/common.ts';
import { requireAct } from './require-act.ts';

/** More pipelines or resources than this in one request are a mistake. */
const MAX_ITEMS = 1000;

/** Which pipelines may use which protected resource (REST.md §3.6, CHK-23). */
export const pipelinePermissionHandlers: Handlers<
  'getPipelinePermissions' | 'changePipelinePermissions' | 'changeManyPipelinePermissions'
> = {
  async getPipelinePermissions(ask) {
    const project = await ask.project();
    const resource = await resourceOfPath(ask, project);
    return wirePermissions(resource, await ask.app.store.permissions.get(project.id, resource));
  },
  async changePipelinePermissions(ask) {
    const project = await ask.project();
    const resource = await resourceOfPath(ask, project);
    const change = await readChange(ask, project, ask.body());
    await requireAct(ask, project, 'administer', resource);
    return applyChange(ask, project, { resource, change });
  },
  changeManyPipelinePermissions: async (ask) => changeMany(ask),
};

/** Everything is read and permitted before anything is changed. */
async function changeMany(ask: Ask): Promise<Collection<WirePipelinePermissions>> {
  const items = ask.bodyList();
  if (items.length > MAX_ITEMS) throw badRequest(`At most ${MAX_ITEMS} resources are changed at once.`);
  const project = await ask.project();
  const wanted: Wanted[] = [];
  for (const item of items) {
    const fields = fieldsOf(item, 'Each permission');
    const resource = await readResource(ask, project, fields.object('resource'));
    await requireAct(ask, project, 'administer', resource);
    wanted.push({ resource, change: await readChange(ask, project, fields) });
  }
  const changed: WirePipelinePermissions[] = [];
  for (const one of wanted) changed.push(await applyChange(ask, project, one));
  return collection(changed);
}

interface Wanted {
  readonly resource: CheckedResource;
  readonly change: PermissionChange;
}

async function applyChange(
  ask: Ask,
  project: ProjectRow,
  { resource, change }: Wanted,
): Promise<WirePipelinePermissions> {
  const { store } = ask.app;
  const key = { type: resource.type, id: resource.id };
  const permission = await store.permissions.change(project.id, key, change);
  await tellPermissionChanged(store, project.id, key);
  return wirePermissions(resource, permission);
}

function resourceOfPath(ask: Ask, project: ProjectRow): Promise<CheckedResource> {
  return resourceOf(ask, project, { type: readType(ask.param('resourceType')), id: ask.param('resourceId') });
}

async function readChange(ask: Ask, project: ProjectRow, body: Fields): Promise<PermissionChange> {
  const all = body.has('allPipelines') ? body.object('allPipelines').flag('authorized') : undefined;
  const pipelines = body.list('pipelines').map((item) => {
    const fields = fieldsOf(item, 'Each of "pipelines"');
    const [definition, authorized] = [fields.number('id'), fields.flag('authorized')];
    if (definition === undefined || authorized === undefined)
      throw badRequest('Each of "pipelines" has the "id" of a pipeline, and "authorized".');
    return { definition, authorized };
  });
  if (all === undefined && pipelines.length === 0)
    throw badRequest('Say "allPipelines" with "authorized", or "pipelines"; nothing is to be changed.');
  if (pipelines.length > MAX_ITEMS) throw badRequest(`At most ${MAX_ITEMS} pipelines are named at once.`);
  await refuseUnknown(ask, project, pipelines);
  const by = callerName(ask);
  return { ...(all !== undefined && { allPipelines: all }), pipelines, by };
}

// One that is deleted may still be taken from the list.
async function refuseUnknown(
  { app }: Ask,
  project: ProjectRow,
  pipelines: PermissionChange['pipelines'],
): Promise<void> {
  const ids = pipelines.flatMap(({ definition, authorized }) => (authorized ? [definition] : []));
  const known = await app.store.definitions.list(project.id, { ids });
  const unknown = ids.find((id) => !known.some((definition) => definition.id === id));
  if (unknown !== undefined) throw badRequest(`There is no pipeline ${unknown} in ${project.name}.`);
}

function wirePermissions(
  { type, id, name }: CheckedResource,
  permission: ResourcePermission | undefined,
): WirePipelinePermissions {
  const resource = { type, id, name };
  if (permission === undefined) return { resource, pipelines: [] };
  const { allPipelines, by, at, authorizations } = permission;
  return {
    resource,
    allPipelines: { authorized: allPipelines, authorizedBy: identityRef(by), authorizedOn: wireTime(at) },
    pipelines: authorizations.map(({ definition, by: authorizedBy, at: authorizedOn }) => ({
      id: definition,
      authorized: true,
      authorizedBy: identityRef(authorizedBy),
      authorizedOn: wireTime(authorizedOn),
    })),
  };
}
