import type { Route } from './route.ts';

/** Names of the routes below `_apis/pipelines`. */
export type PipelinesRoute =
  | 'listPipelines'
  | 'createPipeline'
  | 'getPipeline'
  | 'listRuns'
  | 'runPipeline'
  | 'getRun'
  | 'previewPipeline'
  | 'queueForm'
  | 'listRunLogs'
  | 'getRunLog'
  | 'listResourceLocks'
  | 'listChecks'
  | 'createCheck'
  | 'getCheck'
  | 'updateCheck'
  | 'deleteCheck'
  | 'queryChecks'
  | 'listCheckSuites'
  | 'evaluateChecks'
  | 'getCheckSuite'
  | 'operateCheck'
  | 'listApprovals'
  | 'getApproval'
  | 'updateApprovals';

const PIPELINES = '/_apis/pipelines';
const PIPELINE = `${PIPELINES}/:pipelineId`;
const SUITES = `${PIPELINES}/checks/runs`;
const CHECKS = `${PIPELINES}/checks/configurations`;

/** REST.md §3.4 and §3.6. */
export const PIPELINES_ROUTES: Readonly<Record<PipelinesRoute, Route>> = {
  listPipelines: {
    method: 'GET',
    scope: 'project',
    path: PIPELINES,
    permission: 'readRuns',
    summary: 'The pipelines of a project.',
  },
  createPipeline: {
    method: 'POST',
    scope: 'project',
    path: PIPELINES,
    permission: 'editDefinitions',
    summary: 'Creates a pipeline from a YAML file of a repository.',
  },
  getPipeline: {
    method: 'GET',
    scope: 'project',
    path: PIPELINE,
    permission: 'readRuns',
    summary: 'One pipeline.',
  },
  listRuns: {
    method: 'GET',
    scope: 'project',
    path: `${PIPELINE}/runs`,
    permission: 'readRuns',
    summary: 'The newest runs of a pipeline.',
  },
  runPipeline: {
    method: 'POST',
    scope: 'project',
    path: `${PIPELINE}/runs`,
    permission: 'queueRuns',
    summary: 'Queues a run; with `previewRun` only expands the file.',
  },
  getRun: {
    method: 'GET',
    scope: 'project',
    path: `${PIPELINE}/runs/:runId`,
    permission: 'readRuns',
    summary: 'One run of a pipeline.',
  },
  previewPipeline: {
    method: 'POST',
    scope: 'project',
    path: `${PIPELINE}/preview`,
    permission: 'read',
    summary:
      'The expanded YAML, without a run; `yamlOverride` replaces the file, `?form=azure` writes steps as tasks.',
  },
  queueForm: {
    method: 'GET',
    scope: 'project',
    path: `${PIPELINE}/form`,
    permission: 'read',
    summary: 'What a form needs that queues a run of a branch: parameters, variables and stages.',
  },
  listRunLogs: {
    method: 'GET',
    scope: 'project',
    path: `${PIPELINE}/runs/:runId/logs`,
    permission: 'readLogs',
    summary: 'The logs of a run.',
  },
  getRunLog: {
    method: 'GET',
    scope: 'project',
    path: `${PIPELINE}/runs/:runId/logs/:logId`,
    permission: 'readLogs',
    summary: 'One log of a run.',
  },
  listResourceLocks: {
    method: 'GET',
    scope: 'project',
    path: `${PIPELINES}/resourcelocks`,
    permission: 'readRuns',
    summary: 'Who holds and who waits, in the published shape, with position and reasons.',
  },
  listChecks: {
    method: 'GET',
    scope: 'project',
    path: CHECKS,
    permission: 'read',
    summary: 'The checks of a resource.',
  },
  createCheck: {
    method: 'POST',
    scope: 'project',
    path: CHECKS,
    permission: 'administerResources',
    summary: 'Adds a check of any type to a resource.',
  },
  getCheck: {
    method: 'GET',
    scope: 'project',
    path: `${CHECKS}/:checkId`,
    permission: 'read',
    summary: 'One check.',
  },
  updateCheck: {
    method: 'PATCH',
    scope: 'project',
    path: `${CHECKS}/:checkId`,
    permission: 'administerResources',
    summary: 'Changes a check.',
  },
  deleteCheck: {
    method: 'DELETE',
    scope: 'project',
    path: `${CHECKS}/:checkId`,
    permission: 'administerResources',
    summary: 'Takes a check off its resource.',
  },
  queryChecks: {
    method: 'POST',
    scope: 'project',
    path: `${PIPELINES}/checks/queryconfigurations`,
    permission: 'read',
    summary: 'The checks of several resources.',
  },
  listCheckSuites: {
    method: 'GET',
    scope: 'project',
    path: SUITES,
    permission: 'readRuns',
    summary: 'The check suites of a run, `runId`: one for each stage that has checks.',
  },
  evaluateChecks: {
    method: 'POST',
    scope: 'project',
    path: SUITES,
    permission: 'readRuns',
    summary: 'The check suite that the body names by `id`; stages begin suites, requests do not.',
  },
  getCheckSuite: {
    method: 'GET',
    scope: 'project',
    path: `${SUITES}/:suiteId`,
    permission: 'readRuns',
    summary: 'One check suite: what a stage waits for, since when, until when.',
  },
  operateCheck: {
    method: 'PATCH',
    scope: 'project',
    path: `${SUITES}/:suiteId`,
    permission: 'operateChecks',
    summary: 'Bypasses a check (administrators of its resource), runs it again, or defers it.',
  },
  listApprovals: {
    method: 'GET',
    scope: 'project',
    path: `${PIPELINES}/approvals`,
    permission: 'readRuns',
    summary: 'Approvals that runs have asked for, newest first; `$expand=steps` shows who decided what.',
  },
  getApproval: {
    method: 'GET',
    scope: 'project',
    path: `${PIPELINES}/approvals/:approvalId`,
    permission: 'readRuns',
    summary: 'One approval.',
  },
  updateApprovals: {
    method: 'PATCH',
    scope: 'project',
    path: `${PIPELINES}/approvals`,
    permission: 'decideApprovals',
    summary: 'Approves, rejects, defers or reassigns approvals; several in one list.',
  },
};
