import type { Guid, Instant, ProjectId } from '@signalbox/model';

/** How a service connection proves who calls. */
export type ConnectionScheme = 'None' | 'UsernamePassword' | 'Token';

/** What a caller gives of a service connection. The store keeps `secret` as it comes: sealed by the server. */
export interface ConnectionInput {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly scheme: ConnectionScheme;
  /** Empty with the other schemes. */
  readonly username: string;
  /** The password or the token, sealed; empty: none. Never leaves the server in clear. */
  readonly secret: string;
}

/** A service connection of a project: an address outside, and what proves who calls (REST.md §3.8). */
export interface ConnectionRow extends ConnectionInput {
  readonly id: number;
  /** What clients know it by; checks and locks of it carry it as their resource's id. */
  readonly guid: Guid;
  readonly project: ProjectId;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Service connections; names are unique in their project, letter case aside. */
export interface Connections {
  create(
    project: ProjectId,
    input: ConnectionInput & { readonly guid: Guid; readonly by: string },
  ): Promise<ConnectionRow>;
  /** By GUID, in any letter case. */
  get(project: ProjectId, guid: Guid): Promise<ConnectionRow | undefined>;
  find(project: ProjectId, name: string): Promise<ConnectionRow | undefined>;
  /** By name. */
  list(project: ProjectId): Promise<readonly ConnectionRow[]>;
  /** Replaces it; refused with `not-found` when there is none. */
  update(project: ProjectId, guid: Guid, input: ConnectionInput): Promise<ConnectionRow>;
  /** False when there was none. */
  remove(project: ProjectId, guid: Guid): Promise<boolean>;
}

/** A variable of a group; a secret one's value is sealed and never listed by callers. */
export interface GroupVariable {
  readonly value: string;
  readonly secret: boolean;
}

/** What a caller gives of a variable group. */
export interface VariableGroupInput {
  readonly name: string;
  readonly description: string;
  /** By the name that the author wrote. */
  readonly variables: Readonly<Record<string, GroupVariable>>;
}

/** A variable group of a project (VARD-5, VARD-9). */
export interface VariableGroupRow extends VariableGroupInput {
  readonly id: number;
  readonly project: ProjectId;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly modifiedBy: string;
  readonly modifiedAt: Instant;
}

/** Variable groups; names are unique in their project, letter case aside. */
export interface VariableGroups {
  create(project: ProjectId, input: VariableGroupInput & { readonly by: string }): Promise<VariableGroupRow>;
  get(project: ProjectId, id: number): Promise<VariableGroupRow | undefined>;
  find(project: ProjectId, name: string): Promise<VariableGroupRow | undefined>;
  /** By name. `name` may hold `*` for any text. */
  list(
    project: ProjectId,
    filter?: { readonly name?: string | undefined },
  ): Promise<readonly VariableGroupRow[]>;
  /** Replaces it; refused with `not-found` when there is none. */
  update(
    project: ProjectId,
    id: number,
    input: VariableGroupInput & { readonly by: string },
  ): Promise<VariableGroupRow>;
  /** False when there was none. */
  remove(project: ProjectId, id: number): Promise<boolean>;
}
