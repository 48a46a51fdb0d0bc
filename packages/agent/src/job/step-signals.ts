import type { Millis } from '@signalbox/model';
import type { Clock } from '../clock.ts';
import type { JobControl } from '../lease/job-control.ts';

/** Why a step was stopped before its own end. */
export type StopReason = 'canceled' | 'timedOut' | 'done';

/** What can stop a step. */
export interface StepSignalsOptions {
  readonly control: JobControl;
  readonly clock: Clock;
  /** 0: no limit. */
  readonly timeoutMs: Millis;
  /** Asked when the job is cancelled: whether the step goes on (CANCEL-7). */
  readonly survivesCancel: () => boolean;
}

/** Brings together all that can stop one step: cancel, shutdown, time-out, its own `done`. The first reason counts. */
export class StepSignals {
  readonly #stop = new AbortController();
  readonly #over = new AbortController();
  #reason: StopReason | undefined;

  constructor(options: StepSignalsOptions) {
    const { control, clock, timeoutMs, survivesCancel } = options;
    const over = this.#over.signal;
    const once = { once: true, signal: over };
    // A step that starts after the cancel was asked with that status already.
    if (!control.cancelled.aborted) {
      const onCancel = (): void => {
        if (control.shutdown.aborted || !survivesCancel()) this.stop('canceled');
      };
      control.cancelled.addEventListener('abort', onCancel, once);
    }
    for (const signal of [control.shutdown, control.killed]) {
      if (signal.aborted) this.stop('canceled');
      signal.addEventListener('abort', () => this.stop('canceled'), once);
    }
    if (timeoutMs > 0) {
      // Not awaited: the end of the step ends the sleep.
      void clock.sleep(timeoutMs, over).then(() => {
        if (!over.aborted) this.stop('timedOut');
      });
    }
  }

  /** Aborted when the step is to end. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Why; undefined while the step goes on. */
  get reason(): StopReason | undefined {
    return this.#reason;
  }

  /** Stops the step. */
  stop(reason: StopReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#stop.abort();
  }

  /** The step is over. */
  close(): void {
    this.#over.abort();
  }
}
