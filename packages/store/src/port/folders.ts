import type { Instant, ProjectId } from '@signalbox/model';

/** A folder of pipelines that somebody made; those that only pipelines name are not in here. */
export interface FolderRow {
  readonly project: ProjectId;
  /** For example `\team\web`; never the root. */
  readonly path: string;
  readonly description: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly modifiedBy: string;
  readonly modifiedAt: Instant;
}

/** What a caller gives of a folder. */
export type FolderInput = Pick<FolderRow, 'path' | 'description'> & { readonly by: string };

/** Folders of pipelines; paths are unique in their project, letter case aside (REST.md §3.2). */
export interface Folders {
  /** By path. */
  list(project: ProjectId): Promise<readonly FolderRow[]>;
  /** Refused with `name-taken` when there is one. */
  create(project: ProjectId, input: FolderInput): Promise<FolderRow>;
  /**
   * Gives the folder, made unless it is there, another path and description. Folders and pipelines in it move with
   * it; refused with `name-taken` when something is in the way.
   */
  move(project: ProjectId, from: string, to: FolderInput): Promise<FolderRow>;
  /** With the folders in it; pipelines stay where they are. */
  remove(project: ProjectId, path: string): Promise<void>;
}
