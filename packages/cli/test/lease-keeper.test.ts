import { ApiError, type LeaseView } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepLease } from '../src/lock/lease-keeper.ts';

const LEASE: LeaseView = {
  requestId: 'one',
  caller: 'test',
  status: 'inUse',
  locks: [],
  queueTime: '2026-01-01T00:00:00Z',
  leaseSeconds: 60,
  leaseUntil: '2026-01-01T00:01:00Z',
  reasons: [],
};

/** A server that answers renewals as it is told, and remembers when they came. */
function keep(answer: () => Promise<LeaseView>): { readonly renewals: number[]; readonly lost: unknown[][] } {
  const renewals: number[] = [];
  const lost: unknown[][] = [];
  const clock = (): number => Date.now();
  keepLease({
    client: {
      renewLease: async () => {
        renewals.push(clock());
        return answer();
      },
    },
    project: 'Demo',
    lease: LEASE,
    since: 0,
    clock,
    onLost: (why, end) => lost.push([clock(), why, end]),
  });
  return { renewals, lost };
}

describe('a lease that is kept', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  it('is renewed three times per lease, for as long as it answers', async () => {
    const { renewals, lost } = keep(async () => LEASE);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(renewals.slice(0, 3)).toEqual([20_000, 40_000, 60_000]);
    expect(lost).toEqual([]);
  });

  it('counts as lost when only a quarter of it is left and no renewal came through (INV-07)', async () => {
    const { lost } = keep(async () => {
      throw new ApiError(0, { message: 'No answer.' });
    });
    await vi.advanceTimersByTimeAsync(300_000);
    expect(lost).toEqual([[45_000, 'It could not be renewed in time. No answer.', 60_000]]);
  });

  it('counts as lost when a renewal is never answered', async () => {
    const { lost } = keep(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(300_000);
    expect(lost).toEqual([[45_000, 'It could not be renewed in time.', 60_000]]);
  });

  it('survives a server that is away for less than that', async () => {
    let calls = 0;
    const { lost } = keep(async () => {
      calls += 1;
      if (calls < 5) throw new ApiError(503, { message: 'Not now.' });
      return LEASE;
    });
    await vi.advanceTimersByTimeAsync(300_000);
    expect(lost).toEqual([]);
  });

  it('is lost at once when the server says so', async () => {
    const { lost } = keep(async () => {
      throw new ApiError(410, { message: 'Over.', code: 'lease-lost' });
    });
    await vi.advanceTimersByTimeAsync(300_000);
    expect(lost).toEqual([[20_000, 'Over.', 60_000]]);
  });
});
