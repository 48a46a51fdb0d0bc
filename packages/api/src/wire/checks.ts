import type { ApprovalSettings } from '@signalbox/model';
import type { WireTime } from '../views.ts';
import type { WireApprover } from './approvals.ts';
import type { IdentityRef, WireLink } from './common.ts';

/** A check on a protected resource (REST.md §3.6). */
export interface WireCheck {
  readonly id: number;
  /** Grows by one with each change; that of an exclusive lock is always 1. */
  readonly version: number;
  readonly type: { readonly id: string; readonly name: string };
  readonly resource: { readonly type: string; readonly id: string; readonly name: string };
  /** Minutes. */
  readonly timeout: number;
  readonly isDisabled: boolean;
  /** Only with `$expand=settings`; those of the exclusive lock are empty. */
  readonly settings?: WireCheckSettings;
  /** Absent for the exclusive lock: the audit knows who changed it. */
  readonly createdBy?: IdentityRef;
  readonly createdOn?: WireTime;
  readonly modifiedBy?: IdentityRef;
  readonly modifiedOn?: WireTime;
  /** What could be better about it; it works as it is (HOOK-11). */
  readonly issue?: { readonly message: string; readonly detailedMessage: string };
  readonly url: string;
  readonly _links: Readonly<Record<string, WireLink>>;
}

/** The settings of a check of any type. */
export type WireCheckSettings =
  | Readonly<Record<string, never>>
  | WireApprovalSettings
  | WireTaskSettings
  | WireExtendsSettings
  | WireArtifactSettings;

/** The settings of an approval; `asked` is ours, and says what `definitionRef` says in a word. */
export interface WireApprovalSettings {
  readonly approvers: readonly WireApprover[];
  readonly executionOrder: 'anyOrder' | 'inSequence';
  readonly minRequiredApprovers: number;
  readonly instructions: string;
  readonly blockedApprovers: readonly WireApprover[];
  readonly requesterCannotBeApprover: boolean;
  readonly asked: ApprovalSettings['asked'];
  readonly definitionRef?: { readonly id: string };
}

/** The settings of a task check; the task says which check it is (CHK-4). */
export interface WireTaskSettings {
  readonly displayName: string;
  readonly definitionRef: { readonly id: string; readonly name: string; readonly version: string };
  /** All values are text. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Minutes. */
  readonly retryInterval?: number;
  /** Ours: what becomes of the stage when the check has not passed in time; absent: it is skipped. */
  readonly onTimeout?: 'skip' | 'fail';
  readonly linkedVariableGroup?: string;
}

/** The settings of a required template (CHK-60). */
export interface WireExtendsSettings {
  readonly extendsChecks: readonly {
    readonly repositoryType: string;
    readonly repositoryName: string;
    readonly repositoryRef: string;
    readonly templatePath: string;
  }[];
}

/** The settings of an artifact policy, in our own words (CHK-62). */
export interface WireArtifactSettings {
  readonly displayName: string;
  readonly policy: string;
}

/** What puts a check on a resource. */
export interface NewCheck {
  readonly type: { readonly id: string };
  readonly resource: { readonly type: string; readonly id: string };
  /** The exclusive lock has none. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Minutes; absent: the default of its type. */
  readonly timeout?: number;
}

/** What changes a check: it keeps its type and its resource, and what is absent stays. */
export interface CheckPatch {
  /** The version that was read; another one is answered by 409. */
  readonly version?: number;
  readonly isDisabled?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Minutes. */
  readonly timeout?: number;
}

/** What makes an approval of a resource; names of users, and groups with `isContainer`. */
export interface NewApproval {
  readonly approvers: readonly { readonly displayName: string; readonly isContainer?: boolean }[];
  readonly blockedApprovers?: NewApproval['approvers'];
  readonly minRequiredApprovers?: number;
  readonly executionOrder?: ApprovalSettings['executionOrder'];
  readonly instructions?: string;
  readonly requesterCannotBeApprover?: boolean;
  readonly asked?: ApprovalSettings['asked'];
}

/** The approval's type id (REST.md §3.6). */
export const APPROVAL_CHECK = '8c6f20a7-a545-4486-9777-f762fafe0d4d';

/** The exclusive lock's type id (REST.md §3.6). */
export const EXCLUSIVE_LOCK_CHECK = '2ef31ad6-baa0-403a-8b45-2cbc9b4e5563';

/** The type id of all task checks: branch control, business hours, and those that call somebody (CHK-3). */
export const TASK_CHECK = 'fe1de3ee-a436-41b4-bb20-f6eb4cb879a7';

/** The required template's type id (CHK-3). */
export const EXTENDS_CHECK = '4020e66e-b0f3-47e1-bc88-48f3cc59b5f3';

/** Ours: the service's own type id of an artifact policy is not published. */
export const ARTIFACT_CHECK = '5b0a1c7e-52d6-8e1f-9d3a-6c1f0e7b4a20';

/** The task of business hours (CHK-3). */
export const BUSINESS_HOURS_TASK = '445fde2f-6c39-441c-807f-8a59ff2e075f';

/** The task of a branch control (CHK-3). */
export const BRANCH_CONTROL_TASK = '86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b';

/** The tasks of checks that ask an HTTP service (CHK-3). */
export const REST_TASK = '9c3e8943-130d-4c78-ac63-8af81df62dfb';
/** Calls an Azure Function. */
export const FUNCTION_TASK = '537fdb7a-a601-4537-aa70-92645a2b5ce4';
/** Asks for alerts. */
export const MONITOR_TASK = '99a72e7f-25e4-4576-bf38-22a42b995ed8';
/** Ours: the service has this check from an extension, whose id is not published. */
export const SERVICENOW_TASK = '6f1d3c52-9b0e-8a47-8c35-2e7d40b918a6';

/** What is changed of a check; absent: stays. */
export interface CheckChange {
  readonly type?: { readonly id?: string; readonly name?: string };
  readonly resource?: { readonly type?: string; readonly id?: string };
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Minutes. */
  readonly timeout?: number;
  readonly isDisabled?: boolean;
}

/** A resource whose checks are asked for. */
export interface CheckedResource {
  readonly type: string;
  readonly id: string | number;
}
