import { DEFAULT_LEASE_POLICY, type LeasePolicy } from '@signalbox/engine';

/** An agent renews its lease so many times before it is over: one lost renewal, or ten, do no harm. */
const RENEWALS = 20;

/** The times of the pools, from `--agent-lease` in seconds; the default without it (RELIABILITY §5.4). */
export function leasePolicy(seconds: number | undefined): LeasePolicy {
  if (seconds === undefined) return DEFAULT_LEASE_POLICY;
  const leaseMs = seconds * 1000;
  return { ...DEFAULT_LEASE_POLICY, leaseMs, renewEveryMs: leaseMs / RENEWALS };
}
