import type { LockRow } from '@signalbox/engine';
import type { ProjectRow } from '@signalbox/store';
import type { Ask } from '../ask.ts';
import { notFound } from '../problem.ts';

/** The lock that the path names. */
export async function findLock(ask: Ask, project: ProjectRow): Promise<LockRow> {
  const id = ask.id('lockId', 'Lock');
  const lock = await ask.app.store.locks.get(project.id, id);
  if (lock === undefined || lock.deleted !== undefined) throw notFound('Lock', `The lock ${id}`);
  return lock;
}
