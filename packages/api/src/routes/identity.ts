import type { Route } from './route.ts';

/** Names of the routes of users and roles. */
export type IdentityRoute = 'listUsers' | 'createUser' | 'updateUser' | 'listRoles' | 'giveRole' | 'takeRole';

const USERS = '/_apis/signalbox/users';
const ROLES = '/_apis/signalbox/roles';

/** Users and their roles. Azure DevOps has other routes for them. */
export const IDENTITY_ROUTES: Readonly<Record<IdentityRoute, Route>> = {
  listUsers: {
    method: 'GET',
    scope: 'organization',
    path: USERS,
    permission: 'manageTokens',
    summary: 'The users: people and services.',
  },
  createUser: {
    method: 'POST',
    scope: 'organization',
    path: USERS,
    permission: 'manageTokens',
    summary: 'Makes a user, who may do nothing until he is given a role.',
  },
  updateUser: {
    method: 'PATCH',
    scope: 'organization',
    path: `${USERS}/:user`,
    permission: 'manageTokens',
    summary: 'Describes a user, or disables him: his tokens and sessions are refused at once.',
  },
  listRoles: {
    method: 'GET',
    scope: 'either',
    path: ROLES,
    permission: 'read',
    summary: 'Who has which role in the organisation, or in a project and on its resources.',
  },
  giveRole: {
    method: 'POST',
    scope: 'either',
    path: ROLES,
    permission: 'manageRoles',
    summary:
      'Gives a role to a user or a group: in the organisation, in a project, or on one resource of it.',
  },
  takeRole: {
    method: 'DELETE',
    scope: 'either',
    path: ROLES,
    permission: 'manageRoles',
    summary: 'Takes a role from a user or a group.',
  },
};
