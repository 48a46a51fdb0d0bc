import { pendingCancel } from '@signalbox/api';
import type { PendingCancel } from '@signalbox/engine';
import { wireTime } from './common.ts';

/** That a cancel waits for the end of a protected stage, as one sentence with names and times of the wire (Q6). */
export function pendingCancelText(displayName: string, cancel: PendingCancel): string {
  const { at, by, of } = cancel;
  const protectedBy = cancel.protectedBy.map(({ lockName }) => lockName);
  return pendingCancel({ displayName, protectedBy, cancelPending: { at: wireTime(at), by, of } }) ?? '';
}
