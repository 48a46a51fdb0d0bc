import type { GroupView, RoleAssignment } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';

const GROUPS = 'groups';
const ROLES = 'environmentRoles';

/** The groups of the organisation. */
export function useUserGroups(): UseQueryResult<readonly GroupView[]> {
  return useAsked({ name: GROUPS, read: async ({ client }) => (await client.listGroups()).items });
}

/** Makes a group, or replaces the users in it. */
export function useSetGroup(): UseMutationResult<
  GroupView,
  Error,
  { readonly name: string; readonly members: readonly string[] }
> {
  return useChange(GROUPS, ({ client }, { name, members }) => client.setGroup(name, members));
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
