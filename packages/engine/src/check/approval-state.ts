import type { Approver, Instant } from '@signalbox/model';

/** One place of an approval and what became of it (APPR-2, APPR-12). */
export interface ApprovalStep {
  /** Counts from 1. */
  readonly order: number;
  /** Whose place it is now. */
  readonly assigned: Approver;
  /** `uninitiated`: its turn has not come; `deferred`: approved, but not before `deferredTo` (APPR-6, APPR-8). */
  readonly status:
    'uninitiated' | 'pending' | 'approved' | 'rejected' | 'deferred' | 'skipped' | 'canceled' | 'timedOut';
  /** When its turn came. */
  readonly initiatedAt?: Instant;
  /** Who decided, when, and what he said. */
  readonly actual?: string;
  readonly actedAt?: Instant;
  readonly comment?: string;
  readonly deferredTo?: Instant;
  /** Whose place it was before, the first holder first (APPR-9). */
  readonly history: readonly Reassignment[];
}

/** One hand-over of a place. */
export interface Reassignment {
  readonly from: Approver;
  readonly to: Approver;
  readonly by: string;
  readonly at: Instant;
  readonly comment?: string;
}

/** How far an approval is. */
export interface ApprovalProgress {
  readonly kind: 'approval';
  readonly steps: readonly ApprovalStep[];
}

/** What a person can do about an approval. `assigned` names the place, where a person fits several (GAP-22). */
export type ApprovalAct =
  | {
      readonly what: 'approve';
      readonly comment?: string;
      readonly assigned?: string;
      /** It is to count only from then on (APPR-8). */
      readonly deferredTo?: Instant;
    }
  | { readonly what: 'reject'; readonly comment?: string; readonly assigned?: string }
  | {
      readonly what: 'reassign';
      readonly to: Approver;
      readonly comment?: string;
      readonly assigned?: string;
    };

/** Whether nobody can act on the place any more. */
export function isDecided({ status }: ApprovalStep): boolean {
  return status !== 'uninitiated' && status !== 'pending';
}
