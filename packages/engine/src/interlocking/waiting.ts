import type { BundleRow } from './rows.ts';

/** Whether the bundle still wants its locks; every other status but `inUse` is final (LAW-3). */
export function isWaiting(bundle: BundleRow): boolean {
  return bundle.status === 'queued' || bundle.status === 'waitingOnChecks';
}

/** Whether the bundle wants its locks, now or once it is approved. */
export function isOpen(bundle: BundleRow): boolean {
  return isWaiting(bundle) || bundle.status === 'expected';
}
