import { describe, expect, it } from 'vitest';
import { renewalTimeout } from '../../src/lease/renew-loop.ts';

describe('renewalTimeout', () => {
  it.each([
    { renewEveryMs: 15_000, leaseMs: 300_000, timeout: 15_000, why: 'the pace, where leases are long' },
    {
      renewEveryMs: 500,
      leaseMs: 10_000,
      timeout: 2_500,
      why: 'a line that is slower than the pace keeps it',
    },
    { renewEveryMs: 3_000, leaseMs: 60_000, timeout: 5_000, why: 'one that hangs leaves time for others' },
  ])('is $timeout ms of a lease of $leaseMs ms: $why (AGENT-8, F8)', ({ renewEveryMs, leaseMs, timeout }) => {
    expect(renewalTimeout(renewEveryMs, leaseMs)).toBe(timeout);
  });
});
