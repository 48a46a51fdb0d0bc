import { createHash } from 'node:crypto';
import type { Blob, BlobRefusal, ExpectedBlob, PutBlob } from './blob-store.ts';

/** Hashes and counts a content while it passes, up to what the caller expects of it. */
export class BlobMeasure {
  readonly #expected: ExpectedBlob;
  readonly #hash = createHash('sha256');
  #size = 0;

  constructor(expected: ExpectedBlob) {
    this.#expected = expected;
  }

  /** False: the content is too long, and nothing more of it is wanted. */
  add(chunk: Uint8Array): boolean {
    this.#size += chunk.length;
    this.#hash.update(chunk);
    return this.#size <= (this.#expected.limit ?? Infinity);
  }

  /** What passed, or why it is not what was expected; once, at the end. */
  end(): Blob | Extract<PutBlob, { kind: 'refused' }> {
    const sha256 = this.#hash.digest('hex');
    const { sha256: wanted, limit = Infinity } = this.#expected;
    if (this.#size > limit)
      return refusedBlob('blob-too-large', `The content is longer than ${limit} bytes.`);
    if (wanted !== undefined && wanted !== sha256) {
      return refusedBlob(
        'blob-mismatch',
        `The content has the hash ${sha256}, not ${wanted}; send it again.`,
      );
    }
    return { sha256, size: this.#size };
  }
}

/** The refusal of a content. */
export function refusedBlob(code: BlobRefusal, message: string): Extract<PutBlob, { kind: 'refused' }> {
  return { kind: 'refused', code, message };
}
