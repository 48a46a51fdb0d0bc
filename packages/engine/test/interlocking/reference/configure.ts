import { judgeAnew } from './barred.ts';
import { keyOf, type Of, type State } from './state.ts';

/** A lock gets its policy; those who wait are judged anew if that may change their place. */
export function configure(s: State, { resource, policy, enabled }: Of<'ConfigureLock'>): void {
  const lock = s.locks.find(({ key }) => key === keyOf(resource));
  if (lock === undefined) {
    s.locks.push({ key: keyOf(resource), policy, enabled, deployed: new Map(), lastToken: 0 });
    return;
  }
  const { orderBy, behavior, waitTimeoutMinutes, lanes } = lock.policy;
  lock.policy = policy;
  lock.enabled = enabled;
  delete lock.deleted;
  const same =
    JSON.stringify(lanes) === JSON.stringify(policy.lanes) &&
    orderBy === policy.orderBy &&
    behavior === policy.behavior &&
    waitTimeoutMinutes === policy.waitTimeoutMinutes;
  if (!same) judgeAnew(s, lock);
}
