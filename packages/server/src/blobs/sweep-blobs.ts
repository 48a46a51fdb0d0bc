import type { Instant, Millis } from '@signalbox/model';
import type { Blobs } from '@signalbox/store';
import type { BlobStore, StoredBlob } from './blob-store.ts';

/** What a sweep did. */
export interface Swept {
  readonly removed: number;
  readonly bytes: number;
}

/** How many contents are asked about at once. */
const BATCH = 200;

/**
 * Removes the contents that no row names and that nobody wanted for `grace`: whoever puts a content names it in a row
 * within that time. A crash at any point leaves at worst a content too many, for the next sweep.
 */
export async function sweepBlobs(
  blobs: BlobStore,
  rows: Pick<Blobs, 'used' | 'releaseLeases'>,
  { now, grace }: { readonly now: Instant; readonly grace: Millis },
): Promise<Swept> {
  const before = now - grace;
  await rows.releaseLeases(before);
  await blobs.clearUnfinished(before);
  let swept: Swept = { removed: 0, bytes: 0 };
  let batch: StoredBlob[] = [];
  const flush = async (): Promise<void> => {
    const done = await removeUnused(blobs, rows, batch);
    swept = { removed: swept.removed + done.removed, bytes: swept.bytes + done.bytes };
    batch = [];
  };
  for await (const blob of blobs.list()) {
    if (blob.wantedAt >= before) continue;
    batch.push(blob);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return swept;
}

async function removeUnused(
  blobs: BlobStore,
  rows: Pick<Blobs, 'used'>,
  batch: readonly StoredBlob[],
): Promise<Swept> {
  if (batch.length === 0) return { removed: 0, bytes: 0 };
  const used = new Set(await rows.used(batch.map(({ sha256 }) => sha256)));
  let removed = 0;
  let bytes = 0;
  for (const blob of batch) {
    if (used.has(blob.sha256)) continue;
    const isUsed = async (): Promise<boolean> => (await rows.used([blob.sha256])).length > 0;
    if (!(await blobs.remove(blob, isUsed))) continue;
    removed += 1;
    bytes += blob.size;
  }
  return { removed, bytes };
}
