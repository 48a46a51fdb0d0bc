import type { Collection } from '../wire/common.ts';
import type { WireConnectionType } from '../wire/connection-types.ts';
import type { ManyPermissionPatch, WrittenConnection, WrittenVariableGroup } from '../wire/library-input.ts';
import type {
  PermissionPatch,
  RoleAssignment,
  WireConnection,
  WirePipelinePermissions,
  WireVariableGroup,
  WrittenRole,
} from '../wire/library.ts';
import type { Paging } from './shape.ts';

/** The project, where the address names none. */
interface OwnerQuery {
  /** The id of one project. */
  readonly projectIds?: readonly string[];
}

/** What the routes of `routes/library.ts` take and answer. */
export interface LibraryShapes {
  readonly listConnections: {
    readonly query: {
      readonly type?: string;
      readonly endpointIds?: readonly string[];
      readonly endpointNames?: readonly string[];
      readonly authSchemes?: readonly string[];
    };
    readonly answer: Collection<WireConnection>;
  };
  readonly createConnection: {
    readonly body: WrittenConnection;
    readonly answer: WireConnection;
    readonly refuses: 409;
  };
  readonly getConnection: {
    /** `null`: there is none; the service answers so, and clients look for it. */
    readonly answer: WireConnection | null;
  };
  readonly updateConnection: {
    readonly body: WrittenConnection;
    readonly answer: WireConnection;
    readonly refuses: 409;
  };
  readonly deleteConnection: {
    readonly query: OwnerQuery;
    readonly answer: undefined;
    readonly refuses: 409;
  };
  readonly listConnectionTypes: {
    readonly query: { readonly scheme?: string; readonly type?: string };
    readonly answer: Collection<WireConnectionType>;
  };
  readonly listVariableGroups: {
    readonly query: Paging & {
      readonly groupIds?: readonly number[];
      /** A `*` stands for any text. */
      readonly groupName?: string;
      readonly queryOrder?: 'idAscending' | 'idDescending';
    };
    readonly answer: Collection<WireVariableGroup>;
  };
  readonly createVariableGroup: {
    readonly body: WrittenVariableGroup;
    readonly answer: WireVariableGroup;
    readonly refuses: 409;
  };
  readonly getVariableGroup: { readonly answer: WireVariableGroup };
  readonly updateVariableGroup: {
    readonly body: WrittenVariableGroup;
    readonly answer: WireVariableGroup;
    readonly refuses: 409;
  };
  readonly deleteVariableGroup: {
    readonly query: OwnerQuery;
    readonly answer: undefined;
    readonly refuses: 409;
  };
  readonly getPipelinePermissions: { readonly answer: WirePipelinePermissions };
  readonly changePipelinePermissions: {
    readonly body: PermissionPatch;
    readonly answer: WirePipelinePermissions;
  };
  readonly changeManyPipelinePermissions: {
    readonly body: readonly ManyPermissionPatch[];
    readonly answer: Collection<WirePipelinePermissions>;
  };
  readonly getEnvironmentRoles: { readonly answer: Collection<RoleAssignment> };
  readonly setEnvironmentRoles: {
    readonly body: readonly WrittenRole[];
    readonly answer: Collection<RoleAssignment>;
  };
  readonly getProjectRoles: { readonly answer: Collection<RoleAssignment> };
  readonly setProjectRoles: {
    readonly body: readonly WrittenRole[];
    readonly answer: Collection<RoleAssignment>;
  };
}
