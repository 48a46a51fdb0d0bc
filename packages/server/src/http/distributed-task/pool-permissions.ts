import type { Permission } from '@signalbox/api';
import { isPermitted } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { findPool } from './pools.ts';

/** The published flags of a pool's permissions, and ours that each asks for. */
const FLAGS: Readonly<Record<number, Permission>> = {
  /** To see it. */
  1: 'read',
  /** To manage it. */
  2: 'managePools',
  /** To work for it as an agent. */
  4: 'serve',
  /** To say who may do what. */
  8: 'manageTokens',
  /** To run jobs in it. */
  16: 'queueRuns',
  /** To make others. */
  32: 'managePools',
};

/** Whether a caller has all of some permissions on a pool (REST.md §1.3). */
export const poolPermissionHandlers: Handlers<'mayUsePool'> = { mayUsePool: async (ask) => mayUsePool(ask) };

async function mayUsePool(ask: Ask): Promise<undefined> {
  await findPool(ask);
  const wanted = Number(ask.param('permissions'));
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 63)
    throw badRequest('The permissions are a sum of 1, 2, 4, 8, 16 and 32.');
  const asked = Object.entries(FLAGS).flatMap(([flag, permission]) =>
    (wanted & Number(flag)) === 0 ? [] : [permission],
  );
  const has = asked.every((permission) => isPermitted(ask.principal, permission));
  // A bare truth value is JSON, too, but Fastify would not know that it is.
  await ask.reply.header('content-type', 'application/json; charset=utf-8').send(String(has));
  return undefined;
}
