import { ENVIRONMENT_ROLES, HUMAN_ROLES, type EnumTable, type RoleView } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { ProjectRow, RolePlace, RoleRow } from '@signalbox/store';
import { isResourceRole } from '../../auth/environment-roles.ts';
import { lastAdministratorWithout } from '../../auth/last-administrator.ts';
import { isHumanRole } from '../../auth/rights.ts';
import type { Ask, Handlers } from '../ask.ts';
import { readResource, readType, resourceOf } from '../pipelines/checks/check-resources.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import { collection } from '../shape/common.ts';

const KIND: EnumTable<RoleRow['kind']> = { user: 0, group: 1 };

/** Who has which role: in the organisation, in a project, on a resource of it. */
export const givenRoleHandlers: Handlers<'listRoles' | 'giveRole' | 'takeRole'> = {
  async listRoles(ask) {
    const project = (await ask.projectIfNamed())?.id;
    const rows = (await ask.app.store.roles.list()).filter(({ place }) => place.project === project);
    return collection(rows.flatMap(roleView));
  },
  giveRole: async (ask) => give(ask),
  takeRole: async (ask) => take(ask),
};

async function give(ask: Ask): Promise<RoleView> {
  const { store } = ask.app;
  const body = ask.body();
  const known = ['kind', 'name', 'role', 'resource'];
  const unknown = body.entries().find(([name]) => !known.includes(fold(name)))?.[0];
  if (unknown !== undefined)
    throw badRequest(`A role has "kind", "name", "role" and "resource", not "${unknown}".`);
  const project = await ask.projectIfNamed();
  const resource = body.has('resource')
    ? await readResource(ask, ofProject(project), body.object('resource'))
    : undefined;
  const place = placeOf(project, resource);
  const kind = body.word('kind', KIND) ?? 'user';
  const name = await knownName(ask, kind, body.text('name', 256)?.trim() ?? '');
  const row = { place, kind, name, role: roleIn(place, body.text('role') ?? '') };
  await store.roles.give(row);
  return roleView(row)[0] ?? { kind, name, role: 'reader' };
}

async function take(ask: Ask): Promise<undefined> {
  const { store } = ask.app;
  const { query } = ask;
  const project = await ask.projectIfNamed();
  const type = query.text('resourceType');
  const resource =
    type === undefined
      ? undefined
      : await resourceOf(ask, ofProject(project), {
          type: readType(type),
          id: query.text('resourceId') ?? '',
        });
  const place = placeOf(project, resource);
  const kind = query.text('kind') === 'group' ? 'group' : 'user';
  const row = {
    place,
    kind,
    name: query.text('name') ?? '',
    role: roleIn(place, query.text('role') ?? ''),
  } as const;
  const isLast =
    project === undefined &&
    row.role === 'administrator' &&
    (await lastAdministratorWithout(store, { role: row }));
  if (isLast)
    throw conflict('LastAdministratorException', 'Nobody else is administrator. Make another one first.');
  if (!(await store.roles.take(row)))
    throw notFound('Role', `The role ${row.role} of ${row.name.slice(0, 100)}`);
  await ask.reply.code(204).send();
  return undefined;
}

function ofProject(project: ProjectRow | undefined): ProjectRow {
  if (project === undefined)
    throw badRequest('A resource is one of a project; name the project in the address.');
  return project;
}

function placeOf(
  project: ProjectRow | undefined,
  resource: { readonly type: string; readonly id: string } | undefined,
): RolePlace {
  if (project === undefined) return {};
  return {
    project: project.id,
    ...(resource !== undefined && { resource: { type: resource.type, id: resource.id } }),
  };
}

/** Whoever gets a role is known: a name with a mistake in it would wait for somebody else to take it. */
async function knownName({ app }: Ask, kind: RoleRow['kind'], name: string): Promise<string> {
  const { users, groups } = app.store;
  const found = kind === 'user' ? await users.find(name) : await groups.find(name);
  if (found === undefined)
    throw notFound(kind === 'user' ? 'User' : 'Group', `The ${kind} ${name.slice(0, 100)}`);
  return found.name;
}

function roleIn({ resource }: RolePlace, said: string): RoleView['role'] {
  const words = resource === undefined ? HUMAN_ROLES : ENVIRONMENT_ROLES;
  const role = words.find((one) => fold(one) === fold(said.replaceAll(/[- ]/g, '')));
  if (role !== undefined) return role;
  throw badRequest(`"role" is one of: ${words.join(', ')}.`);
}

function roleView({ place, kind, name, role }: RoleRow): readonly RoleView[] {
  if (!isHumanRole(role) && !isResourceRole(role)) return [];
  return [{ kind, name, role, ...(place.resource !== undefined && { resource: place.resource }) }];
}
