import type { ProtectingLock } from '../interlocking/messages.ts';
import type { DeferredCancel, StageState } from './state.ts';
import { record, type Turn } from './turn.ts';

/** The locks that keep a cancel from a stage under way (`cancel: afterStage`, Q6); undefined: a cancel reaches it. */
export function shieldOf(stage: StageState): readonly ProtectingLock[] | undefined {
  // When its jobs are over, only its post-deployment approval is left to be cancelled.
  const reaches = stage.phase !== 'running' || stage.cancelling || stage.jobsOver !== undefined;
  return reaches ? undefined : stage.protectedBy;
}

/** True when a lock protects the stage, whether or not somebody has gone past that since. */
export function isShielded(stage: StageState): boolean {
  return stage.phase === 'running' && stage.protectedBy !== undefined;
}

/** A cancel that waits for the end of its stage, and the locks for which it does (Q6). */
export interface PendingCancel extends DeferredCancel {
  readonly protectedBy: readonly ProtectingLock[];
}

/** The cancel that takes effect when the stage is over; undefined: none waits, or it was gone past by force (U8). */
export function pendingCancelOf(stage: StageState): PendingCancel | undefined {
  if (stage.phase !== 'running' || stage.cancelling || stage.cancelRequested === undefined) return undefined;
  return { ...stage.cancelRequested, protectedBy: stage.protectedBy ?? [] };
}

/** Notes a cancel that takes effect when the stage is over; the first counts (CANCEL-13). True when it is so. */
export function deferCancel(turn: Turn, stage: StageState, of: 'run' | 'stage', by: string): boolean {
  if (shieldOf(stage) === undefined) return false;
  if (stage.phase === 'running' && stage.cancelRequested === undefined)
    record(turn, { type: 'StageCancelDeferred', stage: stage.name, of, by, at: turn.now });
  return true;
}
