import type { ApprovalSettings, Instant } from '@signalbox/model';
import { actOnApproval } from './approval-act.ts';
import { isDecided, type ApprovalAct, type ApprovalProgress, type ApprovalStep } from './approval-state.ts';
import type { CheckKind } from './kind.ts';

/** The approval: people decide (APPR-1 … 17). A rejection fails the stage, a time-out skips it (CHK-30). */
export const approval: CheckKind<ApprovalSettings, ApprovalProgress, ApprovalAct> = {
  name: () => 'Approval',
  awaitsPerson: true,
  operations: ['bypass'],
  category: ({ asked }) => asked,
  start: (settings, at) => ({ kind: 'approval', steps: inTurn(settings, stepsOf(settings), at) }),
  act: actOnApproval,
  pass: ({ settings, progress }, now) => ({ ...progress, steps: ripen(settings, progress.steps, now) }),
  verdict: ({ settings, progress: { steps } }) => {
    if (steps.some(({ status }) => status === 'rejected')) return 'rejected';
    return approvedOf(steps) >= required(settings) ? 'approved' : 'running';
  },
  wakeAt: ({ progress: { steps } }) =>
    earliest(
      steps.flatMap(({ status, deferredTo }) =>
        status === 'deferred' && deferredTo !== undefined ? [deferredTo] : [],
      ),
    ),
  close: (progress, how) => ({
    ...progress,
    steps: progress.steps.map((step) => (isOpen(step) ? { ...step, status: how } : step)),
  }),
  onRejected: 'failed',
  onTimeOut: 'skipped',
  why: ({ steps }) => {
    const no = steps.find(({ status }) => status === 'rejected');
    const said = no?.comment === undefined ? '' : `: ${no.comment}`;
    return no === undefined ? '' : `${no.actual} rejected it${said}`;
  },
};

function stepsOf({ approvers }: ApprovalSettings): readonly ApprovalStep[] {
  return approvers.map((assigned, index) => ({
    order: index + 1,
    assigned,
    status: 'uninitiated',
    history: [],
  }));
}

/** Places whose turn has come are pending: all of them, or in sequence the first that is not decided (APPR-6). */
function inTurn(
  { executionOrder }: ApprovalSettings,
  steps: readonly ApprovalStep[],
  at: Instant,
): readonly ApprovalStep[] {
  const next = steps.find((step) => !isDecided(step));
  return steps.map((step) =>
    step.status === 'uninitiated' && (executionOrder === 'anyOrder' || step === next)
      ? { ...step, status: 'pending', initiatedAt: at }
      : step,
  );
}

/** What time and the last act have made of the places: deferrals that count now, the next turn, the rest skipped. */
function ripen(
  settings: ApprovalSettings,
  steps: readonly ApprovalStep[],
  now: Instant,
): readonly ApprovalStep[] {
  const ripe = steps.map((step) =>
    step.status === 'deferred' && (step.deferredTo ?? 0) <= now
      ? { ...step, status: 'approved' as const }
      : step,
  );
  const over = approvedOf(ripe) >= required(settings) || ripe.some(({ status }) => status === 'rejected');
  if (!over) return inTurn(settings, ripe, now);
  return ripe.map((step) => (isOpen(step) ? { ...step, status: 'skipped' } : step));
}

function isOpen(step: ApprovalStep): boolean {
  return !isDecided(step) || step.status === 'deferred';
}

/** 0 or nothing said: all (APPR-1). */
function required({ minRequiredApprovers, approvers }: ApprovalSettings): number {
  return minRequiredApprovers === 0 ? approvers.length : minRequiredApprovers;
}

function approvedOf(steps: readonly ApprovalStep[]): number {
  return steps.filter(({ status }) => status === 'approved').length;
}

function earliest(times: readonly Instant[]): Instant | undefined {
  return times.length === 0 ? undefined : Math.min(...times);
}
