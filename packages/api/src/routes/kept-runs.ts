import type { Route } from './route.ts';

/** Names of the routes of what keeps runs, and of their end. */
export type KeptRunRoute =
  | 'deleteBuild'
  | 'leasesOfBuild'
  | 'listRunLeases'
  | 'addRunLeases'
  | 'deleteRunLeases'
  | 'getRunLease'
  | 'updateRunLease'
  | 'getRetention'
  | 'updateRetention';

const BUILD = '/_apis/build/builds/:buildId';
const LEASES = '/_apis/build/retention/leases';
const RETENTION = '/_apis/build/retention';

/** REST.md §3.3. */
export const KEPT_RUN_ROUTES: Readonly<Record<KeptRunRoute, Route>> = {
  deleteBuild: {
    method: 'DELETE',
    scope: 'either',
    path: BUILD,
    permission: 'deleteRuns',
    summary: 'Deletes a finished run with its logs and artifacts; 409 while a lease keeps it.',
  },
  leasesOfBuild: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/leases`,
    permission: 'readRuns',
    summary: 'The leases that keep a run.',
  },
  listRunLeases: {
    method: 'GET',
    scope: 'project',
    path: LEASES,
    permission: 'readRuns',
    summary: 'Leases that keep runs, by `ownerId`, `definitionId` and `runId`.',
  },
  addRunLeases: {
    method: 'POST',
    scope: 'project',
    path: LEASES,
    permission: 'keepRuns',
    summary: 'Keeps runs for `daysValid` days; a job its own run.',
  },
  deleteRunLeases: {
    method: 'DELETE',
    scope: 'project',
    path: LEASES,
    permission: 'keepRuns',
    summary: 'Ends leases, by `ids`.',
  },
  getRunLease: {
    method: 'GET',
    scope: 'project',
    path: `${LEASES}/:leaseId`,
    permission: 'readRuns',
    summary: 'One lease.',
  },
  updateRunLease: {
    method: 'PATCH',
    scope: 'project',
    path: `${LEASES}/:leaseId`,
    permission: 'keepRuns',
    summary: 'Gives a lease other days, from now, or has it keep the pipeline as well.',
  },
  getRetention: {
    method: 'GET',
    scope: 'project',
    path: RETENTION,
    permission: 'read',
    summary: 'For how many days the runs of a project are kept; 36500 is for ever.',
  },
  updateRetention: {
    method: 'PATCH',
    scope: 'project',
    path: RETENTION,
    permission: 'manageProjects',
    summary: 'Changes them: `runRetention`, `pullRequestRunRetention`, `retainRunsPerProtectedBranch`.',
  },
};
