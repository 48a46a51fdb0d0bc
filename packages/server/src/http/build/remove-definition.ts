import type { DefinitionId } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { Ask } from '../ask.ts';
import { conflict } from '../problem.ts';

/** Refuses to delete a definition that a lease with `protectPipeline` on one of its runs keeps: 409 `pipeline-kept`. */
export async function refuseKeptDefinition(
  { app }: Ask,
  project: ProjectRow,
  definition: DefinitionId,
): Promise<void> {
  const leases = await app.store.runLeases.list(project.id, { definition });
  const keeping = leases.find(({ protectPipeline }) => protectPipeline);
  if (keeping === undefined) return;
  const message = `The lease ${keeping.id} on run ${keeping.run} keeps this pipeline; end it first.`;
  throw conflict('CannotDeleteRetainedDefinitionException', message, 'pipeline-kept');
}

/** Deletes a definition: nothing starts it any more, and it can be restored for 30 days (REST.md §3.2). */
export async function removeDefinition(
  { app }: Ask,
  project: ProjectRow,
  definition: DefinitionId,
): Promise<void> {
  await app.store.definitions.remove(project.id, definition);
  await app.store.triggers.forget(definition);
}
