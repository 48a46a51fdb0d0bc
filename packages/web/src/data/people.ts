import type {
  GroupView,
  NewRole,
  NewUser,
  RoleAssignment,
  RoleView,
  UserPatch,
  UserView,
} from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';

const GROUPS = 'groups';
const ROLES = 'environmentRoles';
const GIVEN = 'givenRoles';
const USERS = 'users';

/** The groups of the organisation. */
export function useUserGroups(): UseQueryResult<readonly GroupView[]> {
  return useAsked({ name: GROUPS, read: async ({ client }) => (await client.listGroups()).items });
}

/** Makes a group, or replaces what is in it. */
export function useSetGroup(): UseMutationResult<GroupView, Error, GroupView> {
  return useChange(GROUPS, ({ client }, { name, members, groups, description }) =>
    client.setGroup(name, members, { groups, description }),
  );
}

/** Removes a group. */
export function useRemoveGroup(): UseMutationResult<void, Error, string> {
  return useChange(GROUPS, ({ client }, name) => client.removeGroup(name));
}

/** Who has which role on all environments of the project. */
export function useEnvironmentRoles(): UseQueryResult<readonly RoleAssignment[]> {
  return useAsked({
    name: ROLES,
    read: async ({ client, project }) => (await client.getRoles(project, undefined)).value,
  });
}

/** Replaces who has which role on all environments of the project. */
export function useSetEnvironmentRoles(): UseMutationResult<unknown, Error, readonly RoleAssignment[]> {
  return useChange(ROLES, ({ client, project }, roles) => client.setRoles(project, undefined, roles));
}

/** The users of the organisation. */
export function useUsers(): UseQueryResult<readonly UserView[]> {
  return useAsked({ name: USERS, read: async ({ client }) => (await client.listUsers()).value });
}

/** Makes a user, who may do nothing until he has a role. */
export function useCreateUser(): UseMutationResult<UserView, Error, NewUser> {
  return useChange(USERS, ({ client }, user) => client.createUser(user));
}

/** Describes a user, or lets him in or not. */
export function useChangeUser(): UseMutationResult<
  UserView,
  Error,
  { readonly name: string; readonly patch: UserPatch }
> {
  return useChange(USERS, ({ client }, { name, patch }) => client.updateUser(name, patch));
}

/** Where roles are given: in this project with its resources, or in the whole organisation. */
export type RoleScope = 'project' | 'organization';

/** The roles that were given in one of them. */
export function useGivenRoles(scope: RoleScope): UseQueryResult<readonly RoleView[]> {
  return useAsked({
    name: GIVEN,
    of: [scope],
    read: async ({ client, project }) =>
      (await client.listRoles(scope === 'project' ? project : undefined)).value,
  });
}

/** Gives a role. */
export function useGiveRole(scope: RoleScope): UseMutationResult<RoleView, Error, NewRole> {
  return useChange(GIVEN, ({ client, project }, role) =>
    client.giveRole(role, scope === 'project' ? project : undefined),
  );
}

/** Takes a role away. */
export function useTakeRole(scope: RoleScope): UseMutationResult<void, Error, RoleView> {
  return useChange(GIVEN, ({ client, project }, role) =>
    client.takeRole(role, scope === 'project' ? project : undefined),
  );
}
