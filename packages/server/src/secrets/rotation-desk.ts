import type { Instant } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { KeyedSealer } from '../auth/sealer.ts';
import type { BlobStore } from '../blobs/blob-store.ts';

/** What a rotation works on. */
export interface RotationDesk {
  readonly store: Pick<Store, 'texts' | 'settings' | 'projects' | 'secureFiles' | 'blobs'>;
  readonly blobs: BlobStore;
  readonly sealer: KeyedSealer;
  readonly clock: () => Instant;
}
