import type { EnvironmentRole } from './library.ts';
import type { HumanRole } from '../routes/route.ts';
import type { WireTime } from '../views.ts';

/** A user: somebody, or a service, that acts under a name. */
export interface UserView {
  /** The GUID that clients know the user by. */
  readonly id: string;
  /** Unique, letter case aside; it never changes. */
  readonly name: string;
  readonly displayName: string;
  /** Empty when nobody said. */
  readonly mail: string;
  readonly kind: 'person' | 'service';
  /** False: tokens and sessions are refused. */
  readonly active: boolean;
  readonly createdOn: WireTime;
}

/** A user to make; the display name is the name unless it is said. */
export interface NewUser {
  readonly name: string;
  readonly displayName?: string;
  readonly mail?: string;
  readonly kind?: UserView['kind'];
}

/** A change of a user: what is absent stays as it is. */
export type UserPatch = Partial<Pick<UserView, 'displayName' | 'mail' | 'active'>>;

/** A protected resource that a role counts for. */
export interface RoleResource {
  readonly type: string;
  /** `all` for every one of the type. */
  readonly id: string;
}

/** A role to give to a user, or to everybody in a group. */
export interface NewRole {
  /** Default: `user`. */
  readonly kind?: 'user' | 'group';
  readonly name: string;
  /** Of people in the organisation and in projects; on resources, of ENV-3. */
  readonly role: HumanRole | EnvironmentRole;
  /** Absent: in the whole project or organisation. */
  readonly resource?: RoleResource;
}

/** That a user, or everybody in a group, has a role. */
export interface RoleView extends NewRole {
  readonly kind: 'user' | 'group';
}
