import type { Collection, LockRequestView } from '@signalbox/api';
import { HISTORY_SHOWN, WAITERS_SHOWN } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { collection } from '../shape/common.ts';
import { findLock } from './find-lock.ts';
import { each, lockContext, requestView, waiterView } from './lock-shape.ts';

/** The lines of a lock, a part at a time: who waits, and who is gone. Our own routes. */
export const lockLineHandlers: Handlers<'lockWaiters' | 'lockHistory'> = {
  lockWaiters: async (ask) => lockWaiters(ask),
  lockHistory: async (ask) => lockHistory(ask),
};

/**
 * Some of those who wait, in the order used (LAW-13), each with its place and its reasons. `skip` enters the line
 * anywhere, so that a page can show its end without reading the rest.
 */
async function lockWaiters(ask: Ask): Promise<Collection<LockRequestView>> {
  const project = await ask.project();
  const lock = await findLock(ask, project);
  const skip = ask.query.number('skip') ?? 0;
  if (skip < 0) throw badRequest('"skip" is how many are left out: 0 or more.');
  const limit = Math.min(ask.query.top(WAITERS_SHOWN), WAITERS_SHOWN);
  const { items } = await ask.app.store.locks.waiters(project.id, lock.id, { limit, skip });
  const context = lockContext(ask, project);
  return collection(await each(items, (waiter) => waiterView(context, lock, waiter)));
}

/** Those who held the lock or left the line without it, latest first. */
async function lockHistory(ask: Ask): Promise<Collection<LockRequestView>> {
  const project = await ask.project();
  const lock = await findLock(ask, project);
  const after = ask.query.continuation();
  const { items, next } = await ask.app.store.locks.ended(project.id, lock.id, {
    limit: Math.min(ask.query.top(HISTORY_SHOWN), HISTORY_SHOWN),
    ...(after !== undefined && { after }),
  });
  if (next !== undefined) void ask.reply.header('x-ms-continuationtoken', next);
  const context = lockContext(ask, project);
  return collection(await each(items, (bundle) => requestView(context, { lock, bundle })));
}
