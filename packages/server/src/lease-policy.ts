import { DEFAULT_LEASE_POLICY, type LeasePolicy } from '@signalbox/engine';

/** An agent renews its lease so many times before it is over: one lost renewal, or ten, do no harm. */
const RENEWALS = 20;

/**
 * What the pools decide by: their times from `--agent-lease` in seconds, the default without it (RELIABILITY §5.4), and
 * from `--parallel-jobs` how many jobs may run at once in all of them (AGENT-6), no limit without it.
 */
export function leasePolicy(seconds: number | undefined, parallelJobs?: number): LeasePolicy {
  const limit = parallelJobs === undefined ? {} : { parallelJobs };
  if (seconds === undefined) return { ...DEFAULT_LEASE_POLICY, ...limit };
  const leaseMs = seconds * 1000;
  return { ...DEFAULT_LEASE_POLICY, leaseMs, renewEveryMs: leaseMs / RENEWALS, ...limit };
}
