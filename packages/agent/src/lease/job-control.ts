import type { Millis } from '@signalbox/model';
import type { Clock } from '../clock.ts';
import { CANCEL_RESERVE_MS } from '../limits.ts';

/** Why a job stops early. */
export type CancelReason =
  /** The server says so (CANCEL-7). */
  | 'requested'
  /** The server does not accept this lease any more (INV-51). */
  | 'leaseRefused'
  /** No renewal was acknowledged in time (RELIABILITY §5.4). */
  | 'leaseExpired'
  /** The agent itself has to go (AGENT-10). */
  | 'shutdown';

/**
 * Whether one job may go on: the one place that the loops write and the steps read. Three grades, none is ever
 * taken back: cancelled (clean-up may run), killed (nothing may run), refused (nothing may be said either).
 */
export class JobControl {
  readonly #clock: Clock;
  readonly #cancelled = new AbortController();
  readonly #killed = new AbortController();
  readonly #refused = new AbortController();
  readonly #shutdown = new AbortController();
  readonly #closed = new AbortController();
  #reason: CancelReason | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Why the job is cancelled; undefined while it is not. */
  get reason(): CancelReason | undefined {
    return this.#reason;
  }

  /** Aborted when the job is cancelled. */
  get cancelled(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Aborted when the budget for clean-up is used up (CANCEL-8): everything still running dies now. */
  get killed(): AbortSignal {
    return this.#killed.signal;
  }

  /** Aborted when the server refused the lease: nothing more is sent. */
  get refused(): AbortSignal {
    return this.#refused.signal;
  }

  /** Aborted when the agent has to go: no condition is asked any more. */
  get shutdown(): AbortSignal {
    return this.#shutdown.signal;
  }

  /** Aborted when the job is over: ends the loops that serve it. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Cancels once; the first budget counts, a second request changes nothing (CANCEL-9, CANCEL-13). */
  cancel(reason: CancelReason, budgetMs: Millis): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    const reserve = Math.min(CANCEL_RESERVE_MS, budgetMs / 10);
    // Not awaited: the clean-up runs meanwhile; closing the job ends the sleep.
    void this.#clock.sleep(budgetMs - reserve, this.closed).then(() => {
      if (!this.closed.aborted) this.kill();
    });
    this.#cancelled.abort();
  }

  /** Ends everything at once; implies a cancel. */
  kill(): void {
    this.#reason ??= 'requested';
    this.#cancelled.abort();
    this.#killed.abort();
  }

  /** The server does not want to hear of this job: stop it, within the clean-up budget, in silence. */
  refuse(budgetMs: Millis): void {
    this.#refused.abort();
    this.cancel('leaseRefused', budgetMs);
  }

  /** AGENT-10: the running step is stopped without asking its condition, and no later one runs. */
  shutDown(budgetMs: Millis): void {
    this.#shutdown.abort();
    this.cancel('shutdown', budgetMs);
  }

  /** The job is over. */
  close(): void {
    this.#closed.abort();
  }
}
