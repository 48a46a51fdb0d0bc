import { ROUTES } from '../routes/table.ts';
import type { Collection } from '../wire/common.ts';
import type { WireSecureFile, WireTask } from '../wire/tasks.ts';
import type { Transport } from './transport.ts';

/** Bytes that are sent as they are. */
export type Content = Uint8Array<ArrayBuffer>;

/** Task packages of the organisation, and secure files of a project. */
export interface TasksClient {
  listTasks(): Promise<Collection<WireTask>>;
  listTaskVersions(taskId: string): Promise<Collection<WireTask>>;
  /** `zip` has task.json at its root. */
  installTask(taskId: string, zip: Content, options: { readonly overwrite: boolean }): Promise<WireTask>;
  removeTask(taskId: string, version: string): Promise<void>;
  listSecureFiles(project: string): Promise<Collection<WireSecureFile>>;
  uploadSecureFile(project: string, name: string, content: Content): Promise<WireSecureFile>;
  deleteSecureFile(project: string, secureFileId: string): Promise<void>;
}

/** The calls of `TasksClient`. */
export function tasksClient(transport: Transport): TasksClient {
  return {
    listTasks: () => transport.json(ROUTES.listTasks),
    async listTaskVersions(taskId) {
      const answer = await transport.json(ROUTES.listTaskVersions, { path: { taskId } });
      return 'value' in answer ? answer : { count: 1, value: [answer] };
    },
    installTask: (taskId, content, { overwrite }) =>
      transport.json(ROUTES.installTask, { path: { taskId }, query: { overwrite }, content }),
    removeTask: (taskId, versionString) =>
      transport.json(ROUTES.removeTask, { path: { taskId, versionString } }),
    listSecureFiles: (project) => transport.json(ROUTES.listSecureFiles, { path: { project } }),
    uploadSecureFile: (project, name, content) =>
      transport.json(ROUTES.uploadSecureFile, { path: { project }, query: { name }, content }),
    deleteSecureFile: (project, secureFileId) =>
      transport.json(ROUTES.deleteSecureFile, { path: { project, secureFileId } }),
  };
}
