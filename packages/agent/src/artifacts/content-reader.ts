import { CONTENTS_AT_ONCE } from '../limits.ts';

/** Gives contents in the order in which files need them, and fetches the next few ahead; older ones are let go. */
export class ContentReader {
  readonly #order: readonly string[];
  readonly #fetch: (sha256: string) => Promise<Uint8Array>;
  readonly #ahead = new Map<string, Promise<Uint8Array>>();
  #at = 0;

  constructor(order: readonly string[], fetch: (sha256: string) => Promise<Uint8Array>) {
    this.#order = order;
    this.#fetch = fetch;
  }

  /** The content of the next part. */
  async next(): Promise<Uint8Array> {
    const sha256 = this.#order[this.#at];
    if (sha256 === undefined) throw new RangeError('There is no further content.');
    if (sha256 !== this.#order[this.#at - 1]) this.#fetchAhead();
    this.#at += 1;
    return this.#ahead.get(sha256) ?? this.#fetch(sha256);
  }

  #fetchAhead(): void {
    const wanted = new Set<string>();
    for (let at = this.#at; at < this.#order.length && wanted.size < CONTENTS_AT_ONCE; at += 1) {
      wanted.add(this.#order[at] ?? '');
    }
    for (const sha256 of this.#ahead.keys()) if (!wanted.has(sha256)) this.#ahead.delete(sha256);
    for (const sha256 of wanted) {
      if (this.#ahead.has(sha256)) continue;
      const fetched = this.#fetch(sha256);
      // Who asks for it hears of the failure; the job may be over before.
      fetched.catch(() => undefined);
      this.#ahead.set(sha256, fetched);
    }
  }
}
