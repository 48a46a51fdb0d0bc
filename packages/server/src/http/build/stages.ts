import { randomUUID } from 'node:crypto';
import { STAGE_UPDATE } from '@signalbox/api';
import type { StageState } from '@signalbox/engine';
import { fold } from '@signalbox/model';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, notFound } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { findRun, type FoundRun } from './find-run.ts';
import { runAgain } from './run-again.ts';

/** `PATCH stages/{name}`: cancels a stage (CANCEL-11), runs it again (RETRY-1), or starts it by hand (MAN-1, MAN-6). */
export const stageHandlers: Handlers<'updateStage'> = {
  updateStage: async (ask) => updateStage(ask),
};

async function updateStage(ask: Ask): Promise<undefined> {
  const found = await findRun(ask);
  const { run } = found;
  const name = ask.param('stage');
  const stage = run.stages.find((one) => fold(one.name) === fold(name));
  if (stage === undefined) throw notFound('Stage', `The stage ${name.slice(0, 100)} of build ${run.id}`);
  const body = ask.body();
  const state = body.word('state', STAGE_UPDATE);
  if (state === undefined) throw badRequest('"state" must be "cancel", "retry" or "run".');
  if (state === 'cancel') await cancel(ask, found, stage);
  else if (state === 'retry') await retry(ask, found, { stage: stage.name, body });
  else await runAgain(ask, found, { type: 'StartStage', stage: stage.name, by: callerName(ask) });
  await ask.reply.code(204).send();
  return undefined;
}

async function cancel(ask: Ask, { run }: FoundRun, stage: StageState): Promise<void> {
  if (stage.phase === 'completed') return;
  const body = { type: 'CancelStage', stage: stage.name, by: callerName(ask) } as const;
  await ask.app.store.inbox.execute({ to: { kind: 'run', id: run.id }, body }, randomUUID());
}

/** `retryDependencies: false` leaves the stages that depend on this one as they are. */
async function retry(
  ask: Ask,
  found: FoundRun,
  { stage, body }: { readonly stage: string; readonly body: Fields },
): Promise<void> {
  const allJobs = body.flag('forceRetryAllJobs') ?? false;
  const alone = body.flag('retryDependencies') === false;
  await runAgain(ask, found, { type: 'Retry', stage, allJobs, alone, by: callerName(ask) });
}
