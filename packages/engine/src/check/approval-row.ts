import type { CheckStatus, Instant, ProjectId, RunId } from '@signalbox/model';
import type { RunState } from '../run/state.ts';
import { isApproval } from './check-run.ts';

/** An approval that was asked for, as lists find it; what it says is in its run. */
export interface ApprovalRow {
  readonly run: RunId;
  readonly project: ProjectId;
  readonly stage: string;
  readonly attempt: number;
  /** The number of the check in its checkpoint. */
  readonly check: number;
  /** One that was bypassed is approved here; its run says by whom. */
  readonly status: Extract<CheckStatus, 'running' | 'approved' | 'rejected' | 'timedOut' | 'canceled'>;
  /** When it was asked for. */
  readonly createdAt: Instant;
}

/** The approvals of a run that differ from what they were before, in the order of its stages. */
export function changedApprovals(before: RunState, after: RunState): readonly ApprovalRow[] {
  if (before === after) return [];
  const old = new Map(approvalsOf(before).map((row) => [keyOf(row), row.status]));
  return approvalsOf(after).filter((row) => old.get(keyOf(row)) !== row.status);
}

function approvalsOf({ id: run, project, stages }: RunState): readonly ApprovalRow[] {
  return stages.flatMap(({ name: stage, attempt, checkpoint }) =>
    (checkpoint?.checks ?? []).flatMap((check) => {
      const { number, status, startedAt: createdAt } = check;
      if (status === 'queued' || createdAt === undefined || !isApproval(check)) return [];
      return [{ run, project, stage, attempt, check: number, status: LISTED[status], createdAt }];
    }),
  );
}

const LISTED: Readonly<Record<Exclude<CheckStatus, 'queued'>, ApprovalRow['status']>> = {
  running: 'running',
  rerunning: 'running',
  deferred: 'running',
  approved: 'approved',
  bypassed: 'approved',
  rejected: 'rejected',
  timedOut: 'timedOut',
  canceled: 'canceled',
};

function keyOf({ stage, attempt, check }: ApprovalRow): string {
  return `${stage}/${attempt}/${check}`;
}
