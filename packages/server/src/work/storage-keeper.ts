import type { Instant, Millis } from '@signalbox/model';
import type { Artifacts, Store } from '@signalbox/store';
import type { BlobStore } from '../blobs/blob-store.ts';
import { sweepBlobs, type Swept } from '../blobs/sweep-blobs.ts';
import { emptyProjects, type EmptiedStore } from './delete-project.ts';
import { removeOldRuns } from './retention.ts';
import { BLOB_GRACE_MS, CACHE_BYTES, CACHE_UNUSED_MS, RESTORABLE_MS, SWEEP_EVERY_MS } from '../limits.ts';

/** What is kept, and by which time. */
export interface KeptStorage {
  readonly store: EmptiedStore & Pick<Store, 'caches' | 'artifacts'>;
  readonly blobs: BlobStore;
  readonly clock: () => Instant;
  /** How long artifacts of finished runs are kept; absent: as long as their runs (ART-7). */
  readonly artifactAge?: Millis | undefined;
}

/**
 * Lets go of runs, artifacts and deleted pipelines that are old and of caches beyond their bounds, then of contents that
 * nothing names.
 */
export async function tidyStorage({ store, blobs, clock, artifactAge }: KeptStorage): Promise<Swept> {
  await emptyProjects(store);
  await removeOldRuns(store, clock());
  await store.definitions.forgetRemoved({ before: clock() - RESTORABLE_MS });
  if (artifactAge !== undefined) await expireArtifacts(store.artifacts, clock() - artifactAge);
  await store.caches.evict({ unused: CACHE_UNUSED_MS, bytesPerProject: CACHE_BYTES });
  return sweepBlobs(blobs, store.blobs, { now: clock(), grace: BLOB_GRACE_MS });
}

/** Each round is a transaction of its own, so that others get their turns in between. */
async function expireArtifacts(artifacts: Pick<Artifacts, 'expire'>, before: Instant): Promise<void> {
  let gone: number;
  do gone = await artifacts.expire(before);
  while (gone > 0);
}

/** Tidies now and then; answers what stops it. Replicas that share a folder may do so at the same time. */
export function startStorageKeeper(kept: KeptStorage, failed: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    tidyStorage(kept).catch(failed);
  }, SWEEP_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
