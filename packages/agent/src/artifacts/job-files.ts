import type { AnswerOf, ShapeOf } from '@signalbox/api';
import type { JobRequestId } from '@signalbox/model';
import type { Clock } from '../clock.ts';
import type { Answer } from '../wire/answer.ts';
import type { FileCalls, JsonRoute } from '../wire/file-calls.ts';
import { untilAnswered } from '../wire/retry.ts';

/** The server, or this machine, says no to something with files; the message is for the step. */
export class FilesError extends Error {
  override readonly name = 'FilesError';
}

/** Whose files, and how they travel. */
export interface JobFilesOptions {
  readonly calls: FileCalls;
  readonly clock: Clock;
  readonly request: JobRequestId;
  readonly lease: number;
}

/** Sends and gets the files of one job. A server that is away is waited for until the signal; a refusal throws. */
export class JobFiles {
  readonly #options: JobFilesOptions;

  constructor(options: JobFilesOptions) {
    this.#options = options;
  }

  /** One request of the protocol; the lease is added. */
  async ask<N extends JsonRoute>(
    route: N,
    body: Omit<ShapeOf<N>['body'], 'lease'>,
    signal: AbortSignal,
  ): Promise<AnswerOf<N>> {
    const { calls, request, lease } = this.#options;
    const leased = { lease, ...body } as ShapeOf<N>['body'];
    return this.#answer(() => calls.ask(route, request, leased, { signal }), signal);
  }

  /** Sends one content. */
  async put(sha256: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
    const { calls, request, lease } = this.#options;
    await this.#answer(() => calls.putContent({ request, lease, sha256 }, bytes, { signal }), signal);
  }

  /** Fetches one content. */
  async get(sha256: string, owner: string, signal: AbortSignal): Promise<Uint8Array> {
    const { calls, request, lease } = this.#options;
    return this.#answer(() => calls.getContent({ request, lease, sha256 }, owner, { signal }), signal);
  }

  async #answer<T>(ask: () => Promise<Answer<T>>, signal: AbortSignal): Promise<T> {
    const answer = await untilAnswered(ask, { clock: this.#options.clock, signal });
    if (answer === undefined) throw new FilesError('The operation was canceled.');
    if (answer.kind === 'refused') throw new FilesError(answer.message);
    return answer.value;
  }
}
