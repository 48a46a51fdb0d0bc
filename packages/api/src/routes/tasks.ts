import type { Route } from './route.ts';

/** Names of the routes of task packages and secure files. */
export type TaskRoute =
  | 'listTasks'
  | 'listTaskVersions'
  | 'downloadTask'
  | 'installTask'
  | 'removeTask'
  | 'removeTaskVersions'
  | 'listSecureFiles'
  | 'getSecureFile'
  | 'uploadSecureFile'
  | 'deleteSecureFile'
  | 'jobTaskPackage';

const TASKS = '/_apis/distributedtask/tasks';
const VERSION = `${TASKS}/:taskId/:versionString`;
const SECURE_FILES = '/_apis/distributedtask/securefiles';
const SECURE_FILE = `${SECURE_FILES}/:secureFileId`;

/** REST.md §3.8 and §4.1. */
export const TASK_ROUTES: Readonly<Record<TaskRoute, Route>> = {
  listTasks: {
    method: 'GET',
    scope: 'organization',
    path: TASKS,
    permission: 'read',
    summary: 'The task packages that are installed, all versions.',
  },
  listTaskVersions: {
    method: 'GET',
    scope: 'organization',
    path: `${TASKS}/:taskId`,
    permission: 'read',
    summary: 'The installed versions of one task.',
  },
  downloadTask: {
    method: 'GET',
    scope: 'organization',
    path: VERSION,
    permission: 'read',
    summary: 'One version of a task; as a zip for `Accept: application/zip`.',
  },
  installTask: {
    method: 'PUT',
    scope: 'organization',
    path: `${TASKS}/:taskId`,
    permission: 'manageLibrary',
    body: 'content',
    summary: 'Installs a task package, a zip with task.json; `overwrite=true` replaces a version.',
  },
  removeTask: {
    method: 'DELETE',
    scope: 'organization',
    path: VERSION,
    permission: 'manageLibrary',
    summary: 'Removes one version of a task; runs that were queued with it keep it.',
  },
  removeTaskVersions: {
    method: 'DELETE',
    scope: 'organization',
    path: `${TASKS}/:taskId`,
    permission: 'manageLibrary',
    summary: 'Removes every version of a task; runs that were queued with one keep it.',
  },
  listSecureFiles: {
    method: 'GET',
    scope: 'project',
    path: SECURE_FILES,
    permission: 'read',
    summary: 'The secure files of a project, without their contents.',
  },
  getSecureFile: {
    method: 'GET',
    scope: 'project',
    path: SECURE_FILE,
    permission: 'readLogs',
    summary: 'What is known of a secure file; with `download=true` and the ticket of a job, its content.',
  },
  uploadSecureFile: {
    method: 'POST',
    scope: 'project',
    path: SECURE_FILES,
    permission: 'manageLibrary',
    body: 'content',
    summary: 'Adds a secure file under `name`; its content is sealed and never given to a person again.',
  },
  deleteSecureFile: {
    method: 'DELETE',
    scope: 'project',
    path: SECURE_FILE,
    permission: 'manageLibrary',
    summary: 'Deletes a secure file.',
  },
  jobTaskPackage: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/signalbox/agent/v1/jobs/:request/tasks/:sha256',
    permission: 'serve',
    summary: 'The zip of a task package that a job uses.',
  },
};
