import type { WorkspaceLayout } from '../workspace/layout.ts';
import type { JobPlaces } from './job-places.ts';

/** What the steps of a job share. */
export interface StepSetting {
  readonly layout: WorkspaceLayout;
  /** The aliases of the repositories that the job checks out, step by step (CO-1). */
  readonly checkouts: readonly string[];
  readonly places: JobPlaces;
}
