import type { WireTime } from '../views.ts';
import type { IdentityRef, ProjectRef } from './common.ts';

/** A folder of definitions. */
export interface WireFolder {
  readonly path: string;
  readonly description: string;
  readonly project: ProjectRef;
  /** Absent: nobody made it, a definition names it. */
  readonly createdBy?: IdentityRef;
  readonly createdOn?: WireTime;
  readonly lastChangedBy?: IdentityRef;
  readonly lastChangedDate?: WireTime;
}

/** A folder to make. */
export interface NewFolder {
  readonly path?: string;
  readonly description?: string | null;
}

/** What can be changed of a folder; another path moves it with all that is in it. */
export interface FolderChange {
  readonly path?: string;
  readonly description?: string | null;
}
