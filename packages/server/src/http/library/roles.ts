import { ENVIRONMENT_ROLES, type Collection, type RoleAssignment } from '@signalbox/api';
import { fold, MAX_APPROVER_NAME } from '@signalbox/model';
import { rolesAt, saveRoles, type ResourcePlace } from '../../auth/environment-roles.ts';
import type { Ask, Handlers } from '../ask.ts';
import { findEnvironment } from '../distributed-task/find-environment.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf } from '../read/fields.ts';
import { collection } from '../shape/common.ts';
import { requireAct } from './require-act.ts';
import { environmentResource } from '../../work/resources.ts';

/** More people than this belong into a group. */
const MAX_ROLES = 500;

const ALL = { type: 'environment' };

/** Who has which role on environments (ENV-3). */
export const roleHandlers: Handlers<
  'getEnvironmentRoles' | 'setEnvironmentRoles' | 'getProjectRoles' | 'setProjectRoles'
> = {
  async getEnvironmentRoles(ask) {
    const project = await ask.project();
    const { id: environment } = await findEnvironment(ask, project);
    return collection(await rolesAt(ask.app.store, { project: project.id, ...ALL, id: String(environment) }));
  },
  async setEnvironmentRoles(ask) {
    const project = await ask.project();
    const environment = await findEnvironment(ask, project);
    await requireAct(ask, project, 'administer', environmentResource(environment));
    return setRoles(ask, { project: project.id, ...ALL, id: String(environment.id) });
  },
  async getProjectRoles(ask) {
    const { id: project } = await ask.project();
    return collection(await rolesAt(ask.app.store, { project, ...ALL }));
  },
  async setProjectRoles(ask) {
    return setRoles(ask, { project: (await ask.project()).id, ...ALL });
  },
};

async function setRoles(ask: Ask, place: ResourcePlace): Promise<Collection<RoleAssignment>> {
  const wanted = ask.bodyList().map(readAssignment);
  if (wanted.length > MAX_ROLES) throw badRequest(`There are at most ${MAX_ROLES} roles; use groups.`);
  // The same role twice says nothing more.
  const unique = new Map(wanted.map((one) => [`${one.kind}:${fold(one.name)}:${one.role}`, one]));
  const assignments = [...unique.values()];
  if (place.id !== undefined && assignments.some(({ role }) => role === 'Creator'))
    throw badRequest('Creator is a role on all environments of a project, not on one.');
  await saveRoles(ask.app.store, place, assignments);
  return collection(assignments);
}

function readAssignment(value: unknown): RoleAssignment {
  const fields = fieldsOf(value, 'Each role');
  const unknown = fields.entries().find(([name]) => !['kind', 'name', 'role'].includes(fold(name)))?.[0];
  if (unknown !== undefined) throw badRequest(`A role has "kind", "name" and "role", not "${unknown}".`);
  const name = fields.text('name', MAX_APPROVER_NAME)?.trim() ?? '';
  if (name === '' || /\p{Cc}/u.test(name)) throw badRequest('Each role has the "name" of a user or a group.');
  const kind = fields.text('kind') ?? 'user';
  if (kind !== 'user' && kind !== 'group') throw badRequest('"kind" must be "user" or "group".');
  const role = ENVIRONMENT_ROLES.find((one) => fold(one) === fold(fields.text('role') ?? ''));
  if (role === undefined) throw badRequest(`"role" must be one of: ${ENVIRONMENT_ROLES.join(', ')}.`);
  return { kind, name, role };
}
