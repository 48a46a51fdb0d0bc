import type { Route } from './route.ts';

/** Names of the routes of teams, processes, properties of projects, and single identities. */
export type TeamRoute =
  | 'listTeams'
  | 'getTeam'
  | 'listAllTeams'
  | 'listProcesses'
  | 'getProcess'
  | 'listProjectsProperties'
  | 'getIdentity'
  | 'getSelf';

const TEAMS = '/_apis/projects/:projectId/teams';

/** REST.md §1.3 and §3.1: what clients look up before they make or name a project. */
export const TEAM_ROUTES: Readonly<Record<TeamRoute, Route>> = {
  listTeams: {
    method: 'GET',
    scope: 'organization',
    path: TEAMS,
    permission: 'read',
    summary: 'The team of a project; each has one.',
  },
  getTeam: {
    method: 'GET',
    scope: 'organization',
    path: `${TEAMS}/:teamId`,
    permission: 'read',
    summary: 'The team of a project, by name or id.',
  },
  listAllTeams: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/teams',
    permission: 'read',
    summary: 'The teams of all projects.',
  },
  listProcesses: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/process/processes',
    permission: 'read',
    summary: 'The process that every project has; az asks for it before it makes a project.',
  },
  getProcess: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/process/processes/:processId',
    permission: 'read',
    summary: 'One process.',
  },
  listProjectsProperties: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/projectsproperties',
    permission: 'read',
    summary: 'Properties of the projects in `projectIds`; names in `properties` may end in an asterisk.',
  },
  getIdentity: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/identities/:identityId',
    permission: 'read',
    summary: 'One identity, by id.',
  },
  getSelf: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/identities/self',
    permission: 'discover',
    summary: 'The identity of the caller.',
  },
};
