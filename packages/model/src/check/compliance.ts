import type { InvokeSettings } from './invoke.ts';

/** Evaluations of one check within its time-out that Azure recommends at most. */
const MOST_RECOMMENDED = 10;

/**
 * What Azure announces to refuse one day, in one sentence that says how to mend it; undefined: nothing (HOOK-11). It is
 * a warning: the check works here.
 */
export function complianceIssue(
  { completion, retryMinutes = 0 }: InvokeSettings,
  timeoutMinutes: number,
): string | undefined {
  if (retryMinutes === 0) return undefined;
  if (completion === 'callback')
    return 'A check that is decided by a callback should be asked once: set the time between evaluations to 0.';
  const evaluations = timeoutMinutes / retryMinutes;
  if (evaluations <= MOST_RECOMMENDED) return undefined;
  return (
    `The check is evaluated up to ${Math.floor(evaluations)} times; ` +
    `at most ${MOST_RECOMMENDED} are recommended: make the time between evaluations longer, or let the service call back.`
  );
}
