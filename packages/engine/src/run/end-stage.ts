import type { NodeResult, StageReason } from '@signalbox/model';
import { isUndecided, kindOf, type CheckRun } from '../check/check-run.ts';
import type { StageState } from './state.ts';
import { record, type Turn } from './turn.ts';

/**
 * Ends a stage; its jobs that never started are skipped with it (STG-3), and whatever its checkpoint still waits
 * for is canceled: a decision that comes later is refused (CHK-21, CHK-30, GAP-48).
 */
export function endStage(
  turn: Turn,
  { name: stage, checkpoint }: StageState,
  result: NodeResult,
  reason?: StageReason,
): void {
  for (const check of checkpoint?.checks ?? []) cancelCheck(turn, { stage, check, reason });
  const more = reason === undefined ? {} : { reason };
  record(turn, { type: 'StageCompleted', stage, at: turn.now, result, ...more });
}

function cancelCheck(
  turn: Turn,
  {
    stage,
    check,
    reason,
  }: { readonly stage: string; readonly check: CheckRun; readonly reason?: StageReason | undefined },
): void {
  if (!isUndecided(check)) return;
  record(turn, {
    type: 'CheckEnded',
    stage,
    check: check.number,
    at: turn.now,
    status: 'canceled',
    ...(check.progress !== undefined && { progress: kindOf(check).close(check.progress, 'canceled') }),
    message: `Canceled: ${whyCanceled(reason)}`,
  });
}

/** What ended the stage while the check was open (CHK-30). */
function whyCanceled(reason: StageReason | undefined): string {
  if (reason?.kind === 'superseded') {
    return `run ${reason.byRun} is newer and took the place of this run at ${reason.lock}.`;
  }
  if (reason?.kind === 'canceled') return `${reason.by} canceled the stage or its run.`;
  if (reason?.kind === 'checkRejected' || reason?.kind === 'checkTimedOut') {
    return `another check of the stage did not pass, ${reason.check}.`;
  }
  return 'the stage is over.';
}
