import type { Guid, Instant, ProjectId, TaskManifest } from '@signalbox/model';

/** A task package of the organisation, at one version. Its zip lies in the blob store. */
export interface TaskPackageInput {
  readonly manifest: TaskManifest;
  /** Of its zip. */
  readonly sha256: string;
  readonly size: number;
}

/** A task package that is installed; versions stand beside each other (STEPY-6). */
export interface TaskPackageRow extends TaskPackageInput {
  readonly id: number;
  readonly installedBy: string;
  readonly installedAt: Instant;
}

/** Task packages by the id of the task and its version. */
export interface TaskPackages {
  /** Adds a version, or replaces it. */
  install(input: TaskPackageInput & { readonly by: string }): Promise<TaskPackageRow>;
  get(task: Guid, version: string): Promise<TaskPackageRow | undefined>;
  /** By name, letter case aside; of one task the newest first. */
  list(): Promise<readonly TaskPackageRow[]>;
  /** False when there was none. */
  remove(task: Guid, version: string): Promise<boolean>;
}

/** What is known of a secure file. The content is sealed, and lies in the blob store. */
export interface SecureFileInput {
  readonly name: string;
  readonly guid: Guid;
  /** Of the sealed content. */
  readonly sha256: string;
  /** Bytes of the content itself. */
  readonly size: number;
}

/** A secure file of a project: a certificate, a key, a profile. */
export interface SecureFileRow extends SecureFileInput {
  readonly id: number;
  readonly project: ProjectId;
  readonly createdBy: string;
  readonly createdAt: Instant;
}

/** Secure files; names are unique in their project, letter case aside. A file never changes: it is replaced by another. */
export interface SecureFiles {
  create(project: ProjectId, input: SecureFileInput & { readonly by: string }): Promise<SecureFileRow>;
  /** By GUID, in any letter case. */
  get(project: ProjectId, guid: Guid): Promise<SecureFileRow | undefined>;
  find(project: ProjectId, name: string): Promise<SecureFileRow | undefined>;
  /** By name. */
  list(project: ProjectId): Promise<readonly SecureFileRow[]>;
  /** The same content, sealed anew; false when the file is gone or has another content by now. */
  reseal(
    project: ProjectId,
    guid: Guid,
    sha256: { readonly from: string; readonly to: string },
  ): Promise<boolean>;
  /** False when there was none. */
  remove(project: ProjectId, guid: Guid): Promise<boolean>;
}
