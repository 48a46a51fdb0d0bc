import type { Instant, ProjectId } from '@signalbox/model';

/**
 * A user: a person or a service that acts under a name. The name never changes and is never given out again, so what
 * the journals say of it stays true; users are disabled, not removed.
 */
export interface UserRow {
  readonly id: number;
  /** Unique, letter case aside. */
  readonly name: string;
  readonly displayName: string;
  /** Empty when nobody said. */
  readonly mail: string;
  readonly kind: 'person' | 'service';
  /** False: tokens and sessions of the user are refused. */
  readonly active: boolean;
  /** Who signs the person in, and what it calls the person; both or none. */
  readonly issuer?: string;
  readonly subject?: string;
  readonly createdAt: Instant;
}

/** What a caller says of a new user; the display name is the name unless it is said. */
export type UserInput = Pick<UserRow, 'name'> &
  Partial<Pick<UserRow, 'displayName' | 'mail' | 'kind' | 'issuer' | 'subject'>>;

/** Users; names are unique, letter case aside, and so are subjects of one issuer. */
export interface Users {
  /** The user of this name, made if there is none; safe when several do it at once. */
  upsert(user: UserInput): Promise<UserRow>;
  /** Refused with `name-taken` when the name or the subject is in use. */
  create(user: UserInput): Promise<UserRow>;
  get(id: number): Promise<UserRow | undefined>;
  find(name: string): Promise<UserRow | undefined>;
  ofSubject(issuer: string, subject: string): Promise<UserRow | undefined>;
  /** By name. */
  list(): Promise<readonly UserRow[]>;
  /** Refused with `not-found` or `name-taken`. */
  update(
    id: number,
    patch: Partial<Pick<UserRow, 'displayName' | 'mail' | 'active' | 'issuer' | 'subject'>>,
  ): Promise<UserRow>;
}

/** Somebody by kind and name. Whoever is named need not be known yet. */
export interface Member {
  readonly kind: 'user' | 'group';
  readonly name: string;
}

/** A group of users and of other groups. */
export interface GroupRow {
  readonly name: string;
  readonly description: string;
  /** By kind and name. */
  readonly members: readonly Member[];
  readonly createdAt: Instant;
}

/** Groups; names are unique, letter case aside. */
export interface Groups {
  /** Makes the group, or replaces its description and members. */
  save(group: Pick<GroupRow, 'name' | 'description' | 'members'>): Promise<GroupRow>;
  find(name: string): Promise<GroupRow | undefined>;
  /** By name. */
  list(): Promise<readonly GroupRow[]>;
  /** Puts somebody in, whoever else is put in or out meanwhile; false when there is no such group. */
  join(name: string, member: Member): Promise<boolean>;
  /** Takes somebody out; false when he was not in it. */
  leave(name: string, member: Member): Promise<boolean>;
  /** False when there was none. Memberships of it in other groups end with it. */
  remove(name: string): Promise<boolean>;
  /** The names of the groups that a user is in, by way of other groups, too; by name. */
  of(user: string): Promise<readonly string[]>;
}

/** Where a role counts: the organisation, a project of it, or one resource (`id`) or all (`all`) of a type in it. */
export interface RolePlace {
  readonly project?: ProjectId;
  readonly resource?: { readonly type: string; readonly id: string };
}

/** A role that somebody has at a place; the words of roles are the server's. */
export interface RoleRow {
  readonly place: RolePlace;
  readonly kind: Member['kind'];
  readonly name: string;
  readonly role: string;
}

/** Roles; the same one twice says nothing more. */
export interface Roles {
  /** In the order in which they were given. */
  at(place: RolePlace): Promise<readonly RoleRow[]>;
  give(row: RoleRow): Promise<void>;
  /** False when there was none. */
  take(row: RoleRow): Promise<boolean>;
  /** Replaces all roles at one place. */
  replace(place: RolePlace, rows: readonly Omit<RoleRow, 'place'>[]): Promise<void>;
  /** What a user and his groups have, everywhere. */
  of(user: string, groups: readonly string[]): Promise<readonly RoleRow[]>;
  /** All of them. */
  list(): Promise<readonly RoleRow[]>;
}
