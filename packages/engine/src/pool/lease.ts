import type { Instant, Millis } from '@signalbox/model';

/** The times of a pool (RELIABILITY §5.4); tests set seconds. */
export interface LeasePolicy {
  /** How often an agent renews its lease. */
  readonly renewEveryMs: Millis;
  /** A lease ends this long after its last renewal; then its agent counts as lost (AGENT-8). */
  readonly leaseMs: Millis;
  /** Added to the hand-over time, for clocks that run apart and messages under way (LAW-8). */
  readonly marginMs: Millis;
  /** An agent that has not asked for work for so long is offline: it gets none. */
  readonly silentMs: Millis;
  /** Jobs that may run at once in all pools together (AGENT-6); absent: no limit. */
  readonly parallelJobs?: number;
}

/** Renewal every 15 s, lost after 5 min, margin 30 s (RELIABILITY §5.4). */
export const DEFAULT_LEASE_POLICY: LeasePolicy = {
  renewEveryMs: 15_000,
  leaseMs: 300_000,
  marginMs: 30_000,
  silentMs: 90_000,
};

/**
 * The instant from which no process of a lost job can act: when the lease has run out the agent treats its job
 * as cancelled, which takes at most the cancel time-out, and then kills it (LAW-8, INV-52).
 */
export function quarantineEnd(
  leaseUntil: Instant,
  cancelTimeoutMs: Millis,
  { marginMs }: LeasePolicy,
): Instant {
  return leaseUntil + cancelTimeoutMs + marginMs;
}
