import { ENVIRONMENT_ROLES, type EnvironmentRole, type RoleAssignment } from '@signalbox/api';
import { fold, type ProjectId } from '@signalbox/model';
import type { RolePlace, RoleRow, Store } from '@signalbox/store';

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

/** What those may do to whom no role was given, by their role in the project. */
const DEFAULT_ACTS: Readonly<Record<string, readonly EnvironmentAct[]>> = {
  administrator: ROLE_ACTS.Administrator,
  contributor: ['create', 'describe', 'use'],
};

/** Somebody who acts, with the groups that he is a member of. */
export interface Actor {
  readonly name: string;
  readonly groups: readonly string[];
  /** The strongest role in the project. */
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

/** Where roles are kept: on one resource of a type, or on all of them in a project. */
export interface ResourcePlace {
  readonly project: ProjectId;
  readonly type: string;
  /** Absent: all of the type. */
  readonly id?: string;
}

/** The roles that were given at one place. */
export async function rolesAt(store: Store, place: ResourcePlace): Promise<readonly RoleAssignment[]> {
  return (await store.roles.at(placeOf(place))).flatMap(assignmentOf);
}

/** The roles that count for a resource: its own, and those on all of its type. */
export async function rolesFor(store: Store, place: ResourcePlace): Promise<readonly RoleAssignment[]> {
  const { project, type, id } = place;
  const ofProject = await rolesAt(store, { project, type });
  return id === undefined ? ofProject : [...(await rolesAt(store, place)), ...ofProject];
}

/** Replaces the roles at one place. */
export async function saveRoles(
  store: Store,
  place: ResourcePlace,
  assignments: readonly RoleAssignment[],
): Promise<void> {
  await store.roles.replace(placeOf(place), assignments);
}

/** Whether a word is a role on resources. */
export function isResourceRole(word: string): word is EnvironmentRole {
  return ENVIRONMENT_ROLES.some((role) => role === word);
}

function assignmentOf({ kind, name, role }: RoleRow): readonly RoleAssignment[] {
  return isResourceRole(role) ? [{ kind, name, role }] : [];
}

function placeOf({ project, type, id = 'all' }: ResourcePlace): RolePlace {
  return { project, resource: { type, id } };
}
