import type { AgentFact, ReportRequest } from '@signalbox/api';
import type { JobRequestId } from '@signalbox/model';
import type { Clock } from '../clock.ts';
import { REPORT_LINGER_MS } from '../limits.ts';
import type { AgentLogger } from '../logger.ts';
import type { ServerCalls } from '../wire/server-calls.ts';
import { endsLease } from '../wire/answer.ts';
import { untilAnswered } from '../wire/retry.ts';

/** What the queue needs to send. */
export interface ReportQueueOptions {
  readonly client: ServerCalls;
  readonly clock: Clock;
  readonly logger: AgentLogger;
  readonly request: JobRequestId;
  readonly lease: number;
  /** Ends the sending: the server refused the lease, or the agent has to go. */
  readonly signal: AbortSignal;
  readonly onRefused: () => void;
}

/**
 * The facts of one job on their way to the server: in order, one request at a time, repeated unchanged until it
 * is acknowledged. A repeat carries the same sequence number and the same facts, so the server can ignore what
 * it has (F9); a server that is away only makes the queue longer.
 */
export class ReportQueue {
  readonly #options: ReportQueueOptions;
  #facts: AgentFact[] = [];
  #sequence = 0;
  #sending: Promise<void> | undefined;
  #hurry = new AbortController();

  constructor(options: ReportQueueOptions) {
    this.#options = options;
  }

  /** Takes a fact; it is sent within the linger. */
  push(fact: AgentFact): void {
    this.#facts.push(fact);
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Sends what is there without delay; resolves when everything is acknowledged or the signal ended the sending. */
  async flush(): Promise<void> {
    this.#hurry.abort();
    while (this.#sending !== undefined) await this.#sending;
    this.#hurry = new AbortController();
  }

  async #send(): Promise<void> {
    const { clock, signal } = this.#options;
    while (this.#facts.length > 0 && !signal.aborted) {
      await clock.sleep(REPORT_LINGER_MS, this.#hurry.signal);
      const facts = this.#facts;
      this.#facts = [];
      await this.#deliver(facts);
    }
    if (signal.aborted) this.#facts = [];
  }

  async #deliver(facts: readonly AgentFact[]): Promise<void> {
    const { client, clock, logger, request, lease, signal, onRefused } = this.#options;
    this.#sequence += 1;
    const body: ReportRequest = { lease, sequence: this.#sequence, facts };
    const answer = await untilAnswered(() => client.report(request, body, { signal }), {
      clock,
      signal,
      onUnreachable: (message, tries) => logger.warn('report-failed', { request, tries, message }),
    });
    if (answer?.kind !== 'refused') return;
    const { status, message } = answer;
    logger.error('report-refused', { request, status, message });
    if (endsLease(answer)) onRefused();
    // Something in it cannot be taken; the other facts, above all that the job is over, still count.
    else if (facts.length > 1) for (const fact of facts) await this.#deliver([fact]);
  }
}
