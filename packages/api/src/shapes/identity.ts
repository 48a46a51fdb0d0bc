import type { Collection } from '../wire/common.ts';
import type { NewRole, NewUser, RoleView, UserPatch, UserView } from '../wire/identity.ts';

/** What the routes of `routes/identity.ts` take and answer. */
export interface IdentityShapes {
  readonly listUsers: { readonly answer: Collection<UserView> };
  readonly createUser: { readonly body: NewUser; readonly answer: UserView; readonly refuses: 409 };
  readonly updateUser: { readonly body: UserPatch; readonly answer: UserView; readonly refuses: 409 };
  readonly listRoles: { readonly answer: Collection<RoleView> };
  readonly giveRole: { readonly body: NewRole; readonly answer: RoleView };
  readonly takeRole: {
    readonly query: {
      readonly kind?: RoleView['kind'];
      readonly name: string;
      readonly role: RoleView['role'];
      readonly resourceType?: string;
      readonly resourceId?: string;
    };
    readonly answer: undefined;
    readonly refuses: 409;
  };
}
