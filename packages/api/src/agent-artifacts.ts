/**
 * The part of the agent protocol that carries files: artifacts, caches, and the contents that they are made of. Every
 * request carries the lease, as in `agent-protocol.ts`, and is answered 409 `lease-refused` with an old one.
 *
 * Contents travel apart from the lists that name them. A content is at most `CONTENT_BYTES` long and named by its
 * SHA-256; larger files are several contents, small ones share one. So every request is short, can be sent again as it
 * is, and neither side ever holds more than one content of a file:
 *
 * 1. `POST jobs/{request}/blobs/missing` says which contents have to be sent.
 * 2. `PUT jobs/{request}/blobs/{sha256}?lease=N` sends one, as `application/x-signalbox-content`; 204, also when it was
 *    there. 422 `blob-mismatch`: it was damaged on the way; 413 `blob-too-large`; 507 `storage-full`.
 * 3. The manifest, an `ArtifactManifest` as JSON, is a content like the others.
 * 4. One of the requests below names the manifest, and makes the artifact or the cache. It counts once by its `key`.
 *
 * `GET jobs/{request}/blobs/{sha256}?lease=N&owner=artifact:12` gives a content back to a job that may read its owner.
 */
export const CONTENT_BYTES: number = 4 * 1024 * 1024;

/** Largest manifest, in bytes. */
export const MANIFEST_BYTES: number = 64 * 1024 * 1024;

/** What every request of this part carries. */
interface Leased {
  readonly lease: number;
}

/** Asks which contents have to be sent: those that neither this job nor its project has. At most 5,000 at once. */
export interface MissingContentsRequest extends Leased {
  readonly sha256: readonly string[];
}

/** The contents to send, in the order of the question. */
export interface MissingContentsResponse {
  readonly missing: readonly string[];
}

/**
 * `POST jobs/{request}/artifacts/publish`: makes a pipeline artifact of the job's run; it never changes (ART-1). 409
 * `artifact-exists` when the run has one of that name (RETRY-12); 400 for a name or a manifest that is not right.
 */
export interface PublishArtifactRequest extends Leased {
  readonly name: string;
  /** The content that lists the files. */
  readonly manifest: string;
  readonly properties?: Readonly<Record<string, string>>;
  /** A fresh random text for each artifact; the same one again is the same request. */
  readonly key: string;
}

/**
 * `POST jobs/{request}/artifacts/upload`: adds files to a folder of the run's container, and registers the folder as a
 * build artifact unless the run has that one already (ART-6, LOG-26).
 */
export interface UploadArtifactRequest extends PublishArtifactRequest {
  readonly folder: string;
}

/** `POST jobs/{request}/artifacts/associate`: registers a place elsewhere as an artifact (LOG-25). */
export interface AssociateArtifactRequest extends Leased {
  readonly name: string;
  readonly type: 'Container' | 'FilePath' | 'VersionControl' | 'GitRef' | 'TfvcLabel';
  readonly data: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly key: string;
}

/** Which run's artifacts. */
export type ArtifactSource =
  | { readonly kind: 'current' }
  /** A pipeline resource of the file (RSRC-2). */
  | { readonly kind: 'alias'; readonly alias: string }
  /** One run, or the latest of a pipeline; names or numbers, absent: the job's own project. */
  | {
      readonly kind: 'specific';
      readonly project?: string;
      readonly pipeline?: string;
      readonly run?: number;
      /** Full ref; the latest run of that branch. */
      readonly branch?: string;
      readonly tags?: readonly string[];
      readonly allowPartiallySucceeded?: boolean;
      readonly allowFailed?: boolean;
    };

/** `POST jobs/{request}/artifacts/find`: 404 `run-not-found`, `artifact-not-found` when there is no such thing. */
export interface FindArtifactsRequest extends Leased {
  readonly source: ArtifactSource;
  /** Absent: all that have files. */
  readonly name?: string;
}

/** The artifacts of one run. */
export interface FindArtifactsResponse {
  readonly run: number;
  readonly artifacts: readonly FoundArtifact[];
}

/** An artifact with files; later manifests win over earlier ones where they name the same path. */
export interface FoundArtifact {
  readonly name: string;
  readonly type: 'PipelineArtifact' | 'Container';
  /** Whose contents they are: goes into the `owner` of a download. */
  readonly owner: string;
  readonly manifests: readonly string[];
}

/** `POST jobs/{request}/caches/find`. */
export interface FindCacheRequest extends Leased {
  /** Segments joined by `|`. */
  readonly key: string;
  readonly restoreKeys: readonly string[];
}

/** The best cache that the run may read: of its own branch, of the target of its pull request, of the default branch. */
export interface FindCacheResponse {
  readonly cache?: {
    readonly key: string;
    readonly owner: string;
    readonly manifest: string;
    readonly bytes: number;
  };
}

/** `POST jobs/{request}/caches/save`: keeps a cache for the run's branch, unless there is one of that key. */
export interface SaveCacheRequest extends Leased {
  readonly key: string;
  readonly manifest: string;
}

/** False: there was one of that key, and it stays. */
export interface SaveCacheResponse {
  readonly saved: boolean;
}
