import { retryPause } from '../wire/retry.ts';
import type { Lease } from './lease.ts';

/**
 * Renews the lease until the job is over. A loop of its own, because nothing a job does – a full log buffer, a
 * step that hangs – may keep the server from hearing that its agent is alive (AGENT-8).
 */
export async function renewLoop(lease: Lease): Promise<void> {
  const { client, clock, control, request, number, renewEveryMs } = lease.options;
  let failures = 0;
  while (!control.closed.aborted) {
    const pause = failures === 0 ? renewEveryMs : Math.min(renewEveryMs, retryPause(failures));
    await clock.sleep(pause, control.closed);
    if (control.closed.aborted) return;
    const sentAt = clock.monotonic();
    const answer = await client.renew(
      request,
      { lease: number },
      { timeoutMs: renewEveryMs, signal: control.closed },
    );
    if (!lease.take(answer, sentAt)) return;
    failures = answer.kind === 'unreachable' ? failures + 1 : 0;
  }
}
