import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

/** The content of a file is not what its name says: the disk, or somebody, changed it. */
class DamagedBlobError extends Error {
  constructor(sha256: string) {
    super(`The content ${sha256} was changed on the disk of the server.`);
    this.name = 'DamagedBlobError';
  }
}

/** Passes a content through and holds its end back until the hash of all of it is right. */
export class VerifyBlob extends Transform {
  readonly #sha256: string;
  readonly #hash = createHash('sha256');
  #held: Buffer | undefined;

  constructor(sha256: string) {
    super();
    this.#sha256 = sha256;
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#hash.update(chunk);
    if (this.#held !== undefined) this.push(this.#held);
    this.#held = chunk;
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.#hash.digest('hex') !== this.#sha256) return done(new DamagedBlobError(this.#sha256));
    done(null, this.#held);
  }
}
