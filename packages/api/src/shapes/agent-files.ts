import type {
  AssociateArtifactRequest,
  FindArtifactsRequest,
  FindArtifactsResponse,
  FindCacheRequest,
  FindCacheResponse,
  MissingContentsRequest,
  MissingContentsResponse,
  PublishArtifactRequest,
  SaveCacheRequest,
  SaveCacheResponse,
  UploadArtifactRequest,
} from '../agent-artifacts.ts';

/** What the routes of `routes/agent-files.ts` take and answer. */
export interface AgentFilesShapes {
  readonly jobContentsMissing: {
    readonly body: MissingContentsRequest;
    readonly answer: MissingContentsResponse;
    readonly refuses: 409;
  };
  readonly jobContentPut: {
    readonly query: { readonly lease: number };
    readonly answer: undefined;
    readonly refuses: 409 | 422 | 507;
  };
  readonly jobContentGet: {
    readonly query: {
      readonly lease: number;
      /** Whose content it is: `artifact:12`. */
      readonly owner: string;
    };
    readonly answer: undefined;
    readonly media: 'application/octet-stream';
    readonly refuses: 409;
  };
  readonly jobArtifactPublish: {
    readonly body: PublishArtifactRequest;
    readonly answer: undefined;
    readonly refuses: 409;
  };
  readonly jobArtifactUpload: {
    readonly body: UploadArtifactRequest;
    readonly answer: undefined;
    readonly refuses: 409;
  };
  readonly jobArtifactAssociate: {
    readonly body: AssociateArtifactRequest;
    readonly answer: undefined;
    readonly refuses: 409;
  };
  readonly jobArtifactsFind: {
    readonly body: FindArtifactsRequest;
    readonly answer: FindArtifactsResponse;
    readonly refuses: 409;
  };
  readonly jobCacheFind: {
    readonly body: FindCacheRequest;
    readonly answer: FindCacheResponse;
    readonly refuses: 409;
  };
  readonly jobCacheSave: {
    readonly body: SaveCacheRequest;
    readonly answer: SaveCacheResponse;
    readonly refuses: 409;
  };
}
