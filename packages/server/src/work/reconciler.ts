import { minutes } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { releaseHeldRuns } from './release-held-runs.ts';

/** How often every lock is settled again; it must find nothing to do (INV-05). */
const EVERY_MS: number = minutes(10);

/** Settles every lock again now and then, and at the start: a lost wake-up would be mended, and shows in the journal. */
export function startReconciler(store: Store, failed: (error: unknown) => void): () => void {
  const sweep = (): void => {
    reconcile(store).catch(failed);
  };
  const timer = setInterval(sweep, EVERY_MS);
  timer.unref();
  sweep();
  return () => clearInterval(timer);
}

/** Asks every project's interlocking to settle its locks, and lets runs go that nothing holds any more. */
async function reconcile(store: Store): Promise<void> {
  for (const project of await store.projects.list()) {
    // A run may have been queued for a pipeline that was paused until just then.
    await releaseHeldRuns(store, project.id);
    const locks = (await store.locks.list(project.id)).map((lock) => lock.id);
    if (locks.length === 0) continue;
    const body = { type: 'Reconcile', locks } as const;
    await store.inbox.submit([{ to: { kind: 'interlocking', id: project.id }, body }]);
  }
}
