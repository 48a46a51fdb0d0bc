import type { ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';

/** Tells the creator of a project's runs which pipelines are paused; what others held begins (TRIG-60, X-23). */
export async function releaseHeldRuns(store: Store, project: ProjectId): Promise<void> {
  const definitions = await store.definitions.list(project);
  const paused = definitions.filter(({ queueStatus }) => queueStatus === 'paused').map(({ id }) => id);
  await store.inbox.submit([{ to: { kind: 'trigger', id: project }, body: { type: 'ReleaseRuns', paused } }]);
}
