import type { Collection } from '../wire/common.ts';
import type { FolderChange, NewFolder, WireFolder } from '../wire/folders.ts';

/** The folder, where the address does not name it. */
interface FolderQuery {
  readonly path?: string;
}

/** What the routes of `routes/folders.ts` take and answer. */
export interface FolderShapes {
  readonly listFolders: {
    readonly query: FolderQuery & { readonly queryOrder?: 'none' | 'folderAscending' | 'folderDescending' };
    readonly answer: Collection<WireFolder>;
  };
  readonly createFolder: {
    readonly query: FolderQuery;
    readonly body: NewFolder;
    readonly answer: WireFolder;
    readonly refuses: 409;
  };
  readonly updateFolder: {
    readonly query: FolderQuery;
    readonly body: FolderChange;
    readonly answer: WireFolder;
    readonly refuses: 409;
  };
  readonly deleteFolder: { readonly query: FolderQuery; readonly answer: undefined; readonly refuses: 409 };
}
