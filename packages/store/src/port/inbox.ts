import type { Address, Mail, Reply } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';

/** The way into the aggregates. Whatever resolves here is durable. */
export interface Inbox {
  /** Writes mail, all of it or none; it is handled soon after, by any replica. */
  submit(mail: readonly Mail[]): Promise<void>;
  /**
   * A command: writes the mail, has it handled, and answers once its effects are durable.
   * The same key gives the same reply for a day; with another message it is refused (`key-reused`).
   * A message that cannot be handled answers with the refusal `parked`; nobody waits for ever.
   */
  execute(mail: Mail, replyKey: string): Promise<Reply>;
  /** The reply to a command given earlier, if it is known by now. */
  replyOf(replyKey: string): Promise<Reply | undefined>;
  /** Calls when there may be mail to handle, here or from another replica; returns how to stop. */
  onMail(listener: () => void): () => void;
  /** When the next mail that waits is due; undefined when none waits. */
  nextDue(): Promise<Instant | undefined>;
  /** Messages that failed again and again and were set aside, oldest first (F16). */
  parked(): Promise<readonly ParkedMail[]>;
  /** Puts a parked message back into its inbox. */
  unpark(id: number): Promise<void>;
}

/** A message that was set aside, and why. */
export interface ParkedMail {
  readonly id: number;
  readonly to: Address;
  readonly body: Mail['body'];
  readonly reason: string;
  readonly attempts: number;
}

/** What one call of `work` did. */
export interface WorkReport {
  /** Units of work: one aggregate, one batch. */
  readonly units: number;
  readonly messages: number;
  readonly parked: number;
  /** True when due mail may be left: call again. */
  readonly more: boolean;
}

/** Bounds of one call of `work`. */
export interface WorkOptions {
  /** Stops after about this many units, so that a long backlog does not hold the event loop. */
  readonly maxUnits?: number;
}
