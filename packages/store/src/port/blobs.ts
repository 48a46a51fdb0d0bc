import type { Instant, ProjectId } from '@signalbox/model';

/** Who uses contents: a kind and a number or name, for example `artifact:12`, `lease:3:7:1`. */
export interface BlobOwner {
  readonly owner: string;
  readonly project: ProjectId;
}

/**
 * Which contents of the blob store are in use, and by whom. The contents lie elsewhere; one that no row names here
 * is removed after a grace. Contents are named by their SHA-256 in lower-case hexadecimal digits.
 */
export interface Blobs {
  /** Notes that the owner uses these contents; what it used before it still does. */
  use(owner: BlobOwner, sha256: readonly string[]): Promise<void>;
  /** The owner uses nothing any more. */
  release(owner: string): Promise<void>;
  /** Releases every owner whose name begins with `lease:` and that used nothing new since `before`. */
  releaseLeases(before: Instant): Promise<void>;
  /** Those of them that anybody uses. */
  used(sha256: readonly string[]): Promise<readonly string[]>;
  /** Those of them that somebody of the project uses. */
  usedIn(project: ProjectId, sha256: readonly string[]): Promise<readonly string[]>;
  /** True when this owner uses this content. */
  uses(owner: string, sha256: string): Promise<boolean>;
}
