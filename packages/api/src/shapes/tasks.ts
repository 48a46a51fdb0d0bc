import type { Collection } from '../wire/common.ts';
import type { WireSecureFile, WireTask } from '../wire/tasks.ts';

/** What the routes of `routes/tasks.ts` take and answer. */
export interface TaskShapes {
  readonly listTasks: { readonly answer: Collection<WireTask> };
  readonly listTaskVersions: {
    /** That version alone, as in the path: azure-devops-node-api 17 writes it here. */
    readonly query: { readonly versionString?: string };
    readonly answer: Collection<WireTask> | WireTask;
    readonly media: 'application/zip';
  };
  readonly downloadTask: { readonly answer: WireTask; readonly media: 'application/zip' };
  readonly installTask: {
    /** Whether another content may replace a version that is there. */
    readonly query: { readonly overwrite?: boolean };
    readonly answer: WireTask;
    readonly refuses: 409 | 507;
  };
  readonly removeTask: { readonly answer: undefined };
  readonly removeTaskVersions: { readonly answer: undefined };
  readonly listSecureFiles: { readonly answer: Collection<WireSecureFile> };
  readonly getSecureFile: {
    readonly query: {
      /** Its content, for a job with its ticket. */
      readonly download?: boolean;
      readonly ticket?: string;
    };
    readonly answer: WireSecureFile;
    readonly media: 'application/octet-stream';
  };
  readonly uploadSecureFile: {
    readonly query: { readonly name: string };
    readonly answer: WireSecureFile;
    readonly refuses: 409;
  };
  readonly deleteSecureFile: { readonly answer: undefined; readonly refuses: 409 };
  readonly jobTaskPackage: {
    readonly query: { readonly lease: number };
    readonly answer: undefined;
    readonly media: 'application/zip';
    readonly refuses: 409;
  };
}
