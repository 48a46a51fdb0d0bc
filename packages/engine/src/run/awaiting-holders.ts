import { approverText } from '@signalbox/model';
import { approvalSteps } from '../check/check-run.ts';
import type { InterlockingMessage } from '../interlocking/messages.ts';
import type { RunState, StageState } from './state.ts';
import { tellInterlocking, type Turn } from './turn.ts';

type HolderChanged = Extract<InterlockingMessage, { type: 'HolderChanged' }>;

/**
 * Tells the locks which of their holders wait for a person, and for whom: those behind them read it in their own
 * explanation (CLASSIC-3). That nobody is awaited any more, `ApprovalGiven` or the end of the stage says.
 */
export function tellOfAwaitingHolders(turn: Turn, before: RunState): void {
  if (!turn.events.some(({ type }) => type.startsWith('Check') || type === 'LocksHeld')) return;
  turn.state.stages.forEach((stage, index) => {
    const is = awaiting(stage);
    const old = before.stages[index];
    const was = old === undefined ? undefined : awaiting(old);
    if (is === undefined || JSON.stringify(is) === JSON.stringify(was)) return;
    const { name, attempt } = stage;
    tellInterlocking(turn, { type: 'HolderChanged', run: turn.state.id, stage: name, attempt, ...is });
  });
}

/** For whom a stage waits that holds its locks meanwhile. */
function awaiting(stage: StageState): Pick<HolderChanged, 'state' | 'approvers'> | undefined {
  const { checkpoint } = stage;
  const isBefore = stage.phase === 'waiting' && checkpoint?.locks === 'held';
  const isAfter = stage.phase === 'running' && stage.jobsOver !== undefined && stage.tokens.length > 0;
  if (checkpoint === undefined || (!isBefore && !isAfter)) return undefined;
  const approvers = checkpoint.checks
    .filter(({ status }) => status === 'running')
    .flatMap(approvalSteps)
    .filter(({ status }) => status === 'pending')
    .map(({ assigned }) => approverText(assigned));
  if (approvers.length === 0) return undefined;
  return {
    state: isBefore ? 'awaitingApproval' : 'awaitingPostApproval',
    approvers: [...new Set(approvers)],
  };
}
