import { randomUUID } from 'node:crypto';
import type { OperatedRun } from '@signalbox/api';
import type { ToldRefusal } from '@signalbox/engine';
import { callerName } from '../../auth/principal.ts';
import { problemCode } from '../../refusals.ts';
import type { Ask, Handlers } from '../ask.ts';
import { findRun } from '../build/find-run.ts';
import { conflict, notFound, Problem } from '../problem.ts';
import { readForceCancel } from './read-operation.ts';
import { readRunView } from './runs.ts';

/** Ends a run or a stage of it at once: our own route, with its own permission (CANCEL-13, U8, INV-21). */
export const forceCancelHandlers: Handlers<'forceCancel'> = {
  forceCancel: async (ask) => forceCancel(ask),
};

async function forceCancel(ask: Ask): Promise<OperatedRun> {
  const { store } = ask.app;
  const { run, project } = await findRun(ask, 'runId', 'Run');
  const by = callerName(ask);
  const body = { type: 'ForceCancel', by, ...readForceCancel(ask.body()) } as const;
  const reply = await store.inbox.execute({ to: { kind: 'run', id: run.id }, body }, randomUUID());
  if (!reply.ok) throw refused(reply.refusal);
  const now = await store.runs.get(run.id);
  if (now === undefined) throw notFound('Run', `The run ${run.id}`);
  const changed = JSON.stringify(reply.value) === '{"changed":true}';
  return { changed, run: await readRunView(ask, { run: now, project }) };
}

function refused({ code, message }: ToldRefusal): Problem {
  const known = problemCode(code);
  switch (code) {
    case 'stage-not-found':
      return new Problem(404, 'StageNotFoundException', message, { code: known });
    case 'stage-not-started':
      return conflict('StageException', message, known);
    default:
      return new Problem(400, 'InvalidRequestException', message, { code: known });
  }
}
