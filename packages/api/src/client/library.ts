import { ROUTES } from '../routes/table.ts';
import type { Collection } from '../wire/common.ts';
import type { NewConnection, NewVariableGroup, WireConnection, WireVariableGroup } from '../wire/library.ts';
import type { Transport } from './transport.ts';

/** Service connections and variable groups of a project. */
export interface LibraryClient {
  listConnections(project: string): Promise<Collection<WireConnection>>;
  createConnection(project: string, connection: NewConnection): Promise<WireConnection>;
  updateConnection(project: string, endpointId: string, connection: NewConnection): Promise<WireConnection>;
  deleteConnection(project: string, endpointId: string): Promise<void>;
  listVariableGroups(project: string): Promise<Collection<WireVariableGroup>>;
  createVariableGroup(project: string, group: NewVariableGroup): Promise<WireVariableGroup>;
  updateVariableGroup(project: string, groupId: number, group: NewVariableGroup): Promise<WireVariableGroup>;
  deleteVariableGroup(project: string, groupId: number): Promise<void>;
}

/** The calls of `LibraryClient`. */
export function libraryClient(transport: Transport): LibraryClient {
  return {
    listConnections: (project) => transport.json(ROUTES.listConnections, { path: { project } }),
    createConnection: (project, body) => transport.json(ROUTES.createConnection, { path: { project }, body }),
    updateConnection: (project, endpointId, body) =>
      transport.json(ROUTES.updateConnection, { path: { project, endpointId }, body }),
    deleteConnection: (project, endpointId) =>
      transport.json(ROUTES.deleteConnection, { path: { project, endpointId } }),
    listVariableGroups: (project) => transport.json(ROUTES.listVariableGroups, { path: { project } }),
    createVariableGroup: (project, body) =>
      transport.json(ROUTES.createVariableGroup, { path: { project }, body }),
    updateVariableGroup: (project, groupId, body) =>
      transport.json(ROUTES.updateVariableGroup, { path: { project, groupId }, body }),
    deleteVariableGroup: (project, groupId) =>
      transport.json(ROUTES.deleteVariableGroup, { path: { project, groupId } }),
  };
}
