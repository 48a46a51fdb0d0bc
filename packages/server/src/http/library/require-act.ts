import type { ProjectRow } from '@signalbox/store';
import { mayAct, rolesFor, type Actor, type EnvironmentAct } from '../../auth/environment-roles.ts';
import { personOf } from '../../auth/groups.ts';
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

/** Who asks, with the groups of this moment. */
async function actorOf({ app, principal }: Ask): Promise<Actor> {
  const { name, groups } = await personOf(app.store, principal);
  return { name, groups, role: principal.role };
}

/**
 * Refuses with 403 what the roles of the caller do not give (ENV-3). Resources that are no environments have no roles
 * of their own: administrators of the server administer them. Without a resource: all environments of the project.
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
  const actor = await actorOf(ask);
  if (resource !== undefined && resource.type !== 'environment') return mayAct(actor, act, []);
  const environment = resource === undefined ? {} : { environment: Number(resource.id) };
  return mayAct(actor, act, await rolesFor(ask.app.store, { project: project.id, ...environment }));
}
