import type { Instant } from '@signalbox/model';
import type { Readable } from 'node:stream';

/** What names a content: its SHA-256 in 64 lower-case hexadecimal digits, and its size in bytes. */
export interface Blob {
  readonly sha256: string;
  readonly size: number;
}

/** Why a content was not kept; nothing of it stays behind. */
export type BlobRefusal =
  /** It is not what the caller said it would be. */
  | 'blob-mismatch'
  /** It is longer than the caller allowed. */
  | 'blob-too-large'
  /** The disk is full, or its quota used up (F14). */
  | 'storage-full';

/** What became of a content that was put. */
export type PutBlob =
  | ({ readonly kind: 'stored' } & Blob)
  | { readonly kind: 'refused'; readonly code: BlobRefusal; readonly message: string };

/** What a caller knows of a content beforehand; absent: anything goes. */
export interface ExpectedBlob {
  readonly sha256?: string;
  /** Longest content, in bytes. */
  readonly limit?: number;
}

/** A part of a content: `size` bytes from `offset` on. */
export interface BlobSpan {
  readonly offset: number;
  readonly size: number;
}

/** A content of the store, with the time it was last wanted. */
export interface StoredBlob extends Blob {
  readonly wantedAt: Instant;
}

/**
 * Keeps contents under their own hash, so that the same bytes are there once. It knows nobody who uses them: rows of
 * the store do (`store.blobs`), and what no row names is swept away (`sweepBlobs`).
 */
export interface BlobStore {
  /** Keeps a content, streamed; whole and durable when it resolves with `stored`. The same content again is no work. */
  put(content: AsyncIterable<Uint8Array>, expected?: ExpectedBlob): Promise<PutBlob>;
  /** The size of a content, which counts as wanted from now on; undefined: it is not there. */
  want(sha256: string): Promise<number | undefined>;
  /**
   * A content, or a part of it, as a stream; undefined: it is not there. A whole content is hashed on its way: one
   * that was damaged on the disk ends in an error instead of its last bytes.
   */
  open(sha256: string, span?: BlobSpan): Promise<Readable | undefined>;
  /** Everything there is, in no particular order. */
  list(): AsyncIterable<StoredBlob>;
  /** Removes a content unless it was wanted since, or `isUsed` says that it is used by now; true: it is gone. */
  remove(blob: StoredBlob, isUsed: () => Promise<boolean>): Promise<boolean>;
  /** Removes what broken uploads left before this time; answers how many files. */
  clearUnfinished(before: Instant): Promise<number>;
}

/** True for what can name a content. */
export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
