import type { ProtectingLock } from './messages.ts';
import type { LockRow } from './rows.ts';

/**
 * What a grant of these locks says about cancelling their holder (`cancel: afterStage`, Q6, U8). One lock of a
 * bundle protects the whole stage. The policy at the grant counts: who began protected ends so, and a change of
 * the setting is for the next holder (LAW-11).
 */
export function protectionBy(locks: readonly LockRow[]): {
  readonly protectedBy?: readonly ProtectingLock[];
} {
  const protecting = locks.filter(({ policy }) => policy.cancel === 'afterStage');
  if (protecting.length === 0) return {};
  return { protectedBy: protecting.map(({ id, name }) => ({ lock: id, lockName: name })) };
}
