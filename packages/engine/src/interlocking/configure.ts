import { policyProblems, type LockPolicy } from '@signalbox/model';
import type { Refusal } from '../refusals.ts';
import type { Decision } from './decision.ts';
import { lapseOrWait } from './expect.ts';
import { watchHold } from './hold.ts';
import { MAX_LOCK_NAME } from './limits.ts';
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
  const awaited = d.read.awaitedAt(message.resource);
  if (before === undefined || awaited === undefined) return;
  const lock = before?.id ?? d.header.lastLock + 1;
  d.reply = { ok: true, value: lock };
  if (before !== null && isSame(before, message)) return;
  const { resource, name, policy, enabled, by } = message;
  const { type, id } = resource;
  d.record({ type: 'LockConfigured', lock, resource: { type, id }, name, policy, enabled, by, at: d.now });
  if (before?.policy.expectedLimitMinutes !== policy.expectedLimitMinutes) lapseOrWait(d, awaited);
  if (before !== null) settleAnew(d, before, policy);
}

/** Everybody who holds or waits is judged by the new policy. */
function settleAnew(d: Decision, before: LockRow, { holdLimitMinutes }: LockPolicy): void {
  const { id: lock } = before;
  if (before.policy.holdLimitMinutes !== holdLimitMinutes) {
    for (const holder of d.read.holders(lock) ?? []) watchHold(d, holder);
  }
  rekeyWaiters(d, before);
  d.toGrant.add(lock);
  d.lookAt(lock);
  d.lookAtAll.add(lock);
}

function refusalOf({ name, policy }: ConfigureLock): Refusal | undefined {
  const [problem] = policyProblems(policy);
  if (problem !== undefined) return { code: problem.code, message: problem.message };
  if (name.trim() === '' || name.length > MAX_LOCK_NAME) {
    return {
      code: 'lock-name',
      message: `The name of a lock has between 1 and ${MAX_LOCK_NAME} characters.`,
    };
  }
  return undefined;
}

function isSame(lock: LockRow, { name, policy, enabled }: ConfigureLock): boolean {
  return (
    lock.deleted === undefined &&
    lock.name === name &&
    lock.enabled === enabled &&
    samePolicy(lock.policy, policy)
  );
}

function samePolicy(a: LockPolicy, b: LockPolicy): boolean {
  return canonical(a) === canonical(b);
}

function canonical(policy: LockPolicy): string {
  return JSON.stringify(Object.entries(policy).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
