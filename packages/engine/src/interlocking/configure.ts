import type { Refusal } from '../outcome.ts';
import type { Decision } from './decision.ts';
import { MAX_CAPACITY, MAX_LOCK_NAME, MAX_WAIT_MINUTES } from './limits.ts';
import type { InterlockingMessage } from './messages.ts';
import { rekeyWaiters } from './rekey.ts';
import type { LockRow } from './rows.ts';

type ConfigureLock = Extract<InterlockingMessage, { type: 'ConfigureLock' }>;

/**
 * Creates the lock of a resource, or changes it; replies its id. Those who wait are settled under the new
 * policy at once; no holder is evicted (LAW-11, INV-15). The same settings again change nothing.
 */
export function configureLock(d: Decision, message: ConfigureLock): void {
  const refusal = refusalOf(message);
  if (refusal !== undefined) {
    d.reply = { ok: false, refusal };
    return;
  }
  const before = d.read.lockOf(message.resource);
  if (before === undefined) return;
  const lock = before?.id ?? d.header.lastLock + 1;
  d.reply = { ok: true, value: lock };
  if (before !== null && isSame(before, message)) return;
  const { resource, name, policy, enabled, by } = message;
  const { type, id } = resource;
  d.record({ type: 'LockConfigured', lock, resource: { type, id }, name, policy, enabled, by, at: d.now });
  if (before === null) return;
  rekeyWaiters(d, before);
  d.toGrant.add(lock);
  d.lookAt(lock);
  d.lookAtAll.add(lock);
}

function refusalOf({ name, policy }: ConfigureLock): Refusal | undefined {
  if (!isWithin(policy.capacity, MAX_CAPACITY)) {
    return {
      code: 'policy-capacity',
      message: `The capacity of a lock is a whole number from 1 to ${MAX_CAPACITY}.`,
    };
  }
  if (!isWithin(policy.waitTimeoutMinutes, MAX_WAIT_MINUTES)) {
    return {
      code: 'policy-wait-timeout',
      message: `The wait time-out of a lock is a whole number of minutes from 1 to ${MAX_WAIT_MINUTES}.`,
    };
  }
  if (name.trim() === '' || name.length > MAX_LOCK_NAME) {
    return {
      code: 'lock-name',
      message: `The name of a lock has between 1 and ${MAX_LOCK_NAME} characters.`,
    };
  }
  return undefined;
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

function isSame(lock: LockRow, { name, policy, enabled }: ConfigureLock): boolean {
  return lock.name === name && lock.enabled === enabled && samePolicy(lock.policy, policy);
}

function samePolicy(a: LockRow['policy'], b: LockRow['policy']): boolean {
  return (
    a.capacity === b.capacity &&
    a.behavior === b.behavior &&
    a.orderBy === b.orderBy &&
    a.supersede === b.supersede &&
    a.waitTimeoutMinutes === b.waitTimeoutMinutes &&
    a.onWaitTimeout === b.onWaitTimeout
  );
}
