import type { DefinitionRow, ProjectRow } from '@signalbox/store';
import { callerName, isPermitted } from '../../auth/principal.ts';
import type { Ask } from '../ask.ts';
import { conflict, forbidden } from '../problem.ts';
import { refuseKeptDefinition, removeDefinition } from './remove-definition.ts';

/** Runs of one question. */
const PAGE = 100;

/**
 * Deletes the definitions of a folder, and their runs with them (REST.md §3.2). All of it or nothing: 403 when runs go
 * along and the caller may not delete runs, 409 `run-unfinished`, `run-kept` and `pipeline-kept` as for single ones.
 */
export async function removeContent(
  ask: Ask,
  project: ProjectRow,
  definitions: readonly DefinitionRow[],
): Promise<void> {
  if (definitions.length === 0) return;
  for (const { id } of definitions) await refuseKeptDefinition(ask, project, id);
  const ids = definitions.map(({ id }) => id);
  await refuseRuns(ask, project, ids);
  for (const id of ids) await removeDefinition(ask, project, id);
  for (;;) {
    const { items } = await ask.app.store.runs.list(project.id, { definitions: ids, limit: PAGE });
    let removed = 0;
    for (const { id } of items)
      if ((await ask.app.store.runs.remove(id, callerName(ask))) === 'removed') removed += 1;
    if (removed === 0) return;
  }
}

async function refuseRuns(ask: Ask, project: ProjectRow, definitions: readonly number[]): Promise<void> {
  const { store } = ask.app;
  const [one] = (await store.runs.list(project.id, { definitions, limit: 1 })).items;
  if (one === undefined) return;
  if (!isPermitted(ask.principal, 'deleteRuns', project.id))
    throw forbidden(
      'The pipelines of the folder have runs, which would be deleted, too: administrators may do that.',
    );
  const statuses = ['notStarted', 'inProgress', 'cancelling'] as const;
  const [open] = (await store.runs.list(project.id, { definitions, statuses, limit: 1 })).items;
  if (open !== undefined)
    throw conflict(
      'BuildNotCompletedException',
      `The build ${open.id} is not over; cancel it first.`,
      'run-unfinished',
    );
  for (const definition of definitions) {
    const [kept] = await store.runLeases.list(project.id, { definition });
    if (kept !== undefined)
      throw conflict(
        'CannotDeleteRetainedBuildException',
        `A lease keeps the build ${kept.run}; end its leases first.`,
        'run-kept',
      );
  }
}
