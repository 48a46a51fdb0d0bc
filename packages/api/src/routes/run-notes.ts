import type { Route } from './route.ts';

/** Names of the routes of what clients and commits say of a run. */
export type RunNoteRoute = 'listChanges' | 'listWorkItems' | 'getBuildProperties' | 'updateBuildProperties';

const BUILD = '/_apis/build/builds/:buildId';

/** REST.md §3.3. */
export const RUN_NOTE_ROUTES: Readonly<Record<RunNoteRoute, Route>> = {
  listChanges: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/changes`,
    permission: 'readRuns',
    summary: 'The commits since the run of the same pipeline and branch before, newest first.',
  },
  listWorkItems: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/workitems`,
    permission: 'readRuns',
    summary: 'Always empty: work items are kept elsewhere.',
  },
  getBuildProperties: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/properties`,
    permission: 'readRuns',
    summary: 'What clients noted at a run; `filter` names some.',
  },
  updateBuildProperties: {
    method: 'PATCH',
    scope: 'either',
    path: `${BUILD}/properties`,
    permission: 'queueRuns',
    summary: 'Changes that by a JSON patch.',
  },
};
