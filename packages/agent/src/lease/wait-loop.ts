import { EARLY_ANSWER_MS, POLL_MARGIN_MS, WAIT_DELAY_MS } from '../limits.ts';
import { retryPause } from '../wire/retry.ts';
import type { Lease } from './lease.ts';

/**
 * Hears of a cancel at once. A loop of its own beside the renewal: renewals are rare so that they are cheap, a
 * person who cancels does not want to wait for the next one. A second cancel changes nothing, unless it kills; so
 * the loop goes on until that (CANCEL-13).
 */
export async function waitLoop(lease: Lease): Promise<void> {
  const { client, clock, control, request, number, pollWaitMs } = lease.options;
  await clock.sleep(WAIT_DELAY_MS, control.closed);
  let failures = 0;
  while (!control.closed.aborted && !control.killed.aborted) {
    const sentAt = clock.monotonic();
    const answer = await client.wait(
      request,
      { lease: number, ...(control.cancelled.aborted && { cancelled: true }) },
      { timeoutMs: pollWaitMs + POLL_MARGIN_MS, signal: control.closed },
    );
    if (!lease.take(answer, sentAt)) return;
    failures = answer.kind === 'unreachable' ? failures + 1 : 0;
    if (failures > 0) await clock.sleep(retryPause(failures), control.closed);
    // An answer that comes early and brings nothing: see the poll loop.
    else if (clock.monotonic() - sentAt < pollWaitMs / 2) await clock.sleep(EARLY_ANSWER_MS, control.killed);
  }
}
