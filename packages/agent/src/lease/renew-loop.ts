import type { Millis } from '@signalbox/model';
import { RENEWAL_PATIENCE_MS } from '../limits.ts';
import { retryPause } from '../wire/retry.ts';
import type { Lease } from './lease.ts';

/**
 * How long one renewal may be under way. Where leases are short the pace of renewals is quicker than a far or a busy
 * server answers; four tries within a lease are enough, and none is cut off while its answer may still come in time.
 */
export function renewalTimeout(renewEveryMs: Millis, leaseMs: Millis): Millis {
  return Math.max(renewEveryMs, Math.min(leaseMs / 4, RENEWAL_PATIENCE_MS));
}

/**
 * Renews the lease until the job is over. A loop of its own, because nothing a job does – a full log buffer, a
 * step that hangs – may keep the server from hearing that its agent is alive (AGENT-8).
 */
export async function renewLoop(lease: Lease): Promise<void> {
  const { client, clock, control, request, number, renewEveryMs, leaseMs } = lease.options;
  let failures = 0;
  while (!control.closed.aborted) {
    const pause = failures === 0 ? renewEveryMs : Math.min(renewEveryMs, retryPause(failures));
    await clock.sleep(pause, control.closed);
    if (control.closed.aborted) return;
    const sentAt = clock.monotonic();
    const answer = await client.renew(
      request,
      { lease: number },
      { timeoutMs: renewalTimeout(renewEveryMs, leaseMs), signal: control.closed },
    );
    if (!lease.take(answer, sentAt)) return;
    failures = answer.kind === 'unreachable' ? failures + 1 : 0;
  }
}
