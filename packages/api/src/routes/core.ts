import type { Route } from './route.ts';
import { TEAM_ROUTES, type TeamRoute } from './teams.ts';

/** Names of the routes of discovery, projects and identities. */
export type CoreRoute =
  | 'discoverRoot'
  | 'discover'
  | 'discoverArea'
  | 'connectionData'
  | 'resourceAreas'
  | 'resourceArea'
  | 'telemetry'
  | 'listProjects'
  | 'getProject'
  | 'createProject'
  | 'updateProject'
  | 'deleteProject'
  | 'getOperation'
  | 'listIdentities'
  | TeamRoute;

/** REST.md §1 and §3.1. */
export const CORE_ROUTES: Readonly<Record<CoreRoute, Route>> = {
  discoverRoot: {
    method: 'OPTIONS',
    scope: 'root',
    path: '/_apis',
    permission: 'discover',
    summary: 'The list of locations, asked one level too high by some clients.',
  },
  discover: {
    method: 'OPTIONS',
    scope: 'either',
    path: '/_apis',
    permission: 'discover',
    summary: 'The list of locations: which route has which id and version.',
  },
  discoverArea: {
    method: 'OPTIONS',
    scope: 'either',
    path: '/_apis/:area',
    permission: 'discover',
    summary: 'The locations of one area.',
  },
  connectionData: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/connectionData',
    permission: 'discover',
    summary: 'Who is calling, and what this server is.',
  },
  resourceAreas: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/resourceAreas',
    permission: 'discover',
    summary: 'Always empty: every area is at this address.',
  },
  resourceArea: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/resourceAreas/:areaId',
    permission: 'discover',
    summary: 'Always empty: every area is at this address.',
  },
  telemetry: {
    method: 'POST',
    scope: 'organization',
    path: '/_apis/customerintelligence/events',
    permission: 'discover',
    summary: 'Takes what clients report about themselves, and forgets it.',
  },
  listProjects: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/projects',
    permission: 'readRuns',
    summary: 'The projects.',
  },
  getProject: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/projects/:projectId',
    permission: 'readRuns',
    summary: 'One project, by name or id.',
  },
  createProject: {
    method: 'POST',
    scope: 'organization',
    path: '/_apis/projects',
    permission: 'manageProjects',
    summary: 'Creates a project; answers an operation to look up.',
  },
  updateProject: {
    method: 'PATCH',
    scope: 'organization',
    path: '/_apis/projects/:projectId',
    permission: 'manageProjects',
    summary: 'Renames a project or changes its description; answers an operation.',
  },
  deleteProject: {
    method: 'DELETE',
    scope: 'organization',
    path: '/_apis/projects/:projectId',
    permission: 'manageProjects',
    summary:
      'Deletes a project with all that is in it; answers an operation. 409 while runs or locks are at work.',
  },
  getOperation: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/operations/:operationId',
    permission: 'discover',
    summary: 'How an operation stands.',
  },
  listIdentities: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/identities',
    permission: 'read',
    summary: 'Identities by name or id.',
  },
  ...TEAM_ROUTES,
};
