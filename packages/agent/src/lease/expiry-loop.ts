import type { Lease } from './lease.ts';

/**
 * Cancels the job when its lease has run out without an acknowledged renewal. A loop of its own, because a
 * renewal may hang in the network past that moment. The server hands the lock on only after lease end, cancel
 * time-out and a margin (LAW-8), so a job that starts its clean-up now is over by then. A job that a lock protects
 * goes on: its lock is handed on only when this agent reports, or when a person decides (RELIABILITY §5.4).
 */
export async function expiryLoop(lease: Lease): Promise<void> {
  if (lease.options.protected) return;
  const { clock, control, logger, request, cancelBudgetMs } = lease.options;
  while (!control.closed.aborted && !control.cancelled.aborted) {
    const left = lease.deadline - clock.monotonic();
    if (left <= 0) {
      logger.error('lease-expired', { request });
      control.cancel('leaseExpired', cancelBudgetMs);
      return;
    }
    await clock.sleep(left, control.closed);
  }
}
