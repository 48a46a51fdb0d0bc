import type { ResourceKey } from '@signalbox/engine';
import type { ProjectRow } from '@signalbox/store';
import type { Ask } from '../ask.ts';
import { tellResourceDeleted } from '../../work/protected/tell-runs.ts';
import { deleteLockOf } from '../signalbox/delete-lock.ts';

/**
 * What has to go before a protected resource does: its lock, its checks, and what was said about its pipelines.
 * Refused while somebody holds the lock; who waits for it, or at its checks, is turned away (GAP-19, CHK-54).
 */
export async function deleteResource(ask: Ask, project: ProjectRow, resource: ResourceKey): Promise<void> {
  const { store } = ask.app;
  await deleteLockOf(ask, project, resource);
  for (const check of await store.checks.list(project.id, resource)) {
    await store.checks.remove(project.id, check.id);
  }
  await store.permissions.remove(project.id, resource);
  const by = 'name' in ask.principal ? ask.principal.name : ask.principal.role;
  await tellResourceDeleted(store, project.id, { resource, by });
}
