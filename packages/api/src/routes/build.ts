import type { Route } from './route.ts';

/** Names of the routes of the area `build`. */
export type BuildRoute =
  | 'listDefinitions'
  | 'createDefinition'
  | 'getDefinition'
  | 'updateDefinition'
  | 'deleteDefinition'
  | 'restoreDefinition'
  | 'definitionYaml'
  | 'listBuilds'
  | 'queueBuild'
  | 'getBuild'
  | 'updateBuild'
  | 'updateBuilds'
  | 'getTimeline'
  | 'getTimelineById'
  | 'listLogs'
  | 'getLog'
  | 'updateStage'
  | 'listTags'
  | 'addTags'
  | 'changeTags'
  | 'addTag'
  | 'deleteTag';

const BUILDS = '/_apis/build/builds';
const BUILD = `${BUILDS}/:buildId`;
const DEFINITIONS = '/_apis/build/definitions';

/** REST.md §3.2 and §3.3. */
export const BUILD_ROUTES: Readonly<Record<BuildRoute, Route>> = {
  listDefinitions: {
    method: 'GET',
    scope: 'project',
    path: DEFINITIONS,
    permission: 'readRuns',
    summary: 'The pipeline definitions of a project.',
  },
  createDefinition: {
    method: 'POST',
    scope: 'project',
    path: DEFINITIONS,
    permission: 'editDefinitions',
    summary: 'Creates a definition.',
  },
  getDefinition: {
    method: 'GET',
    scope: 'project',
    path: `${DEFINITIONS}/:definitionId`,
    permission: 'readRuns',
    summary: 'One definition with everything that was stored in it.',
  },
  updateDefinition: {
    method: 'PUT',
    scope: 'project',
    path: `${DEFINITIONS}/:definitionId`,
    permission: 'editDefinitions',
    summary: 'Replaces a definition; 409 when its revision is not the newest.',
  },
  deleteDefinition: {
    method: 'DELETE',
    scope: 'project',
    path: `${DEFINITIONS}/:definitionId`,
    permission: 'editDefinitions',
    summary: 'Deletes a definition; its runs stay, and for 30 days it can be restored.',
  },
  restoreDefinition: {
    method: 'PATCH',
    scope: 'project',
    path: `${DEFINITIONS}/:definitionId`,
    permission: 'editDefinitions',
    summary: 'Restores a deleted definition as it was, with `?deleted=false`.',
  },
  definitionYaml: {
    method: 'GET',
    scope: 'project',
    path: `${DEFINITIONS}/:definitionId/yaml`,
    permission: 'read',
    summary: 'The pipeline file at the newest commit of the default branch.',
  },
  listBuilds: {
    method: 'GET',
    scope: 'either',
    path: BUILDS,
    permission: 'readRuns',
    summary: 'Runs, filtered and ordered.',
  },
  queueBuild: {
    method: 'POST',
    scope: 'either',
    path: BUILDS,
    permission: 'queueRuns',
    summary: 'Queues a run.',
  },
  getBuild: {
    method: 'GET',
    scope: 'either',
    path: BUILD,
    permission: 'readRuns',
    summary: 'One run.',
  },
  updateBuild: {
    method: 'PATCH',
    scope: 'either',
    path: BUILD,
    permission: 'queueRuns',
    summary: 'Cancels a run, with `status: cancelling`; runs its failed stages again, with `?retry=true`.',
  },
  updateBuilds: {
    method: 'PATCH',
    scope: 'either',
    path: BUILDS,
    permission: 'queueRuns',
    summary: 'The same for several runs.',
  },
  getTimeline: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/timeline`,
    permission: 'readRuns',
    summary: 'Stages, phases, jobs, tasks and checkpoints of a run.',
  },
  getTimelineById: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/timeline/:timelineId`,
    permission: 'readRuns',
    summary: 'The same; the id of the plan is the id of the timeline.',
  },
  listLogs: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/logs`,
    permission: 'readLogs',
    summary: 'The logs of a run; with Accept application/zip all of them.',
  },
  getLog: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/logs/:logId`,
    permission: 'readLogs',
    summary: 'One log as text, JSON or zip, whole or from `startLine` to `endLine`.',
  },
  updateStage: {
    method: 'PATCH',
    scope: 'either',
    path: `${BUILD}/stages/:stage`,
    permission: 'queueRuns',
    summary: 'Cancels one stage of a run, runs it again, or starts it by hand.',
  },
  listTags: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/tags`,
    permission: 'readRuns',
    summary: 'The tags of a run.',
  },
  addTags: {
    method: 'POST',
    scope: 'either',
    path: `${BUILD}/tags`,
    permission: 'queueRuns',
    summary: 'Adds tags to a run.',
  },
  changeTags: {
    method: 'PATCH',
    scope: 'either',
    path: `${BUILD}/tags`,
    permission: 'queueRuns',
    summary: 'Adds tags to a run and takes others from it.',
  },
  addTag: {
    method: 'PUT',
    scope: 'either',
    path: `${BUILD}/tags/:tag`,
    permission: 'queueRuns',
    summary: 'Adds one tag to a run.',
  },
  deleteTag: {
    method: 'DELETE',
    scope: 'either',
    path: `${BUILD}/tags/:tag`,
    permission: 'queueRuns',
    summary: 'Takes a tag from a run.',
  },
};
