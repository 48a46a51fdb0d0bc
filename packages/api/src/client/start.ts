import { ROUTES } from '../routes/table.ts';
import type { FilePreview, OutputView, PlaceOfFile, RepositoryLook, RepositoryPlace } from '../wire/start.ts';
import type { Transport } from './transport.ts';

/** What a first pipeline needs, and what its runs give. */
export interface StartClient {
  /** The YAML files of a repository; an `ApiError` of one sentence when it cannot be read. */
  lookIntoRepository(project: string, place: RepositoryPlace): Promise<RepositoryLook>;
  /** What a pipeline of a file would be; nothing is made. */
  previewFile(project: string, file: PlaceOfFile): Promise<FilePreview>;
  /** The output variables of a run, in the order of its stages. */
  listOutputs(project: string, run: number): Promise<readonly OutputView[]>;
}

/** The calls of `StartClient`. */
export function startClient(transport: Transport): StartClient {
  return {
    lookIntoRepository: (project, body) =>
      transport.json(ROUTES.lookIntoRepository, { path: { project }, body }),
    previewFile: (project, body) => transport.json(ROUTES.previewFile, { path: { project }, body }),
    async listOutputs(project, runId) {
      return (await transport.json(ROUTES.runOutputs, { path: { project, runId } })).value;
    },
  };
}
