import type { Guid, RunId } from '@signalbox/model';
import type { OccasionOutcome } from '@signalbox/store';
import { otherRepositories } from '../work/other-repositories.ts';
import { queueRun, type QueueResult } from '../work/queue-run.ts';
import { defaultBranchOf, repositoryUrlOf } from '../work/source.ts';
import { firstProblem } from './declared.ts';
import type { Matter, Start } from './decision.ts';
import { nameGuid } from '../guid.ts';

/** Who queues runs that no person does. */
export const TRIGGER_USER = 'Signalbox';

/** Queues the run of an occasion, once however often it is tried (INV-70). What is wrong with it is said, not thrown. */
export async function startRun(matter: Matter<unknown>, start: Start): Promise<OccasionOutcome> {
  const { app, project, definition, row } = matter;
  const key = keyOf(matter);
  const known = await queuedBefore(matter, planOf(matter));
  if (known !== undefined) return { result: 'queued', why: '', run: known };
  const { branch, commit, reason, requestedFor, cause } = start;
  const source = await app.repositories.open({
    url: repositoryUrlOf(definition),
    branch: branch === '' ? defaultBranchOf(definition) : branch,
    // It was the newest of the branch when it was pushed; the branch may have gone elsewhere since.
    ...(commit !== undefined && { commit, commitOnly: true }),
  });
  const result = await queueRun(app.store, {
    project,
    definition,
    source,
    others: otherRepositories({ ...app, project }),
    reason,
    requestedBy: TRIGGER_USER,
    requestedFor,
    cause,
    // Which pipelines may use a resource is asked by its checks; who pushed is not known well enough to make one (DEP-4).
    mayUse: async () => true,
    mayCreate: async () => false,
    idempotency: { key, input: row.key },
  });
  return outcomeOf(result);
}

/** The id of the plan that the run of an occasion has, and no other run. */
export function planOf(matter: Matter<unknown>): Guid {
  return nameGuid('plan', JSON.stringify([matter.project.guid, keyOf(matter), matter.row.key]));
}

function keyOf({ row }: Matter<unknown>): string {
  return `occasion:${row.id}`;
}

/** The run of an earlier try whose end was not noted; the store forgets replies after a day, and runs never. */
async function queuedBefore(
  { app, project, definition, row }: Matter<unknown>,
  planId: string,
): Promise<RunId | undefined> {
  if (row.attempts <= 1) return undefined;
  const { items } = await app.store.runs.list(project.id, {
    definitions: [definition.id],
    minTime: row.createdAt,
    order: 'queueTimeAscending',
    limit: 1000,
  });
  return items.find((run) => run.planId === planId)?.id;
}

function outcomeOf(result: QueueResult): OccasionOutcome {
  switch (result.kind) {
    case 'queued':
      return { result: 'queued', why: '', run: result.run };
    case 'invalid':
      return { result: 'failed', why: firstProblem(result.diagnostics) };
    case 'refused':
      return { result: 'failed', why: result.message };
  }
}
