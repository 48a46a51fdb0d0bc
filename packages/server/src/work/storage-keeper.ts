import type { Instant } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { BlobStore } from '../blobs/blob-store.ts';
import { sweepBlobs, type Swept } from '../blobs/sweep-blobs.ts';
import { BLOB_GRACE_MS, CACHE_BYTES, CACHE_UNUSED_MS, SWEEP_EVERY_MS } from '../limits.ts';

/** What is kept, and by which time. */
export interface KeptStorage {
  readonly store: Pick<Store, 'blobs' | 'caches'>;
  readonly blobs: BlobStore;
  readonly clock: () => Instant;
}

/** Lets go of caches beyond their bounds, then of contents that nothing names. */
export async function tidyStorage({ store, blobs, clock }: KeptStorage): Promise<Swept> {
  await store.caches.evict({ unused: CACHE_UNUSED_MS, bytesPerProject: CACHE_BYTES });
  return sweepBlobs(blobs, store.blobs, { now: clock(), grace: BLOB_GRACE_MS });
}

/** Tidies now and then; answers what stops it. Replicas that share a folder may do so at the same time. */
export function startStorageKeeper(kept: KeptStorage, failed: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    tidyStorage(kept).catch(failed);
  }, SWEEP_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
