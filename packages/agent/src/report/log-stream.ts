import type { JobRequestId } from '@signalbox/model';
import type { Clock } from '../clock.ts';
import {
  LOG_BATCH_CHARS,
  LOG_BATCH_LINES,
  LOG_HIGH_WATER_CHARS,
  LOG_LINGER_MS,
  LOG_LOW_WATER_CHARS,
} from '../limits.ts';
import type { AgentLogger } from '../logger.ts';
import type { ServerCalls } from '../wire/server-calls.ts';
import { endsLease } from '../wire/answer.ts';
import { untilAnswered } from '../wire/retry.ts';

/** What the stream needs to send. */
export interface LogStreamOptions {
  readonly client: ServerCalls;
  readonly clock: Clock;
  readonly logger: AgentLogger;
  readonly request: JobRequestId;
  readonly lease: number;
  /** Ends the sending: the server refused the lease, or the agent has to go. */
  readonly signal: AbortSignal;
  readonly onRefused: () => void;
}

function hasRoom({ lines, chars }: Batch, line: string): boolean {
  return lines.length < LOG_BATCH_LINES && chars + line.length < LOG_BATCH_CHARS;
}

interface Batch {
  readonly step: number;
  readonly firstLine: number;
  readonly lines: string[];
  chars: number;
}

/**
 * The masked lines of one job on their way to the server: batches of at most 100 ms or 256 KiB, one request at a
 * time, repeated until acknowledged; each line has its position, so a repeat changes nothing (INV-60). Memory is
 * bounded: above the high-water mark `congested` asks the writers to wait for `drained`.
 */
export class LogStream {
  readonly #options: LogStreamOptions;
  readonly #batches: Batch[] = [];
  readonly #nextLine = new Map<number, number>();
  #chars = 0;
  #sending: Promise<void> | undefined;
  #linger: AbortController | undefined;
  #flushing = false;
  #waiting: (() => void)[] = [];

  constructor(options: LogStreamOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#drop(), { once: true });
  }

  /** True while writers should pause. */
  get congested(): boolean {
    return this.#chars > LOG_HIGH_WATER_CHARS;
  }

  /** Resolves when writers may go on. */
  drained(): Promise<void> {
    return this.congested ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  /** How many lines a step has written. */
  lineCount(step: number): number {
    return this.#nextLine.get(step) ?? 0;
  }

  /** Adds one line; it must be masked already. */
  append(step: number, line: string): void {
    const position = this.lineCount(step);
    this.#nextLine.set(step, position + 1);
    if (this.#options.signal.aborted) return;
    const last = this.#batches.at(-1);
    if (last !== undefined && last.step === step && hasRoom(last, line)) {
      last.lines.push(line);
      last.chars += line.length + 1;
    } else {
      this.#batches.push({ step, firstLine: position, lines: [line], chars: line.length + 1 });
      // A batch behind another one: the first is as full as it gets.
      if (this.#batches.length > 1) this.#linger?.abort();
    }
    this.#chars += line.length + 1;
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Sends what is there without delay; resolves when everything is acknowledged or the signal ended the sending. */
  async flush(): Promise<void> {
    this.#flushing = true;
    this.#linger?.abort();
    while (this.#sending !== undefined) await this.#sending;
    this.#flushing = false;
  }

  async #send(): Promise<void> {
    const { clock, signal } = this.#options;
    while (this.#batches.length > 0 && !signal.aborted) {
      if (this.#batches.length === 1 && !this.#flushing) {
        this.#linger = new AbortController();
        await clock.sleep(LOG_LINGER_MS, this.#linger.signal);
        this.#linger = undefined;
      }
      const batch = this.#batches.shift();
      if (batch !== undefined) await this.#deliver(batch);
    }
  }

  async #deliver({ step, firstLine, lines, chars }: Batch): Promise<void> {
    const { client, clock, logger, request, lease, signal, onRefused } = this.#options;
    const answer = await untilAnswered(
      () => client.log(request, { lease, step, firstLine, lines }, { signal }),
      {
        clock,
        signal,
        onUnreachable: (message, tries) => logger.warn('log-failed', { request, tries, message }),
      },
    );
    this.#release(chars);
    if (answer?.kind !== 'refused') return;
    const { status, message } = answer;
    logger.error('log-refused', { request, step, firstLine, status, message });
    if (endsLease(answer)) onRefused();
  }

  #release(chars: number): void {
    this.#chars = Math.max(0, this.#chars - chars);
    if (this.#chars > LOG_LOW_WATER_CHARS) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  #drop(): void {
    this.#batches.length = 0;
    this.#chars = 0;
    this.#release(0);
  }
}
