import { ApiError, type LeaseView, type NewLease } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acquire } from '../src/lock/acquire.ts';

const LEASE: LeaseView = {
  requestId: 'one',
  caller: 'test',
  status: 'queued',
  locks: [{ lockId: 1, name: 'prod', position: 1 }],
  queueTime: '2026-01-01T00:00:00Z',
  leaseSeconds: 60,
  reasons: [],
};

describe('waiting for locks', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  it('goes on asking without waiting when too many questions of the token are open (429)', async () => {
    const asked: (number | undefined)[] = [];
    const answers = [LEASE, 'tooMany', LEASE, { ...LEASE, status: 'inUse' }] as const;
    const acquireLease = async (_project: string, { waitSeconds }: NewLease): Promise<LeaseView> => {
      const answer = answers[asked.length] ?? LEASE;
      asked.push(waitSeconds);
      if (answer === 'tooMany') throw new ApiError(429, { message: 'Too many.' });
      return answer;
    };
    const got = acquire({
      client: { acquireLease },
      project: 'Demo',
      request: { requestId: 'one', locks: ['prod'] },
      clock: () => Date.now(),
      until: Infinity,
      signal: new AbortController().signal,
      say: () => undefined,
    });
    await vi.advanceTimersByTimeAsync(2000);
    expect((await got).lease.status).toBe('inUse');
    expect(asked).toEqual([0, 25, 0, 25]);
  });
});
