import type { NewArtifact, WireArtifact, WireArtifactFiles, WireRunArtifact } from '../wire/artifacts.ts';
import type { Collection } from '../wire/common.ts';
import type { LogQuery, SignedQuery } from './logs.ts';

/** What the routes of `routes/artifacts.ts` take and answer. */
export interface ArtifactShapes {
  readonly listArtifacts: {
    readonly query: {
      /** One artifact instead of the list. */
      readonly artifactName?: string;
      /** With `artifactName`: `manifest` for the list of its files, or the `blob.id` of one. */
      readonly fileId?: string;
      /** With `$format=file` or `zip`: the file or the folder. */
      readonly subPath?: string;
      /** `json`, `zip` or `file`; without it the header Accept says `zip`. */
      readonly $format?: string;
    };
    readonly answer: Collection<WireArtifact> | WireArtifact | WireArtifactFiles;
    readonly media: 'application/zip' | 'application/octet-stream';
  };
  readonly createArtifact: {
    readonly body: NewArtifact;
    readonly answer: WireArtifact;
    readonly refuses: 409;
  };
  readonly listRunArtifacts: {
    readonly query: SignedQuery & { readonly artifactName: string };
    readonly answer: WireRunArtifact;
  };
  readonly signedContent: {
    readonly query: LogQuery;
    readonly answer: undefined;
    readonly media: 'text/plain' | 'application/json' | 'application/zip';
  };
}
