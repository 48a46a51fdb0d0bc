import type { Route } from './route.ts';

/** Names of the routes by which agents leave results; shapes in `agent-results.ts`. */
export type AgentResultRoute = 'jobAttach' | 'jobTests' | 'jobCoverage';

/** Names of the routes of what steps leave behind: logs, attachments, results of tests. */
export type ResultRoute =
  | AgentResultRoute
  | 'searchLogs'
  | 'runResults'
  | 'listAttachments'
  | 'getAttachment'
  | 'buildReport'
  | 'listTestRuns'
  | 'getTestRun'
  | 'listTestResults'
  | 'codeCoverage';

const RUN = '/_apis/signalbox/runs/:runId';
const BUILD = '/_apis/build/builds/:buildId';
const JOB = '/_apis/signalbox/agent/v1/jobs/:request/results';

/** REST.md §3.3, and our own. */
export const RESULT_ROUTES: Readonly<Record<ResultRoute, Route>> = {
  searchLogs: {
    method: 'GET',
    scope: 'either',
    path: `${RUN}/logs`,
    permission: 'readLogs',
    summary: 'The lines of the logs of a run that contain `text`, letter case aside; at most `$top`.',
  },
  runResults: {
    method: 'GET',
    scope: 'either',
    path: `${RUN}/results`,
    permission: 'readRuns',
    summary: 'Tests, coverage, summaries and attachments of a run.',
  },
  listAttachments: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/attachments/:type`,
    permission: 'readRuns',
    summary: 'The attachments of one type.',
  },
  getAttachment: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/:timelineId/:recordId/attachments/:type/:name`,
    permission: 'readLogs',
    summary: 'The content of an attachment.',
  },
  buildReport: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/report`,
    permission: 'readRuns',
    summary: 'A run in a few lines of HTML.',
  },
  listTestRuns: {
    method: 'GET',
    scope: 'project',
    path: '/_apis/test/runs',
    permission: 'readRuns',
    summary: 'The published results of tests of the run that `buildUri` names.',
  },
  getTestRun: {
    method: 'GET',
    scope: 'project',
    path: '/_apis/test/runs/:testRunId',
    permission: 'readRuns',
    summary: 'One of them.',
  },
  listTestResults: {
    method: 'GET',
    scope: 'project',
    path: '/_apis/test/runs/:testRunId/results',
    permission: 'readRuns',
    summary: 'Its tests, by `outcomes`, `$skip` and `$top`.',
  },
  codeCoverage: {
    method: 'GET',
    scope: 'project',
    path: '/_apis/test/codecoverage',
    permission: 'readRuns',
    summary: 'The coverage of the run that `buildId` names.',
  },
  jobAttach: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/attach`,
    permission: 'serve',
    summary: 'Attaches a content that a job has sent to a record of its run.',
  },
  jobTests: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/tests`,
    permission: 'serve',
    summary: 'Adds results of tests to the run of a job.',
  },
  jobCoverage: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/coverage`,
    permission: 'serve',
    summary: 'Sets the coverage that a step of a job found.',
  },
};
