import type {
  NewConnection,
  NewVariableGroup,
  WireConnection,
  WireConnectionType,
  WireSecureFile,
  WireVariableGroup,
} from '@signalbox/api';
import { ApiError } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';

const GROUPS = 'variableGroups';
const CONNECTIONS = 'connections';
const FILES = 'secureFiles';

/** The variable groups of the project. */
export function useGroups(): UseQueryResult<readonly WireVariableGroup[]> {
  return useAsked({
    name: GROUPS,
    read: async ({ client, project }) => (await client.listVariableGroups(project)).value,
  });
}

/** What is saved of a group, and what it was when the form was opened; without `before` it is new. */
export interface GroupOrder {
  readonly group: NewVariableGroup;
  readonly before?: WireVariableGroup;
}

/** Makes a group or replaces it, unless somebody else changed it after it was read. */
export function useSaveGroup(): UseMutationResult<WireVariableGroup, Error, GroupOrder> {
  return useChange(GROUPS, async ({ client, project }, { group, before }) => {
    if (before === undefined) return client.createVariableGroup(project, group);
    const now = (await client.listVariableGroups(project)).value.find(({ id }) => id === before.id);
    if (now !== undefined && now.modifiedOn !== before.modifiedOn) {
      const message = `${now.modifiedBy.displayName} changed the group after you opened it. Open it again to see what is there now; what you typed is still here.`;
      throw new ApiError(409, { message, typeKey: 'VariableGroupChangedMeanwhile' });
    }
    return client.updateVariableGroup(project, before.id, group);
  });
}

/** Deletes a group. */
export function useDeleteGroup(): UseMutationResult<void, Error, number> {
  return useChange(GROUPS, ({ client, project }, id) => client.deleteVariableGroup(project, id));
}

/** The service connections of the project. */
export function useConnections(): UseQueryResult<readonly WireConnection[]> {
  return useAsked({
    name: CONNECTIONS,
    read: async ({ client, project }) => (await client.listConnections(project)).value,
  });
}

/** The types that service connections can have. */
export function useConnectionTypes(): UseQueryResult<readonly WireConnectionType[]> {
  return useAsked({
    name: 'connectionTypes',
    read: async ({ client }) => (await client.listConnectionTypes()).value,
  });
}

/** What is saved of a connection; without `id` it is new. */
export interface ConnectionOrder {
  readonly id?: string;
  readonly connection: NewConnection;
}

/** Makes a connection or replaces it. */
export function useSaveConnection(): UseMutationResult<WireConnection, Error, ConnectionOrder> {
  return useChange(CONNECTIONS, ({ client, project }, { id, connection }) =>
    id === undefined
      ? client.createConnection(project, connection)
      : client.updateConnection(project, id, connection),
  );
}

/** Deletes a connection. */
export function useDeleteConnection(): UseMutationResult<void, Error, string> {
  return useChange(CONNECTIONS, ({ client, project }, id) => client.deleteConnection(project, id));
}

/** The secure files of the project. */
export function useSecureFiles(): UseQueryResult<readonly WireSecureFile[]> {
  return useAsked({
    name: FILES,
    read: async ({ client, project }) => (await client.listSecureFiles(project)).value,
  });
}

/** Keeps a file of the viewer's machine as a secure file. */
export function useUploadFile(): UseMutationResult<
  WireSecureFile,
  Error,
  { readonly name: string; readonly file: Blob }
> {
  return useChange(FILES, async ({ client, project }, { name, file }) =>
    client.uploadSecureFile(project, name, new Uint8Array(await file.arrayBuffer())),
  );
}

/** Deletes a secure file. */
export function useDeleteFile(): UseMutationResult<void, Error, string> {
  return useChange(FILES, ({ client, project }, id) => client.deleteSecureFile(project, id));
}
