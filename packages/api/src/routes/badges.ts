import type { Route } from './route.ts';

/** Names of the routes of the newest run of a pipeline, as JSON and as pictures. */
export type BadgeRoute = 'latestBuild' | 'buildStatus' | 'buildBadge';

/** REST.md §3.3. */
export const BADGE_ROUTES: Readonly<Record<BadgeRoute, Route>> = {
  latestBuild: {
    method: 'GET',
    scope: 'project',
    path: '/_apis/build/latest/*',
    permission: 'readRuns',
    summary: 'The newest run of a definition, by number or name; `branchName`.',
  },
  buildStatus: {
    method: 'GET',
    scope: 'project',
    path: '/_apis/build/status/*',
    permission: 'public',
    summary: 'How the newest finished run ended, as a picture; open to all where the project says so.',
  },
  buildBadge: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/public/build/definitions/:project/:definitionId/badge',
    permission: 'public',
    summary: 'The same, by number.',
  },
};
