import type { Route } from './route.ts';

/** Names of the routes of what holds for all pipelines of a project. */
export type ProjectSettingRoute =
  | 'getGeneralSettings'
  | 'updateGeneralSettings'
  | 'listAuthorizedResources'
  | 'authorizeResources'
  | 'listDefinitionResources'
  | 'authorizeDefinitionResources'
  | 'listProjectTags'
  | 'deleteProjectTag'
  | 'buildResourceUsage';

const DEFINITION = '/_apis/build/definitions/:definitionId';
const TAGS = '/_apis/build/tags';

/** REST.md §3.2 and §3.3. */
export const PROJECT_SETTING_ROUTES: Readonly<Record<ProjectSettingRoute, Route>> = {
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
  buildResourceUsage: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/build/resourceusage',
    permission: 'read',
    summary: 'How many agents there are.',
  },
};
