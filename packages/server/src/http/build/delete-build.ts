import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { conflict, notFound } from '../problem.ts';
import { findRun } from './find-run.ts';

/** `DELETE builds/{id}`: the run with its logs, artifacts and results (REST.md §3.3). */
export const deleteBuildHandlers: Handlers<'deleteBuild'> = {
  deleteBuild: async (ask) => deleteBuild(ask),
};

async function deleteBuild(ask: Ask): Promise<undefined> {
  const { run } = await findRun(ask);
  switch (await ask.app.store.runs.remove(run.id, callerName(ask))) {
    case 'unfinished':
      throw conflict(
        'BuildNotCompletedException',
        `The build ${run.id} is not over; cancel it first.`,
        'run-unfinished',
      );
    case 'kept':
      throw conflict(
        'CannotDeleteRetainedBuildException',
        `A lease keeps the build ${run.id}; end its leases first.`,
        'run-kept',
      );
    case 'absent':
      throw notFound('Build', `The requested build ${run.id}`);
    case 'removed':
      break;
  }
  await ask.reply.code(204).send();
  return undefined;
}
