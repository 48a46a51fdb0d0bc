import type { ResourceKey } from '@signalbox/engine';
import type { ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import type { Ask } from '../ask.ts';
import { conflict } from '../problem.ts';
import { findLock } from './find-lock.ts';
import { operate } from './operator-command.ts';

/** Deletes a named lock; every other one goes with its resource. */
export async function deleteLock(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  const { resource, name } = await findLock(ask, project);
  if (resource.type !== 'named') {
    throw conflict(
      'LockNotDeletableException',
      `${name} is the lock of a resource: delete that, or set "enabled" to false so that nobody asks for it.`,
    );
  }
  await deleteLockOf(ask, project, resource);
  await ask.reply.code(204).send();
  return undefined;
}

/** Tells the locks that a resource is gone, before it is; 409 while somebody holds its lock (GAP-19). */
export async function deleteLockOf(ask: Ask, project: ProjectRow, { type, id }: ResourceKey): Promise<void> {
  const by = callerName(ask);
  await operate(ask, project, { type: 'DeleteLock', resource: { type, id }, by });
}
