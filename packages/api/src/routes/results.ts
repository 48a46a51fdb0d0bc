import type { Route } from './route.ts';

/** Names of the routes of what steps leave behind: logs, attachments, results of tests. */
export type ResultRoute = 'searchLogs';

const RUN = '/_apis/signalbox/runs/:runId';

/** REST.md §3.3, and our own search. */
export const RESULT_ROUTES: Readonly<Record<ResultRoute, Route>> = {
  searchLogs: {
    method: 'GET',
    scope: 'either',
    path: `${RUN}/logs`,
    permission: 'readLogs',
    summary: 'The lines of the logs of a run that contain `text`, letter case aside; at most `$top`.',
  },
};
