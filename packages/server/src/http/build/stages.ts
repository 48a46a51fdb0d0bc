import { randomUUID } from 'node:crypto';
import { STAGE_UPDATE } from '@signalbox/api';
import { fold } from '@signalbox/model';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, notFound } from '../problem.ts';
import { findRun } from './find-run.ts';

/** `PATCH stages/{name}`: cancels one stage (CANCEL-11). */
export const stageHandlers: Handlers<'updateStage'> = {
  updateStage: async (ask) => updateStage(ask),
};

async function updateStage(ask: Ask): Promise<undefined> {
  const { run } = await findRun(ask);
  const name = ask.param('stage');
  const stage = run.stages.find((one) => fold(one.name) === fold(name));
  if (stage === undefined) throw notFound('Stage', `The stage ${name.slice(0, 100)} of build ${run.id}`);
  const state = ask.body().word('state', STAGE_UPDATE);
  if (state !== 'cancel')
    throw badRequest('"state" must be "cancel"; running a stage again is not supported yet.');
  const by = callerName(ask);
  const body = { type: 'CancelStage', stage: stage.name, by } as const;
  if (stage.phase !== 'completed') {
    await ask.app.store.inbox.execute({ to: { kind: 'run', id: run.id }, body }, randomUUID());
  }
  await ask.reply.code(204).send();
  return undefined;
}
