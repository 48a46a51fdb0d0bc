import { ROUTES } from '../routes/table.ts';
import type { Collection } from '../wire/common.ts';
import type { NewRole, NewUser, RoleView, UserPatch, UserView } from '../wire/identity.ts';
import type { Transport } from './transport.ts';

/** Users, and the roles that they and groups have. */
export interface IdentityClient {
  listUsers(): Promise<Collection<UserView>>;
  createUser(user: NewUser): Promise<UserView>;
  updateUser(name: string, patch: UserPatch): Promise<UserView>;
  /** Without a project: those in the organisation. */
  listRoles(project?: string): Promise<Collection<RoleView>>;
  giveRole(role: NewRole, project?: string): Promise<RoleView>;
  takeRole(role: RoleView, project?: string): Promise<void>;
}

/** The calls of `IdentityClient`. */
export function identityClient(transport: Transport): IdentityClient {
  return {
    listUsers: () => transport.json(ROUTES.listUsers),
    createUser: (body) => transport.json(ROUTES.createUser, { body }),
    updateUser: (user, body) => transport.json(ROUTES.updateUser, { path: { user }, body }),
    listRoles: (project) => transport.json(ROUTES.listRoles, { path: at(project) }),
    giveRole: (body, project) => transport.json(ROUTES.giveRole, { path: at(project), body }),
    takeRole: ({ kind, name, role, resource }, project) =>
      transport.json(ROUTES.takeRole, {
        path: at(project),
        query: { kind, name, role, resourceType: resource?.type, resourceId: resource?.id },
      }),
  };
}

function at(project: string | undefined): { readonly project?: string } {
  return project === undefined ? {} : { project };
}
