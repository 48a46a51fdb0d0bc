import type { Instant } from '@signalbox/model';
import type { Checks } from './rows.ts';

/** Whether the checks that a waiter has passed count at this instant; nothing said: they do (LOCK-26). */
export function checksCount(checks: Checks | undefined, now: Instant): boolean {
  if (checks === undefined) return true;
  const { valid, from = now, until } = checks;
  return valid && from <= now && (until === undefined || now < until);
}
