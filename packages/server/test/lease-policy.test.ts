import { DEFAULT_LEASE_POLICY } from '@signalbox/engine';
import { leasePolicy } from '@signalbox/server';
import { describe, expect, it } from 'vitest';

describe('leasePolicy', () => {
  it('renews twenty times in a lease, and leaves the margin and the silence as they are', () => {
    expect(leasePolicy(10)).toEqual({ ...DEFAULT_LEASE_POLICY, leaseMs: 10_000, renewEveryMs: 500 });
  });

  it('is the default for its own seconds, and without any', () => {
    expect(leasePolicy(300)).toEqual(DEFAULT_LEASE_POLICY);
    expect(leasePolicy(undefined)).toEqual(DEFAULT_LEASE_POLICY);
  });

  it('takes the limit of parallel jobs (AGENT-6)', () => {
    expect(leasePolicy(undefined, 3)).toEqual({ ...DEFAULT_LEASE_POLICY, parallelJobs: 3 });
    expect(leasePolicy(10, 3)).toMatchObject({ leaseMs: 10_000, parallelJobs: 3 });
  });
});
