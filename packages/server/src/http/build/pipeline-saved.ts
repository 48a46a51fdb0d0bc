import type { DefinitionRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import { releaseHeldRuns } from '../../work/release-held-runs.ts';
import { repositoryUrlOf } from '../../work/source.ts';

/**
 * A pipeline was made or changed: what is pushed from now on starts runs, what was there before does not. Its
 * repository need not answer; it is asked again later.
 */
export async function pipelineSaved({ triggers, store }: App, row: DefinitionRow): Promise<void> {
  await releaseHeldRuns(store, row.project);
  await triggers.look(row.project, repositoryUrlOf(row));
}
