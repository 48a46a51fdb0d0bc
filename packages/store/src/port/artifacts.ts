import type { Instant, ProjectId, RunId } from '@signalbox/model';

/**
 * What kind of record an artifact is (ART-1): files of its own that never change; files in a folder of the run's
 * container; or only the name of a place elsewhere.
 */
export type ArtifactType =
  'PipelineArtifact' | 'Container' | 'FilePath' | 'VersionControl' | 'GitRef' | 'TfvcLabel';

/** What a caller gives of an artifact. */
export interface ArtifactInput {
  readonly project: ProjectId;
  readonly run: RunId;
  readonly name: string;
  readonly type: ArtifactType;
  /** Where it is: the manifest's hash, `#/<container>/<folder>`, or whatever the author wrote. */
  readonly data: string;
  readonly properties: Readonly<Record<string, string>>;
  /** The content that lists the files of a `PipelineArtifact`. */
  readonly manifest?: string;
  readonly files: number;
  readonly bytes: number;
  /** GUID of the timeline record of the job that published it. */
  readonly source: string;
  /** The same key again is the same request, and changes nothing. */
  readonly key: string;
}

/** An artifact of a run; names are unique in their run, letter case aside, over all attempts (ART-2, RETRY-12). */
export interface ArtifactRow extends Omit<ArtifactInput, 'key'> {
  readonly id: number;
  readonly createdAt: Instant;
}

/** Files that were added to a folder of a run's container by one upload; a later one wins over an earlier (ART-6). */
export interface ContainerPart {
  readonly run: RunId;
  readonly folder: string;
  readonly manifest: string;
  readonly files: number;
  readonly bytes: number;
}

/** The artifacts of runs. */
export interface Artifacts {
  /**
   * Makes it, and notes the use of its contents under `artifact:<id>` in the same transaction; refused with
   * `name-taken` when the run has one of that name.
   */
  create(input: ArtifactInput, contents: readonly string[]): Promise<ArtifactRow>;
  get(id: number): Promise<ArtifactRow | undefined>;
  /** By name, letter case aside. */
  find(run: RunId, name: string): Promise<ArtifactRow | undefined>;
  /** In the order of publishing. */
  list(run: RunId): Promise<readonly ArtifactRow[]>;
  /** Adds files to a folder of the run's container; notes the use of their contents under `container:<run>`. */
  addPart(
    part: ContainerPart & { readonly project: ProjectId; readonly key: string },
    contents: readonly string[],
  ): Promise<void>;
  /** The parts of one folder, or of all, in the order of uploading. */
  parts(run: RunId, folder?: string): Promise<readonly ContainerPart[]>;
  /**
   * Deletes the artifacts that are older than `before` and whose runs are over, and lets go of their contents; answers
   * how many, at most 500 at a time.
   */
  expire(before: Instant): Promise<number>;
  /** Deletes everything that runs have published, and lets go of the contents: a run takes its artifacts along (ART-7). */
  removeOfRun(run: RunId): Promise<void>;
}
