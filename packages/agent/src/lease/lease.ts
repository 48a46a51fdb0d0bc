import type { RenewResponse } from '@signalbox/api';
import type { JobRequestId, Millis } from '@signalbox/model';
import type { Clock } from '../clock.ts';
import type { AgentLogger } from '../logger.ts';
import type { ServerCalls } from '../wire/server-calls.ts';
import { endsLease, type Answer } from '../wire/answer.ts';
import type { JobControl } from './job-control.ts';

/** What the three loops that keep a lease share. */
export interface LeaseOptions {
  readonly client: ServerCalls;
  readonly clock: Clock;
  readonly logger: AgentLogger;
  readonly control: JobControl;
  readonly request: JobRequestId;
  readonly number: number;
  readonly renewEveryMs: Millis;
  readonly leaseMs: Millis;
  readonly pollWaitMs: Millis;
  /** The budget when the agent itself concludes that the job has to stop: the job's cancel time-out. */
  readonly cancelBudgetMs: Millis;
  /** When the agent asked for work, on the monotonic clock: the lease was not granted before. */
  readonly askedAt: Millis;
  /** A lock protects the job: a lease that runs out does not end it (RELIABILITY §5.4). */
  readonly protected: boolean;
}

/** One lease: until when it is good by the agent's own clock, and what the server's answers mean for the job. */
export class Lease {
  readonly options: LeaseOptions;
  #deadline: Millis;

  constructor(options: LeaseOptions) {
    this.options = options;
    this.#deadline = options.askedAt + options.leaseMs;
  }

  /** On the monotonic clock; the server's instant is of no use where the clocks differ (F13). */
  get deadline(): Millis {
    return this.#deadline;
  }

  /**
   * Before anything runs: an answer that was long under way brings a lease that is nearly over, or that was lost since,
   * and counted from its arrival it would outlive the server's patience (LAW-8). False: leave the job alone; if it is
   * still the agent's, the next poll brings it again.
   */
  async confirm(): Promise<boolean> {
    const { client, clock, control, leaseMs, logger, number, request } = this.options;
    if (this.#deadline - clock.monotonic() > leaseMs / 2) return true;
    const sentAt = clock.monotonic();
    const answer = await client.renew(request, { lease: number }, { signal: control.closed });
    const isGood = answer.kind === 'ok' && this.take(answer, sentAt) && this.#deadline > clock.monotonic();
    if (!isGood) logger.warn('job-left', { request, lease: number });
    return isGood;
  }

  /**
   * Takes an answer to a renewal. The lease counts from when the request was sent: the server cannot have
   * granted it earlier than that. False: no further renewal makes sense.
   */
  take(answer: Answer<RenewResponse>, sentAt: Millis): boolean {
    const { control, logger, leaseMs, request, cancelBudgetMs } = this.options;
    if (answer.kind === 'unreachable') {
      if (!control.closed.aborted) logger.warn('renew-failed', { request, message: answer.message });
      return true;
    }
    if (answer.kind === 'refused') {
      // A refusal that is about this one request, not about the lease.
      if (!endsLease(answer)) {
        logger.error('renew-refused', { request, status: answer.status, message: answer.message });
        return true;
      }
      logger.warn('lease-refused', { request, status: answer.status, message: answer.message });
      control.refuse(cancelBudgetMs);
      return false;
    }
    this.#deadline = Math.max(this.#deadline, sentAt + leaseMs);
    const { cancel } = answer.value;
    if (cancel?.kill) control.kill();
    else if (cancel !== undefined) control.cancel('requested', cancel.budgetMs);
    return true;
  }
}
