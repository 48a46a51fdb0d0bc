import type { ResourceKey } from '@signalbox/engine';
import type { ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import type { Ask } from '../ask.ts';
import { tellResourceDeleted } from '../../work/protected/tell-runs.ts';
import { deleteLockOf } from '../signalbox/delete-lock.ts';

/**
 * Deletes a protected resource with its lock, its checks, and what was said about its pipelines; `removeRow` deletes
 * its own row. Refused while somebody holds the lock; who waits for it, or at its checks, is turned away (GAP-19,
 * CHK-54).
 *
 * The row goes before the checks: there is no instant at which a stage finds the resource without them. If the server
 * dies in between, what is left belongs to no resource, because no id is given twice.
 */
export async function deleteResource(
  ask: Ask,
  project: ProjectRow,
  resource: ResourceKey,
  removeRow: () => Promise<unknown>,
): Promise<void> {
  const { store } = ask.app;
  await deleteLockOf(ask, project, resource);
  await removeRow();
  for (const check of await store.checks.list(project.id, resource)) {
    await store.checks.remove(project.id, check.id);
  }
  await store.permissions.remove(project.id, resource);
  const by = callerName(ask);
  await tellResourceDeleted(store, project.id, { resource, by });
}
