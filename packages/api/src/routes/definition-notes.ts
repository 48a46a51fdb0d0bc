import type { Route } from './route.ts';

/** Names of the routes of the history, tags, properties and figures of definitions. */
export type DefinitionNoteRoute =
  | 'listRevisions'
  | 'listDefinitionTags'
  | 'addDefinitionTags'
  | 'changeDefinitionTags'
  | 'addDefinitionTag'
  | 'deleteDefinitionTag'
  | 'getDefinitionProperties'
  | 'updateDefinitionProperties'
  | 'definitionMetrics';

const DEFINITION = '/_apis/build/definitions/:definitionId';

/** REST.md §3.2. */
export const DEFINITION_NOTE_ROUTES: Readonly<Record<DefinitionNoteRoute, Route>> = {
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
  changeDefinitionTags: {
    method: 'PATCH',
    scope: 'project',
    path: `${DEFINITION}/tags`,
    permission: 'editDefinitions',
    summary: 'Adds tags to a definition and takes others from it.',
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
};
