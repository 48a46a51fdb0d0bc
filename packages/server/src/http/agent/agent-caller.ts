import { randomUUID } from 'node:crypto';
import type { Mail, Reply, ReplyValue, ToldRefusal } from '@signalbox/engine';
import type { PoolId } from '@signalbox/model';
import type { Ask } from '../ask.ts';
import { problemCode } from '../../refusals.ts';
import { conflict, forbidden, notFound, Problem } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';

/** The pool that the caller's token is for: an agent talks to its own pool only (RELIABILITY §1.3). */
export function poolOf({ principal }: Ask): PoolId {
  if (principal.role !== 'agent') throw forbidden('Only the token of an agent pool may do this.');
  return principal.pool;
}

/** Gives a command and answers its value; a refusal becomes the status that the agent protocol names. */
export async function command(ask: Ask, mail: Mail, key: string = randomUUID()): Promise<Fields> {
  return valueOf(await ask.app.store.inbox.execute(mail, key));
}

function valueOf(reply: Reply): Fields {
  if (!reply.ok) throw refused(reply.refusal);
  const value: ReplyValue = reply.value;
  return fieldsOf(value ?? undefined, 'The reply');
}

function refused({ code: told, message }: ToldRefusal): Problem {
  const code = problemCode(told);
  if (code === 'agent-not-found') return new Problem(404, 'AgentNotFoundException', message, { code });
  if (code === 'parked') return new Problem(503, 'ServiceUnavailableException', message, { code });
  return conflict('AgentRefusedException', message, code);
}

/** A text of the protocol that has to be there. */
export function required(fields: Fields, name: string, longest?: number): string {
  const text = fields.text(name, longest);
  if (text === undefined || text === '')
    throw new Problem(400, 'InvalidRequestException', `"${name}" is missing.`);
  return text;
}

/** A number of the protocol that has to be there. */
export function requiredNumber(fields: Fields, name: string): number {
  const number = fields.number(name);
  if (number === undefined) throw new Problem(400, 'InvalidRequestException', `"${name}" is missing.`);
  return number;
}

/** 404 for a job that this pool never had. */
export function noJob(request: number): Problem {
  return notFound('JobRequest', `The job request ${request}`);
}
