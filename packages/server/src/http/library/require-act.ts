import type { ProjectId } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { mayAct, rolesFor, type Actor, type EnvironmentAct } from '../../auth/environment-roles.ts';
import { personOf } from '../../auth/groups.ts';
import { strongestRole } from '../../auth/rights.ts';
import type { Ask } from '../ask.ts';
import { forbidden } from '../problem.ts';

/** What the refusal says that somebody may not do. */
const SENTENCES: Readonly<Record<EnvironmentAct, string>> = {
  create: 'create environments',
  describe: 'rename or describe',
  use: 'deploy to',
  administer: 'administer',
  bypass: 'bypass checks of',
};

/** A resource as a check or a path names it. */
interface Named {
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

/** Who asks, with the groups and the role of this moment. */
function actorOf({ principal }: Ask, project: ProjectId): Actor {
  const { name, groups } = personOf(principal);
  const role = 'rights' in principal ? strongestRole(principal.rights, project) : principal.role;
  return { name, groups, role };
}

/**
 * Refuses with 403 what the roles of the caller do not give (ENV-3). Without a resource: all environments of the
 * project.
 */
export async function requireAct(
  ask: Ask,
  project: ProjectRow,
  act: EnvironmentAct,
  resource?: Named,
): Promise<void> {
  if (await isAllowed(ask, project, act, resource)) return;
  const what = act === 'create' ? SENTENCES.create : `${SENTENCES[act]} ${resource?.name ?? 'it'}`;
  throw forbidden(`You may not ${what}; an administrator of it can give you a role that may.`);
}

/** The same as an answer. */
export async function isAllowed(
  ask: Ask,
  project: ProjectRow,
  act: EnvironmentAct,
  resource?: Named,
): Promise<boolean> {
  const of = resource === undefined ? { type: 'environment' } : { type: resource.type, id: resource.id };
  const roles = await rolesFor(ask.app.store, { project: project.id, ...of });
  return mayAct(actorOf(ask, project.id), act, roles);
}
