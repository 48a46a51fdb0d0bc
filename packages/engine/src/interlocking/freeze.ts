import { isBranchPattern } from '@signalbox/model';
import type { Refusal } from '../refusals.ts';
import type { Decision } from './decision.ts';
import { MAX_EXEMPT } from './limits.ts';
import type { InterlockingMessage } from './messages.ts';
import { changed, reasonRefusal, refuse } from './operate.ts';
import { rekeyWaiters } from './rekey.ts';
import type { LockRow } from './rows.ts';

type FreezeLock = Extract<InterlockingMessage, { type: 'FreezeLock' }>;
type UnfreezeLock = Extract<InterlockingMessage, { type: 'UnfreezeLock' }>;
type FreezeOver = Extract<InterlockingMessage, { type: 'FreezeOver' }>;

/** Nobody is granted the lock any more but exempt branches; holders stay. A freeze replaces the one before. */
export function freezeLock(d: Decision, message: FreezeLock): void {
  const lock = d.read.lock(message.lock);
  if (d.read.lacks) return;
  const refusal = lock === undefined ? lockNotFound(message.lock) : freezeRefusal(message, d.now);
  if (lock === undefined || refusal !== undefined) return refuse(d, refusal);
  const { until, exempt, by, reason } = message;
  const freeze = { since: d.now, ...(until !== undefined && { until }), exempt, by, reason };
  d.record({ type: 'LockFrozen', lock: lock.id, freeze });
  if (until !== undefined) d.wake({ type: 'FreezeOver', lock: lock.id }, until);
  changed(d, true);
  rekeyWaiters(d, lock);
  d.toGrant.add(lock.id);
}

/** Ends a freeze; of no effect when there is none. */
export function unfreezeLock(d: Decision, { lock: id, by, reason }: UnfreezeLock): void {
  const lock = d.read.lock(id);
  if (d.read.lacks) return;
  const refusal = lock === undefined ? lockNotFound(id) : reasonRefusal(reason);
  if (lock === undefined || refusal !== undefined) return refuse(d, refusal);
  changed(d, lock.freeze !== undefined);
  if (lock.freeze !== undefined) thaw(d, lock, { by, reason });
}

/** The mail only wakes; a freeze that was prolonged in the meantime goes on. */
export function freezeOver(d: Decision, { lock: id }: FreezeOver): void {
  const lock = d.read.lock(id);
  if (lock?.freeze?.until === undefined || lock.freeze.until > d.now) return;
  thaw(d, lock, { by: 'Signalbox', reason: 'The time of the freeze is over.' });
}

function thaw(d: Decision, lock: LockRow, who: { readonly by: string; readonly reason: string }): void {
  d.record({ type: 'LockUnfrozen', lock: lock.id, at: d.now, ...who });
  rekeyWaiters(d, lock);
  d.toGrant.add(lock.id);
}

function freezeRefusal({ until, exempt, reason }: FreezeLock, now: number): Refusal | undefined {
  if (until !== undefined && (!Number.isSafeInteger(until) || until <= now)) {
    return { code: 'freeze-until', message: 'A freeze ends in the future, or it has no end.' };
  }
  if (exempt.length > MAX_EXEMPT || !exempt.every(isBranchPattern)) {
    return {
      code: 'freeze-exempt',
      message: `A freeze exempts at most ${MAX_EXEMPT} branches, each a full name or a beginning with '*' at its end.`,
    };
  }
  return reasonRefusal(reason);
}

function lockNotFound(id: number): Refusal {
  return { code: 'lock-not-found', message: `There is no lock ${id}.` };
}
