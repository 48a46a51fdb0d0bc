import type { Route } from './route.ts';

/** Names of the routes of what stands beside runs and definitions. */
export type BuildMoreRoute =
  | 'listChanges'
  | 'listProjectTags'
  | 'deleteProjectTag'
  | 'getBuildProperties'
  | 'updateBuildProperties'
  | 'restoreDefinition'
  | 'listRevisions'
  | 'listDefinitionTags'
  | 'addDefinitionTags'
  | 'addDefinitionTag'
  | 'deleteDefinitionTag'
  | 'getDefinitionProperties'
  | 'updateDefinitionProperties'
  | 'definitionMetrics'
  | 'listDefinitionResources'
  | 'authorizeDefinitionResources'
  | 'listAuthorizedResources'
  | 'authorizeResources'
  | 'listFolders'
  | 'createFolder'
  | 'updateFolder'
  | 'deleteFolder'
  | 'getGeneralSettings'
  | 'updateGeneralSettings'
  | 'latestBuild'
  | 'buildStatus'
  | 'buildBadge'
  | 'buildResourceUsage';

const BUILD = '/_apis/build/builds/:buildId';
const DEFINITION = '/_apis/build/definitions/:definitionId';
const TAGS = '/_apis/build/tags';
const FOLDERS = '/_apis/build/folders';

/** REST.md §3.2 and §3.3. */
export const BUILD_MORE_ROUTES: Readonly<Record<BuildMoreRoute, Route>> = {
  listChanges: {
    method: 'GET',
    scope: 'either',
    path: `${BUILD}/changes`,
    permission: 'readRuns',
    summary: 'The commits since the run of the same pipeline and branch before, newest first.',
  },
  listProjectTags: {
    method: 'GET',
    scope: 'project',
    path: TAGS,
    permission: 'readRuns',
    summary: 'The tags of all runs of a project.',
  },
  deleteProjectTag: {
    method: 'DELETE',
    scope: 'project',
    path: `${TAGS}/:tag`,
    permission: 'editDefinitions',
    summary: 'Takes a tag from all runs and definitions of a project.',
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
  restoreDefinition: {
    method: 'PATCH',
    scope: 'project',
    path: DEFINITION,
    permission: 'editDefinitions',
    summary: 'Answers a definition that is there; what was deleted does not come back.',
  },
  listRevisions: {
    method: 'GET',
    scope: 'project',
    path: `${DEFINITION}/revisions`,
    permission: 'readRuns',
    summary: 'Who changed a definition when; `?revision=` of the definition shows it as it was.',
  },
  listDefinitionTags: {
    method: 'GET',
    scope: 'project',
    path: `${DEFINITION}/tags`,
    permission: 'readRuns',
    summary: 'The tags of a definition.',
  },
  addDefinitionTags: {
    method: 'POST',
    scope: 'project',
    path: `${DEFINITION}/tags`,
    permission: 'editDefinitions',
    summary: 'Adds tags to a definition.',
  },
  addDefinitionTag: {
    method: 'PUT',
    scope: 'project',
    path: `${DEFINITION}/tags/:tag`,
    permission: 'editDefinitions',
    summary: 'Adds one tag to a definition.',
  },
  deleteDefinitionTag: {
    method: 'DELETE',
    scope: 'project',
    path: `${DEFINITION}/tags/:tag`,
    permission: 'editDefinitions',
    summary: 'Takes a tag from a definition.',
  },
  getDefinitionProperties: {
    method: 'GET',
    scope: 'project',
    path: `${DEFINITION}/properties`,
    permission: 'readRuns',
    summary: 'What clients noted at a definition; `filter` names some.',
  },
  updateDefinitionProperties: {
    method: 'PATCH',
    scope: 'project',
    path: `${DEFINITION}/properties`,
    permission: 'editDefinitions',
    summary: 'Changes that by a JSON patch.',
  },
  definitionMetrics: {
    method: 'GET',
    scope: 'project',
    path: `${DEFINITION}/metrics`,
    permission: 'readRuns',
    summary: 'How many runs of a definition wait and run.',
  },
  listDefinitionResources: {
    method: 'GET',
    scope: 'project',
    path: `${DEFINITION}/resources`,
    permission: 'read',
    summary: 'The resources that a definition may use.',
  },
  authorizeDefinitionResources: {
    method: 'PATCH',
    scope: 'project',
    path: `${DEFINITION}/resources`,
    permission: 'administerResources',
    summary: 'Lets a definition use resources, or not.',
  },
  listAuthorizedResources: {
    method: 'GET',
    scope: 'project',
    path: '/_apis/build/authorizedresources',
    permission: 'read',
    summary: 'The resources that every definition may use, by `type` and `id`.',
  },
  authorizeResources: {
    method: 'PATCH',
    scope: 'project',
    path: '/_apis/build/authorizedresources',
    permission: 'administerResources',
    summary: 'Lets every definition use resources, or not.',
  },
  listFolders: {
    method: 'GET',
    scope: 'project',
    path: FOLDERS,
    also: [`${FOLDERS}/*`],
    permission: 'readRuns',
    summary: 'The folders of definitions, all or from a path on.',
  },
  createFolder: {
    method: 'PUT',
    scope: 'project',
    path: FOLDERS,
    also: [`${FOLDERS}/*`],
    permission: 'editDefinitions',
    summary: 'Makes a folder, with the path in the address or in `path`.',
  },
  updateFolder: {
    method: 'POST',
    scope: 'project',
    path: FOLDERS,
    also: [`${FOLDERS}/*`],
    permission: 'editDefinitions',
    summary: 'Moves or describes a folder; definitions in it move with it.',
  },
  deleteFolder: {
    method: 'DELETE',
    scope: 'project',
    path: FOLDERS,
    also: [`${FOLDERS}/*`],
    permission: 'editDefinitions',
    summary: 'Deletes a folder; 409 while definitions are in it.',
  },
  getGeneralSettings: {
    method: 'GET',
    scope: 'project',
    path: '/_apis/build/generalsettings',
    permission: 'read',
    summary: 'The pipeline settings of a project.',
  },
  updateGeneralSettings: {
    method: 'PATCH',
    scope: 'project',
    path: '/_apis/build/generalsettings',
    permission: 'manageProjects',
    summary: 'Changes those that can be changed here.',
  },
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
  buildResourceUsage: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/build/resourceusage',
    permission: 'read',
    summary: 'How many agents there are.',
  },
};
