import type { Route } from './route.ts';

/** Names of the routes of service connections, variable groups, and who may use what. */
export type LibraryRoute =
  | 'listConnections'
  | 'createConnection'
  | 'getConnection'
  | 'updateConnection'
  | 'deleteConnection'
  | 'listConnectionTypes'
  | 'listVariableGroups'
  | 'createVariableGroup'
  | 'getVariableGroup'
  | 'updateVariableGroup'
  | 'deleteVariableGroup'
  | 'getPipelinePermissions'
  | 'changePipelinePermissions'
  | 'changeManyPipelinePermissions'
  | 'getEnvironmentRoles'
  | 'setEnvironmentRoles'
  | 'getProjectRoles'
  | 'setProjectRoles';

const ENDPOINTS = '/_apis/serviceendpoint/endpoints';
const ENDPOINT = `${ENDPOINTS}/:endpointId`;
const GROUPS = '/_apis/distributedtask/variablegroups';
const GROUP = `${GROUPS}/:groupId`;
const PERMISSIONS = '/_apis/pipelines/pipelinePermissions';
const ENVIRONMENT_ROLES = '/_apis/signalbox/environments/:environmentId/roles';
const PROJECT_ROLES = '/_apis/signalbox/environmentroles';

/** REST.md §3.6 and §3.8. Clients write in both scopes: 5.x in the project's, 7.x in the organisation's. */
export const LIBRARY_ROUTES: Readonly<Record<LibraryRoute, Route>> = {
  listConnections: {
    method: 'GET',
    scope: 'project',
    path: ENDPOINTS,
    permission: 'read',
    summary: 'The service connections of a project, without their secrets.',
  },
  createConnection: {
    method: 'POST',
    scope: 'either',
    path: ENDPOINTS,
    permission: 'manageLibrary',
    summary: 'Creates a generic service connection.',
  },
  getConnection: {
    method: 'GET',
    scope: 'project',
    path: ENDPOINT,
    permission: 'read',
    summary: 'One service connection, without its secret; `null` when there is none.',
  },
  updateConnection: {
    method: 'PUT',
    scope: 'either',
    path: ENDPOINT,
    permission: 'manageLibrary',
    summary: 'Replaces a service connection; a secret that is not given stays.',
  },
  deleteConnection: {
    method: 'DELETE',
    scope: 'either',
    path: ENDPOINT,
    permission: 'manageLibrary',
    summary: 'Deletes a service connection.',
  },
  listConnectionTypes: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/serviceendpoint/types',
    permission: 'read',
    summary: 'The types that service connections can have, with the schemes by which they prove who calls.',
  },
  listVariableGroups: {
    method: 'GET',
    scope: 'project',
    path: GROUPS,
    permission: 'read',
    summary: 'The variable groups of a project, without their secrets.',
  },
  createVariableGroup: {
    method: 'POST',
    scope: 'either',
    path: GROUPS,
    permission: 'manageLibrary',
    summary: 'Creates a variable group.',
  },
  getVariableGroup: {
    method: 'GET',
    scope: 'project',
    path: GROUP,
    permission: 'read',
    summary: 'One variable group, without its secrets.',
  },
  updateVariableGroup: {
    method: 'PUT',
    scope: 'either',
    path: GROUP,
    permission: 'manageLibrary',
    summary: 'Replaces a variable group; secrets that come as `null` stay.',
  },
  deleteVariableGroup: {
    method: 'DELETE',
    scope: 'either',
    path: GROUP,
    permission: 'manageLibrary',
    summary: 'Deletes a variable group.',
  },
  getPipelinePermissions: {
    method: 'GET',
    scope: 'project',
    path: `${PERMISSIONS}/:resourceType/:resourceId`,
    permission: 'read',
    summary: 'Which pipelines may use a protected resource.',
  },
  changePipelinePermissions: {
    method: 'PATCH',
    scope: 'project',
    path: `${PERMISSIONS}/:resourceType/:resourceId`,
    permission: 'administerResources',
    summary: 'Permits pipelines, or all of them, to use a protected resource; or takes that back.',
  },
  changeManyPipelinePermissions: {
    method: 'PATCH',
    scope: 'project',
    path: PERMISSIONS,
    permission: 'administerResources',
    summary: 'The same for several resources, all of them or none.',
  },
  getEnvironmentRoles: {
    method: 'GET',
    scope: 'project',
    path: ENVIRONMENT_ROLES,
    permission: 'read',
    summary: 'Who has which role on an environment.',
  },
  setEnvironmentRoles: {
    method: 'PUT',
    scope: 'project',
    path: ENVIRONMENT_ROLES,
    permission: 'administerResources',
    summary: 'Says who has which role on an environment.',
  },
  getProjectRoles: {
    method: 'GET',
    scope: 'project',
    path: PROJECT_ROLES,
    permission: 'read',
    summary: 'Who has which role on all environments of a project.',
  },
  setProjectRoles: {
    method: 'PUT',
    scope: 'project',
    path: PROJECT_ROLES,
    permission: 'manageLocks',
    summary: 'Says who has which role on all environments of a project.',
  },
};
