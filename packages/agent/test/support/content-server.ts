import { createHash } from 'node:crypto';
import type { Clock } from '../../src/clock.ts';
import { JobFiles } from '../../src/artifacts/job-files.ts';
import type { Answer } from '../../src/wire/answer.ts';
import type { FileCalls } from '../../src/wire/file-calls.ts';

/** Time in which every pause is over at once. */
const HASTY: Clock = { now: () => 0, monotonic: () => 0, sleep: async () => {} };

/** The server's side of contents, in memory: what was sent, and answers that go wrong on purpose. */
export class ContentServer {
  readonly contents = new Map<string, Uint8Array>();
  /** Hashes in the order in which they were sent. */
  readonly sent: string[] = [];
  /** Answers in place of the usual ones, first come first served. */
  readonly mishaps: Exclude<Answer<never>, { kind: 'ok' }>[] = [];
  readonly files: JobFiles;

  constructor() {
    const calls: FileCalls = {
      ask: async <T>(_route: string, _request: number, body: object) => {
        const { sha256 } = body as { readonly sha256: readonly string[] };
        return this.#answer({ missing: sha256.filter((one) => !this.contents.has(one)) } as T);
      },
      putContent: async ({ sha256 }, bytes) => {
        const answer = this.#answer<void>(undefined);
        if (answer.kind !== 'ok') return answer;
        if (hashOf(bytes) !== sha256) return { kind: 'refused', status: 422, message: 'blob-mismatch' };
        this.sent.push(sha256);
        this.contents.set(sha256, Uint8Array.from(bytes));
        return answer;
      },
      getContent: async ({ sha256 }) => {
        const bytes = this.contents.get(sha256);
        return bytes === undefined
          ? { kind: 'refused', status: 404, message: 'no content' }
          : this.#answer(bytes);
      },
    };
    this.files = new JobFiles({ calls, clock: HASTY, request: 1, lease: 1 });
  }

  /** Keeps a text; answers its hash. */
  keep(text: string): string {
    const bytes = Buffer.from(text);
    this.contents.set(hashOf(bytes), bytes);
    return hashOf(bytes);
  }

  #answer<T>(value: T): Answer<T> {
    return this.mishaps.shift() ?? { kind: 'ok', value };
  }
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
