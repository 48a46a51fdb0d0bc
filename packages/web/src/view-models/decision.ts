import type { ApprovalUpdate } from '@signalbox/api';
import { instantOf } from './check.ts';

/** What was typed for an approval so far. */
export interface ApprovalDraft {
  readonly comment: string;
  /** A local time from which an approval is to count; empty: at once (APPR-8). */
  readonly notBefore: string;
}

/** Nothing was typed yet. */
export const NO_DRAFT: ApprovalDraft = { comment: '', notBefore: '' };

/** To whom a place is handed on. */
export interface HandOver {
  /** Whose place. */
  readonly from: string;
  readonly to: string;
  readonly isGroup: boolean;
}

/** The decision that is sent; what was typed goes with it. */
export function update(
  approvalId: string,
  status: 'approved' | 'rejected',
  draft: ApprovalDraft = NO_DRAFT,
): ApprovalUpdate {
  const deferredTo = status === 'approved' ? instantOf(draft.notBefore) : undefined;
  return { approvalId, status, ...said(draft), ...(deferredTo !== undefined && { deferredTo }) };
}

/** A place that is given to somebody else (APPR-9). */
export function handOver(
  approvalId: string,
  { from, to, isGroup }: HandOver,
  draft: ApprovalDraft = NO_DRAFT,
): ApprovalUpdate {
  const reassignTo = { displayName: to, ...(isGroup && { isContainer: true }) };
  return { approvalId, reassignTo, assignedApprover: { displayName: from }, ...said(draft) };
}

function said({ comment }: ApprovalDraft): Pick<ApprovalUpdate, 'comment'> {
  return comment.trim() === '' ? {} : { comment: comment.trim() };
}
