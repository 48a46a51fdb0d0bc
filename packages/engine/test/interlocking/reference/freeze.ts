import { judgeAnew } from './barred.ts';
import type { Of, State } from './state.ts';

/** An operator freezes a lock, or ends that. */
export function freeze(s: State, message: Of<'FreezeLock' | 'UnfreezeLock'>): void {
  const lock = s.locks[message.lock - 1];
  if (lock === undefined) return;
  // Refused: a freeze ends in the future.
  if (message.type === 'FreezeLock' && (message.until ?? Infinity) <= s.now) return;
  if (message.type === 'UnfreezeLock' && lock.freeze === undefined) return;
  if (message.type === 'UnfreezeLock') delete lock.freeze;
  else lock.freeze = { until: message.until, exempt: message.exempt };
  judgeAnew(s, lock);
}

/** A freeze whose end has come. */
export function thaw(s: State, now: number): void {
  for (const lock of s.locks) {
    if (lock.freeze?.until === undefined || lock.freeze.until > now) continue;
    delete lock.freeze;
    judgeAnew(s, lock);
  }
}
