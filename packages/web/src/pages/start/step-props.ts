import type { FilePreview, RepositoryLook } from '@signalbox/api';
import type { StartDraft } from '../../view-models/start/draft.ts';

/** What is known so far: what was typed, and what the server said about it. */
export interface Start {
  readonly draft: StartDraft;
  readonly look?: RepositoryLook;
  readonly preview?: FilePreview;
  /** The pipeline that was made already, when what followed failed. */
  readonly made?: number;
}

/** What every step gets. */
export interface StepProps {
  readonly start: Start;
  /** Keeps what was typed or learned. */
  readonly keep: (part: Partial<Start>) => void;
  /** Shows another step. */
  readonly show: (step: string) => void;
}
