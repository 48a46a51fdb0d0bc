import { randomUUID } from 'node:crypto';
import type { InterlockingMessage, ToldRefusal } from '@signalbox/engine';
import type { ProjectRow } from '@signalbox/store';
import { problemCode } from '../../refusals.ts';
import type { Ask } from '../ask.ts';
import { conflict, Problem } from '../problem.ts';

/** Gives an operator's command to the locks of a project; a refusal becomes a `Problem` with its code. */
export async function operate(
  ask: Ask,
  project: ProjectRow,
  body: InterlockingMessage,
): Promise<{ readonly changed: boolean }> {
  const mail = { to: { kind: 'interlocking', id: project.id }, body } as const;
  const reply = await ask.app.store.inbox.execute(mail, randomUUID());
  if (!reply.ok) throw refused(reply.refusal);
  return { changed: isChange(reply.value) && reply.value.changed };
}

/** What is not there is 404, what does not fit the state of things is 409, the rest is a mistake of the caller. */
function refused({ code, message }: ToldRefusal): Problem {
  const known = problemCode(code);
  switch (code) {
    case 'lock-not-found':
      return new Problem(404, 'LockNotFoundException', message, { code: known });
    case 'request-not-found':
      return new Problem(404, 'LockRequestNotFoundException', message, { code: known });
    case 'request-not-waiting':
    case 'move-elsewhere':
    case 'not-failed':
    case 'holder-alive':
    case 'lock-in-use':
      return conflict('LockRequestException', message, known);
    default:
      return new Problem(400, 'InvalidRequestException', message, { code: known });
  }
}

function isChange(value: unknown): value is { readonly changed: boolean } {
  return (
    typeof value === 'object' && value !== null && 'changed' in value && typeof value.changed === 'boolean'
  );
}
