import type { WireTime } from '../views.ts';
import type { IdentityRef } from './common.ts';

/** The project that something of the library belongs to, as the 7.x clients write it. */
export interface WireProjectReference {
  readonly projectReference: { readonly id: string; readonly name: string };
  readonly name: string;
  readonly description: string;
}

/** A service connection as it is read: never with its password or token. */
export interface WireConnection {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: 'generic';
  readonly url: string;
  readonly authorization: {
    readonly scheme: 'None' | 'UsernamePassword' | 'Token';
    readonly parameters: Readonly<Record<string, string | null>>;
  };
  readonly data: Readonly<Record<string, never>>;
  readonly isShared: false;
  readonly isReady: true;
  readonly owner: 'library';
  readonly createdBy: IdentityRef;
  readonly serviceEndpointProjectReferences: readonly WireProjectReference[];
}

/** What a client writes of a service connection. */
export interface NewConnection {
  readonly name: string;
  readonly description?: string;
  readonly type: 'generic';
  readonly url: string;
  readonly authorization: {
    readonly scheme: WireConnection['authorization']['scheme'];
    /** `username` and `password`, or `apitoken`. */
    readonly parameters?: Readonly<Record<string, string>>;
  };
}

/** A variable of a group; the value of a secret one is `null` when it is read, and stays when it is written so. */
export interface WireGroupVariable {
  readonly value: string | null;
  readonly isSecret?: true;
}

/** A variable group. */
export interface WireVariableGroup {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly type: 'Vsts';
  readonly variables: Readonly<Record<string, WireGroupVariable>>;
  readonly isShared: false;
  readonly createdBy: IdentityRef;
  readonly createdOn: WireTime;
  readonly modifiedBy: IdentityRef;
  readonly modifiedOn: WireTime;
  readonly variableGroupProjectReferences: readonly WireProjectReference[];
}

/** What a client writes of a variable group. */
export type NewVariableGroup = Pick<WireVariableGroup, 'name' | 'type' | 'variables'> & {
  readonly description?: string;
};

/** Which pipelines may use a protected resource. */
export interface WirePipelinePermissions {
  readonly resource: { readonly type: string; readonly id: string; readonly name: string };
  /** Absent: nobody said anything, and every pipeline may. */
  readonly allPipelines?: WirePermission;
  readonly pipelines: readonly (WirePermission & { readonly id: number })[];
}

/** That something is permitted, by whom and since when. */
export interface WirePermission {
  readonly authorized: boolean;
  readonly authorizedBy: IdentityRef;
  readonly authorizedOn: WireTime;
}

/** What a client changes of it; what is absent stays. */
export interface PermissionPatch {
  readonly allPipelines?: { readonly authorized: boolean };
  readonly pipelines?: readonly { readonly id: number; readonly authorized: boolean }[];
}

/** The roles that people can have on environments (ENV-3). */
export const ENVIRONMENT_ROLES = ['Administrator', 'User', 'Reader', 'Creator'] as const;

/** One of `ENVIRONMENT_ROLES`. */
export type EnvironmentRole = (typeof ENVIRONMENT_ROLES)[number];

/** That a user, or everybody in a group, has a role. */
export interface RoleAssignment {
  readonly kind: 'user' | 'group';
  readonly name: string;
  readonly role: EnvironmentRole;
}

/** A role to give; without `kind` it is for a user. */
export type WrittenRole = Pick<RoleAssignment, 'name' | 'role'> & Partial<Pick<RoleAssignment, 'kind'>>;
