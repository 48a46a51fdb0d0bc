import { randomUUID } from 'node:crypto';
import type { RunMessage, ToldRefusal } from '@signalbox/engine';
import { problemCode } from '../../refusals.ts';
import type { Ask } from '../ask.ts';
import { isAllowed } from '../library/require-act.ts';
import { conflict, Problem } from '../problem.ts';
import type { FoundRun } from './find-run.ts';

/**
 * Runs stages again, or starts one by hand (RETRY-1, MAN-2). Whoever may queue the run may: so he needs the role for
 * every environment that the run deploys to.
 */
export async function runAgain(
  ask: Ask,
  { run, project }: FoundRun,
  body: Extract<RunMessage, { type: 'Retry' | 'StartStage' }>,
): Promise<void> {
  for (const resource of Object.values(run.resources).flat()) {
    if (resource.type !== 'environment' || (await isAllowed(ask, project, 'use', resource))) continue;
    const message = `${body.by} may not deploy to ${resource.name}; an administrator can give a role that may.`;
    throw new Problem(403, 'AccessDeniedException', message, { code: 'environment-not-usable' });
  }
  const reply = await ask.app.store.inbox.execute({ to: { kind: 'run', id: run.id }, body }, randomUUID());
  if (!reply.ok) throw refused(reply.refusal);
}

function refused({ code, message }: ToldRefusal): Problem {
  const known = problemCode(code);
  if (code === 'stage-not-found') return new Problem(404, 'StageNotFoundException', message, { code: known });
  return conflict('StageException', message, known);
}
