import type { Route } from './route.ts';

/** Names of the routes of the folders of definitions. */
export type FolderRoute = 'listFolders' | 'createFolder' | 'updateFolder' | 'deleteFolder';

const FOLDERS = '/_apis/build/folders';

/** REST.md §3.2. */
export const FOLDER_ROUTES: Readonly<Record<FolderRoute, Route>> = {
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
    summary: 'Deletes a folder with the definitions in it and their runs; 409 while one is not over or kept.',
  },
};
