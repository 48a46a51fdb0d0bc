import type { Refusal } from '../refusals.ts';
import type { Decision } from './decision.ts';
import { leave } from './end.ts';
import type { InterlockingMessage } from './messages.ts';
import { changed, refuse } from './operate.ts';
import type { BundleRow, LockRow } from './rows.ts';

type DeleteLock = Extract<InterlockingMessage, { type: 'DeleteLock' }>;

/**
 * The resource of a lock is deleted: who waits there leaves all queues, and their stages fail, because what they
 * would deploy to is not there any more (GAP-19). Refused while somebody holds the lock: a deployment is under way.
 * The row stays, so that a later request fails, too, and no token is ever given twice (LAW-12, INV-02).
 */
export function deleteLock(d: Decision, { resource, by }: DeleteLock): void {
  const lock = d.read.lockOf(resource);
  if (lock === undefined) return;
  if (lock === null || lock.deleted !== undefined) return changed(d, false);
  const holders = d.read.holders(lock.id);
  const waiters = d.read.waiting(lock.id);
  if (holders === undefined || waiters === undefined) return;
  if (holders.length > 0) return refuse(d, lockInUse(lock, holders));
  changed(d, true);
  d.record({ type: 'LockDeleted', lock: lock.id, at: d.now, by });
  for (const waiter of waiters) loseResource(d, waiter, lock, by);
}

/** Ends a request whose lock was deleted, and fails its stage. */
export function loseResource(d: Decision, bundle: BundleRow, lock: LockRow, by: string): void {
  const message = resourceGone(lock);
  d.record({ type: 'BundleWithdrawn', bundle: bundle.id, at: d.now, by, reason: message });
  d.tell(bundle.requester, { type: 'LocksLost', why: { kind: 'lockMissing', message } });
  leave(d, bundle);
}

/** What a stage is told whose resource was deleted. */
export function resourceGone({ resource, name }: Pick<LockRow, 'resource' | 'name'>): string {
  const what =
    resource.type === 'named' ? 'lock' : resource.type === 'persistedStage' ? 'stage' : resource.type;
  return `The ${what} '${name}' was deleted. Queue a new run, which makes or names another.`;
}

function lockInUse({ name }: LockRow, holders: readonly BundleRow[]): Refusal {
  const [{ requester } = { requester: undefined }] = holders;
  const who =
    requester?.caller === undefined
      ? `run ${requester?.run}, stage ${requester?.stage}`
      : `${requester.caller.name}, request ${requester.stage}`;
  return {
    code: 'lock-in-use',
    message: `${name} is held by ${who}; wait for its end, or cancel it, before you delete.`,
  };
}
