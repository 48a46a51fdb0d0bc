import { ROUTES } from '../routes/table.ts';
import type { WireArtifact, WireArtifactFile } from '../wire/artifacts.ts';
import type { FetchResponse, Transport } from './transport.ts';

/** The artifacts of runs. */
export interface ArtifactsClient {
  listArtifacts(project: string, run: number): Promise<readonly WireArtifact[]>;
  /** The files of an artifact that has files here; the list of others is empty. */
  listArtifactFiles(project: string, run: number, name: string): Promise<readonly WireArtifactFile[]>;
  /** The content of one file, still to be read. */
  openArtifactFile(project: string, run: number, file: NamedFile): Promise<FetchResponse>;
}

/** A file of an artifact. */
export interface NamedFile {
  readonly artifact: string;
  /** Its `blob.id`. */
  readonly id: string;
}

/** The calls of `ArtifactsClient`. */
export function artifactsClient(transport: Transport): ArtifactsClient {
  return {
    async listArtifacts(project, buildId) {
      const path = { project, buildId };
      const answer = await transport.json(ROUTES.listArtifacts, { path });
      return 'value' in answer ? answer.value : [];
    },
    async listArtifactFiles(project, buildId, artifactName) {
      const query = { artifactName, fileId: 'manifest' };
      const path = { project, buildId };
      const answer = await transport.json(ROUTES.listArtifacts, { path, query });
      return 'items' in answer ? answer.items : [];
    },
    openArtifactFile: (project, buildId, { artifact, id }) =>
      transport.open(ROUTES.listArtifacts, {
        path: { project, buildId },
        query: { artifactName: artifact, fileId: id },
        accept: 'application/octet-stream',
      }),
  };
}
