import { HUMAN_ROLES, PERMITTED, type MeView, type Permission } from '@signalbox/api';
import type { ProjectId } from '@signalbox/model';
import { isPermitted, type PersonPrincipal } from '../../auth/principal.ts';
import { strongestRole } from '../../auth/rights.ts';
import type { Ask, Handlers } from '../ask.ts';
import { unauthorized } from '../guard/admit.ts';

/** Who is calling. */
export const meHandlers: Handlers<'me'> = { me: async (ask) => me(ask) };

const ALL = Object.keys(PERMITTED) as readonly Permission[];

async function me(ask: Ask): Promise<MeView> {
  const { app, principal } = ask;
  if (principal.role === 'anonymous') throw unauthorized(app, 'A token is needed.');
  const project = (await ask.projectIfNamed())?.id;
  return {
    name: principal.name,
    role: 'rights' in principal ? strongestRole(principal.rights, project) : principal.role,
    organization: app.organization,
    version: app.version,
    session: 'session' in principal && principal.session,
    permissions: ALL.filter((permission) => isPermitted(principal, permission, project)),
    ...('rights' in principal && (await userPart(ask, principal))),
  };
}

async function userPart(
  { app }: Ask,
  principal: PersonPrincipal,
): Promise<Pick<MeView, 'displayName' | 'groups' | 'projects'>> {
  const user = await app.store.users.get(principal.user);
  const projects = [...principal.rights.projects.keys()].map(async (id) => projectPart(app, principal, id));
  return {
    displayName: user?.displayName ?? principal.name,
    groups: principal.groups,
    projects: (await Promise.all(projects)).flat(),
  };
}

async function projectPart(
  app: Ask['app'],
  { rights }: PersonPrincipal,
  id: ProjectId,
): Promise<NonNullable<MeView['projects']>> {
  const project = await app.store.projects.get(id);
  const mine = rights.projects.get(id) ?? [];
  const role = HUMAN_ROLES.find((one) => mine.includes(one));
  return project === undefined || role === undefined ? [] : [{ name: project.name, role }];
}
