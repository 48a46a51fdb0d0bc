import { keyOf, type Of, type State } from './state.ts';

/** The resource of a lock is deleted, if nobody holds it: whoever waits for it loses. */
export function deleteLock(s: State, { resource }: Of<'DeleteLock'>): void {
  const lock = s.locks.find(({ key }) => key === keyOf(resource));
  if (lock === undefined || s.holders(lock).length > 0) return;
  lock.deleted = true;
  for (const bundle of s.waiting()) if (bundle.locks.includes(lock)) bundle.status = 'canceled';
}
