import type { WireTime } from '../views.ts';

/** An artifact of a run, as the builds API has it (REST.md §3.3). */
export interface WireArtifact {
  readonly id: number;
  readonly name: string;
  /** The timeline record of the job that published it. */
  readonly source: string;
  readonly resource: {
    readonly type: string;
    readonly data: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly url: string;
    /** Its files as a zip archive, or the place itself. */
    readonly downloadUrl: string;
  };
}

/** The files of an artifact, as `fileId` of its list gives them. */
export interface WireArtifactFiles {
  readonly manifestFormat: 'V3';
  readonly items: readonly WireArtifactFile[];
}

/** One file: `path` begins with `/`; `blob.id`, its SHA-256, is the `fileId` of its content. */
export interface WireArtifactFile {
  readonly path: string;
  readonly blob: { readonly id: string; readonly size: number };
}

/** An artifact, as the pipelines API has it (REST.md §3.4). */
export interface WireRunArtifact {
  readonly name: string;
  readonly url: string;
  /** Its files as a zip; where `$expand=signedContent` asks for it. */
  readonly signedContent?: WireSignedContent;
}

/** What registers a place elsewhere as an artifact. */
export interface NewArtifact {
  readonly name: string;
  readonly resource: {
    readonly type: 'Container' | 'FilePath' | 'VersionControl' | 'GitRef' | 'TfvcLabel';
    /** The place. */
    readonly data: string;
    readonly properties?: Readonly<Record<string, string>>;
  };
  /** The timeline record of the job that made it. */
  readonly source?: string;
}

/** An address that opens one content without a token, for a short while. */
export interface WireSignedContent {
  readonly url: string;
  readonly signatureExpires: WireTime;
}
