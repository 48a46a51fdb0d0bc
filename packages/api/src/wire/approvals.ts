import type { EnumTable } from '../enums.ts';
import type { WireTime } from '../views.ts';
import type { IdentityRef, WireLink } from './common.ts';

/** The status of an approval and of its steps, in the published words (APPR-12). */
export type WireApprovalStatus =
  'uninitiated' | 'pending' | 'approved' | 'rejected' | 'skipped' | 'canceled' | 'timedOut' | 'deferred';

/** The words of `state` in a list of approvals; `failed` and `completed` are groups (APPR-12, CHK-31). */
export const APPROVAL_STATE: EnumTable<WireApprovalStatus | 'failed' | 'completed' | 'all'> = {
  uninitiated: 1,
  pending: 2,
  approved: 4,
  rejected: 8,
  skipped: 16,
  canceled: 32,
  timedOut: 64,
  deferred: 128,
  failed: 104,
  completed: 108,
  all: 255,
};

/** A user, or a group: then `isContainer`. */
export interface WireApprover extends IdentityRef {
  readonly isContainer?: true;
}

/** One place of an approval, with its history (APPR-9, APPR-10). */
export interface WireApprovalStep {
  readonly assignedApprover: WireApprover;
  readonly actualApprover?: IdentityRef;
  readonly status: WireApprovalStatus;
  readonly comment: string;
  readonly order: number;
  readonly initiatedOn?: WireTime;
  readonly lastModifiedOn?: WireTime;
  readonly lastModifiedBy?: IdentityRef;
  readonly deferredTo?: WireTime;
  readonly history: readonly {
    readonly assignedTo: WireApprover;
    readonly createdBy: IdentityRef;
    readonly createdOn: WireTime;
    readonly comment: string;
  }[];
}

/** An approval that a run asks for, or has asked for. */
export interface WireApproval {
  readonly id: string;
  readonly status: WireApprovalStatus;
  readonly createdOn?: WireTime;
  readonly lastModifiedOn?: WireTime;
  readonly executionOrder: 'anyOrder' | 'inSequence';
  readonly minRequiredApprovers: number;
  readonly blockedApprovers: readonly WireApprover[];
  readonly instructions: string;
  /** Empty without `$expand=steps`. */
  readonly steps: readonly WireApprovalStep[];
  /** What the caller may do: `view`, `update`, `reassign`, `resourceAdmin`, joined by commas. */
  readonly permissions: string;
  readonly pipeline: {
    readonly id: string;
    readonly name: string;
    /** The run. */
    readonly owner: {
      readonly id: number;
      readonly name: string;
      readonly _links: Readonly<Record<string, WireLink>>;
    };
  };
  readonly _links: Readonly<Record<string, WireLink>>;
  /** Ours: the stage that waits, for which resource, for whom, and until when. */
  readonly stage: { readonly name: string; readonly attempt: number };
  readonly resource: { readonly type: string; readonly id: string; readonly name: string };
  readonly waitsFor: readonly string[];
  readonly timeoutOn?: WireTime;
  /** Why it ended so. */
  readonly message?: string;
}

/** What is sent to decide approvals: one of `status` and `reassignTo`. */
export interface ApprovalUpdate {
  readonly approvalId: string;
  readonly status?: 'approved' | 'rejected';
  readonly comment?: string;
  readonly deferredTo?: WireTime;
  readonly reassignTo?: { readonly displayName: string; readonly isContainer?: boolean };
  /** Names the place, where the caller fits several (GAP-22). */
  readonly assignedApprover?: { readonly displayName: string };
}

/** A group of users and of other groups, for approvals and roles. */
export interface GroupView {
  readonly name: string;
  readonly description: string;
  /** Names of users. */
  readonly members: readonly string[];
  /** Names of groups whose members are in it, too. */
  readonly groups: readonly string[];
}
