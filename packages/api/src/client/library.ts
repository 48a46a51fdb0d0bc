import { ROUTES } from '../routes/table.ts';
import type { Collection } from '../wire/common.ts';
import type { WireConnectionType } from '../wire/connection-types.ts';
import type {
  NewConnection,
  NewVariableGroup,
  PermissionPatch,
  RoleAssignment,
  WireConnection,
  WirePipelinePermissions,
  WireVariableGroup,
} from '../wire/library.ts';
import type { Transport } from './transport.ts';

/** A protected resource as addresses name it. */
export interface ResourceName {
  readonly type: string;
  readonly id: string | number;
}

/** Service connections and variable groups of a project, and who may use what. */
export interface LibraryClient {
  listConnections(project: string): Promise<Collection<WireConnection>>;
  /** The types that connections can have, each with its schemes and their inputs. */
  listConnectionTypes(): Promise<Collection<WireConnectionType>>;
  createConnection(project: string, connection: NewConnection): Promise<WireConnection>;
  updateConnection(project: string, endpointId: string, connection: NewConnection): Promise<WireConnection>;
  deleteConnection(project: string, endpointId: string): Promise<void>;
  listVariableGroups(project: string): Promise<Collection<WireVariableGroup>>;
  createVariableGroup(project: string, group: NewVariableGroup): Promise<WireVariableGroup>;
  updateVariableGroup(project: string, groupId: number, group: NewVariableGroup): Promise<WireVariableGroup>;
  deleteVariableGroup(project: string, groupId: number): Promise<void>;
  getPipelinePermissions(project: string, resource: ResourceName): Promise<WirePipelinePermissions>;
  changePipelinePermissions(
    project: string,
    resource: ResourceName,
    patch: PermissionPatch,
  ): Promise<WirePipelinePermissions>;
  /** Of one environment; without a number of all environments of the project. */
  getRoles(project: string, environmentId: number | undefined): Promise<Collection<RoleAssignment>>;
  setRoles(
    project: string,
    environmentId: number | undefined,
    roles: readonly RoleAssignment[],
  ): Promise<Collection<RoleAssignment>>;
}

/** The calls of `LibraryClient`. */
export function libraryClient(transport: Transport): LibraryClient {
  return {
    listConnections: (project) => transport.json(ROUTES.listConnections, { path: { project } }),
    listConnectionTypes: () => transport.json(ROUTES.listConnectionTypes),
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
    getPipelinePermissions: (project, { type, id }) =>
      transport.json(ROUTES.getPipelinePermissions, {
        path: { project, resourceType: type, resourceId: id },
      }),
    changePipelinePermissions: (project, { type, id }, body) =>
      transport.json(ROUTES.changePipelinePermissions, {
        path: { project, resourceType: type, resourceId: id },
        body,
      }),
    getRoles: (project, environmentId) =>
      environmentId === undefined
        ? transport.json(ROUTES.getProjectRoles, { path: { project } })
        : transport.json(ROUTES.getEnvironmentRoles, { path: { project, environmentId } }),
    setRoles: (project, environmentId, body) =>
      environmentId === undefined
        ? transport.json(ROUTES.setProjectRoles, { path: { project }, body })
        : transport.json(ROUTES.setEnvironmentRoles, { path: { project, environmentId }, body }),
  };
}
