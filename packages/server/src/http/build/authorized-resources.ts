import type { Collection, WireAuthorizedResource } from '@signalbox/api';
import { mayUse, type CheckedResource, type DefinitionId } from '@signalbox/model';
import type { PermissionChange, ProjectRow, ResourcePermission } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { PROTECTED_TYPES } from '../../work/protected/resources-by-id.ts';
import { tellPermissionChanged } from '../../work/protected/tell-runs.ts';
import type { Ask, Handlers } from '../ask.ts';
import { requireAct } from '../library/require-act.ts';
import { readResource, readType, resourceOf } from '../pipelines/checks/check-resources.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf } from '../read/fields.ts';
import { collection } from '../shape/common.ts';
import { findDefinition } from './definitions.ts';
import { resourcesOfType } from './project-resources.ts';

/** More resources in one request are a mistake. */
const MAX_ITEMS = 1000;

/** Which resources all definitions may use, or one of them; the older form of pipeline permissions (REST.md §3.2). */
export const authorizedResourceHandlers: Handlers<
  | 'listAuthorizedResources'
  | 'authorizeResources'
  | 'listDefinitionResources'
  | 'authorizeDefinitionResources'
> = {
  listAuthorizedResources: async (ask) => list(ask, await ask.project()),
  authorizeResources: async (ask) => authorize(ask, await ask.project()),
  async listDefinitionResources(ask) {
    const project = await ask.project();
    return list(ask, project, await definitionId(ask, project));
  },
  async authorizeDefinitionResources(ask) {
    const project = await ask.project();
    return authorize(ask, project, await definitionId(ask, project));
  },
};

async function definitionId(ask: Ask, project: ProjectRow): Promise<DefinitionId> {
  return (await findDefinition(ask, project, ask.id('definitionId', 'Definition'))).id;
}

async function list(
  ask: Ask,
  project: ProjectRow,
  definition?: DefinitionId,
): Promise<Collection<WireAuthorizedResource>> {
  const found: WireAuthorizedResource[] = [];
  for (const resource of await askedFor(ask, project)) {
    const permission = await ask.app.store.permissions.get(project.id, keyOf(resource));
    if (isAuthorized(permission, definition)) found.push(wireResource(resource, true));
  }
  return collection(found);
}

async function askedFor(ask: Ask, project: ProjectRow): Promise<readonly CheckedResource[]> {
  const [type, id] = [ask.query.text('type'), ask.query.text('id')];
  if (id !== undefined) return [await resourceOf(ask, project, { type: readType(type), id })];
  const types = type === undefined ? PROTECTED_TYPES : [readType(type)];
  const found: CheckedResource[] = [];
  for (const one of types) found.push(...(await resourcesOfType(ask.app, project, one)));
  return found;
}

/** Nobody said anything: it is open to all. */
function isAuthorized(permission: ResourcePermission | undefined, definition?: DefinitionId): boolean {
  if (permission === undefined) return true;
  if (definition === undefined) return permission.allPipelines;
  const pipelines = permission.authorizations.map((one) => one.definition);
  return mayUse({ allPipelines: permission.allPipelines, pipelines }, definition);
}

/** Everything is read and permitted before anything is changed. */
async function authorize(
  ask: Ask,
  project: ProjectRow,
  definition?: DefinitionId,
): Promise<Collection<WireAuthorizedResource>> {
  const items = ask.bodyList();
  if (items.length > MAX_ITEMS) throw badRequest(`At most ${MAX_ITEMS} resources are changed at once.`);
  const wanted: { readonly resource: CheckedResource; readonly authorized: boolean }[] = [];
  for (const item of items) {
    const fields = fieldsOf(item, 'Each resource');
    const authorized = fields.flag('authorized');
    if (authorized === undefined) throw badRequest('Each resource has "authorized": true or false.');
    const resource = await readResource(ask, project, fields);
    await requireAct(ask, project, 'administer', resource);
    wanted.push({ resource, authorized });
  }
  for (const { resource, authorized } of wanted) {
    await apply(ask, project, { resource, authorized, definition });
  }
  return collection(wanted.map(({ resource, authorized }) => wireResource(resource, authorized)));
}

async function apply(
  ask: Ask,
  project: ProjectRow,
  wanted: {
    readonly resource: CheckedResource;
    readonly authorized: boolean;
    readonly definition: DefinitionId | undefined;
  },
): Promise<void> {
  const { store } = ask.app;
  const { resource, authorized, definition } = wanted;
  const known = await store.permissions.get(project.id, keyOf(resource));
  // To say what is so already must not close an open resource to the others.
  if (isAuthorized(known, definition) === authorized) return;
  const change: PermissionChange =
    definition === undefined
      ? { allPipelines: authorized, pipelines: [], by: callerName(ask) }
      : { pipelines: [{ definition, authorized }], by: callerName(ask) };
  await store.permissions.change(project.id, keyOf(resource), change);
  await tellPermissionChanged(store, project.id, keyOf(resource));
}

function keyOf({ type, id }: CheckedResource): Pick<CheckedResource, 'type' | 'id'> {
  return { type, id };
}

function wireResource({ type, id, name }: CheckedResource, authorized: boolean): WireAuthorizedResource {
  return { type, id, name, authorized };
}
