import type { EnvironmentRole, RoleAssignment } from '@signalbox/api';
import { fold, type EnvironmentId, type ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';

/** What somebody may want to do with an environment. */
export type EnvironmentAct =
  /** Make another environment. */
  | 'create'
  /** Rename or describe it. */
  | 'describe'
  /** Queue a run that deploys to it. */
  | 'use'
  /** Set checks, locks, permissions and roles, delete it. */
  | 'administer'
  /** Pass a check of it by (CHK-50). */
  | 'bypass';

/** Who may do what (ENV-3). Looking is no act: whoever reads the project sees its environments. */
const ROLE_ACTS: Readonly<Record<EnvironmentRole, readonly EnvironmentAct[]>> = {
  Administrator: ['create', 'describe', 'use', 'administer', 'bypass'],
  User: ['use'],
  Reader: [],
  Creator: ['create'],
};

/** What those may do to whom no role was given, by the role of their token. */
const DEFAULT_ACTS: Readonly<Record<string, readonly EnvironmentAct[]>> = {
  administrator: ROLE_ACTS.Administrator,
  contributor: ['create', 'describe', 'use'],
};

/** Somebody who acts, with the groups that he is a member of. */
export interface Actor {
  readonly name: string;
  readonly groups: readonly string[];
  /** The role of the token. */
  readonly role: string;
}

/**
 * Whether somebody may do something, given the roles on the environment and on all environments of the project. Roles
 * add up; whoever has one has no more than his roles give. Administrators of the server may do everything.
 */
export function mayAct(actor: Actor, act: EnvironmentAct, assignments: readonly RoleAssignment[]): boolean {
  const own = assignments.filter((one) => concerns(one, actor));
  if (actor.role === 'administrator' || own.length === 0)
    return DEFAULT_ACTS[actor.role]?.includes(act) ?? false;
  return own.some(({ role }) => ROLE_ACTS[role].includes(act));
}

function concerns({ kind, name }: RoleAssignment, actor: Actor): boolean {
  const names = kind === 'user' ? [actor.name] : actor.groups;
  return names.some((one) => fold(one) === fold(name));
}

/** Where roles are kept: of one environment, or of all environments of a project. */
export interface RolePlace {
  readonly project: ProjectId;
  readonly environment?: EnvironmentId;
}

/** The roles that were given at one place. */
export async function rolesAt(store: Store, place: RolePlace): Promise<readonly RoleAssignment[]> {
  const value = await store.settings.get(keyOf(place));
  return value === undefined ? [] : (JSON.parse(value) as readonly RoleAssignment[]);
}

/** The roles that count for an environment: its own, and those of the project. */
export async function rolesFor(store: Store, place: RolePlace): Promise<readonly RoleAssignment[]> {
  const ofProject = await rolesAt(store, { project: place.project });
  return place.environment === undefined ? ofProject : [...(await rolesAt(store, place)), ...ofProject];
}

/** Replaces the roles at one place. */
export async function saveRoles(
  store: Store,
  place: RolePlace,
  assignments: readonly RoleAssignment[],
): Promise<void> {
  if (assignments.length === 0) await store.settings.remove(keyOf(place));
  else await store.settings.set(keyOf(place), JSON.stringify(assignments));
}

function keyOf({ project, environment }: RolePlace): string {
  return `role:${project}:${environment ?? 'all'}`;
}
