import type { LockView, TokenState } from '@signalbox/api';
import type { Requester } from '@signalbox/engine';
import type { Ask, Handlers } from '../ask.ts';
import { collection } from '../shape/common.ts';
import { configureLock } from './configure-lock.ts';
import { createLock } from './create-lock.ts';
import { deleteLock } from './delete-lock.ts';
import { findLock } from './find-lock.ts';
import { each, lockContext, lockView } from './lock-shape.ts';
import { readPolicy } from './read-policy.ts';

/** Locks with their queues and policies: our own routes. */
export const lockHandlers: Handlers<
  'lockViews' | 'lockView' | 'createLock' | 'updateLock' | 'deleteLock' | 'checkToken'
> = {
  async lockViews(ask) {
    const project = await ask.project();
    const context = lockContext(ask, project);
    const locks = await ask.app.store.locks.list(project.id);
    return collection(await each(locks, (lock) => lockView(context, lock)));
  },
  async lockView(ask) {
    const project = await ask.project();
    return lockView(lockContext(ask, project), await findLock(ask, project));
  },
  createLock: async (ask) => createLock(ask),
  updateLock: async (ask) => updateLock(ask),
  deleteLock: async (ask) => deleteLock(ask),
  checkToken: async (ask) => checkToken(ask),
};

async function updateLock(ask: Ask): Promise<LockView> {
  const project = await ask.project();
  const lock = await findLock(ask, project);
  const body = ask.body();
  const changed = await configureLock(ask, project, {
    resource: lock.resource,
    name: lock.name,
    policy: readPolicy(body, lock.policy),
    enabled: body.flag('enabled') ?? lock.enabled,
  });
  return lockView(lockContext(ask, project), changed);
}

/** What a target asks before it obeys a job: is this token still the one of a holder? (LAW-10) */
async function checkToken(ask: Ask): Promise<TokenState> {
  const project = await ask.project();
  const lock = await findLock(ask, project);
  const token = ask.id('token', 'Token');
  const holders = await ask.app.store.locks.holders(project.id, lock.id);
  const holder = holders.find((one) =>
    one.requests.some((each) => each.lock === lock.id && each.token === token),
  );
  return {
    lockId: lock.id,
    token,
    lastToken: lock.lastToken,
    current: holder !== undefined,
    ...(holder !== undefined && holderOf(holder.requester)),
  };
}

function holderOf({ run, stage, caller }: Requester): Partial<TokenState> {
  return caller === undefined ? { runId: run, stage } : { caller: caller.name, requestId: stage };
}
