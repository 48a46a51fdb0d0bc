import type { Collection } from '../wire/common.ts';
import type { FilePreview, OutputView, PlaceOfFile, RepositoryLook, RepositoryPlace } from '../wire/start.ts';

/** What the routes of `routes/start.ts` take and answer. */
export interface StartShapes {
  readonly lookIntoRepository: { readonly body: RepositoryPlace; readonly answer: RepositoryLook };
  readonly previewFile: { readonly body: PlaceOfFile; readonly answer: FilePreview };
  readonly runOutputs: { readonly answer: Collection<OutputView> };
  readonly lockBadge: {
    /** The text at the left; absent: the name of the lock. */
    readonly query: { readonly label?: string };
    readonly answer: string;
    readonly media: 'image/svg+xml';
  };
}
