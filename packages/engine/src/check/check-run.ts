import type {
  ApprovalSettings,
  CheckCategory,
  CheckConfiguration,
  CheckSettings,
  CheckStatus,
  Instant,
} from '@signalbox/model';
import { approval } from './approval.ts';
import type { ApprovalAct, ApprovalProgress, ApprovalStep } from './approval-state.ts';
import { authorization, type AuthorizationProgress, type AuthorizationSettings } from './authorization.ts';
import { branchControl } from './branch-control.ts';
import { businessHours, type BusinessHoursProgress } from './business-hours.ts';
import { evaluateArtifact } from './evaluate-artifact.ts';
import { invoke, type InvokeProgress } from './invoke.ts';
import type { CheckKind, CheckOperation } from './kind.ts';
import { requiredTemplate } from './required-template.ts';
import type { StaticProgress } from './static-kind.ts';

/** How far a check of any kind is. */
export type CheckProgress =
  ApprovalProgress | AuthorizationProgress | BusinessHoursProgress | InvokeProgress | StaticProgress;

/** What can be done about a check of any kind. */
export type CheckAct = ApprovalAct;

/** What a check run does: as somebody set it up, or the gate that every resource has. */
export type CheckRunSettings = CheckSettings | AuthorizationSettings;

/** One check of one stage attempt, with its configuration as it was when the checkpoint began (CHK-6). */
export interface CheckRun {
  /** Counts from 1 in the order in which the checks were created (CHK-20). */
  readonly number: number;
  /** Id 0: nobody set it up. */
  readonly configuration: Omit<CheckConfiguration, 'settings'> & { readonly settings: CheckRunSettings };
  readonly category: CheckCategory;
  /** `queued` until its category begins. */
  readonly status: CheckStatus;
  readonly startedAt?: Instant;
  readonly dueAt?: Instant;
  readonly endedAt?: Instant;
  /** Approved, but only until then; absent: for good (CHK-33, CHK-34). */
  readonly validUntil?: Instant;
  /** When it was approved last though it is open again: it lapsed, or is run again. */
  readonly passedAt?: Instant;
  /** It is not looked at before then (CHK-53). */
  readonly deferredUntil?: Instant;
  /** What an operator did about it last. */
  readonly operated?: OperatedCheck;
  /** Absent until it starts. */
  readonly progress?: CheckProgress;
  /** Why it ended so, in one sentence. */
  readonly message?: string;
}

/** What an operator did about a check, who it was, when and why (CHK-50). */
export interface OperatedCheck {
  readonly what: CheckOperation;
  readonly by: string;
  readonly at: Instant;
  /** Empty: nobody said. */
  readonly reason: string;
}

/** A check that has started, and that time or somebody can still change. */
export type OpenCheck = CheckRun & {
  readonly status: 'running' | 'rerunning' | 'deferred' | 'approved';
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly progress: CheckProgress;
};

/** Every kind of check. */
export const CHECK_KINDS: {
  readonly [K in CheckRunSettings['kind']]: CheckKind<
    Extract<CheckRunSettings, { kind: K }>,
    CheckProgress,
    CheckAct
  >;
} = {
  approval,
  authorization,
  branchControl,
  businessHours,
  evaluateArtifact,
  invoke,
  requiredTemplate,
};

/** The kind of a check. */
export function kindOf({ configuration }: CheckRun): CheckKind<CheckRunSettings, CheckProgress, CheckAct> {
  return CHECK_KINDS[configuration.settings.kind];
}

/** The category in which a check with these settings is evaluated (CHK-3). */
export function categoryOf(settings: CheckRunSettings): CheckCategory {
  const kind: CheckKind<CheckRunSettings, CheckProgress, CheckAct> = CHECK_KINDS[settings.kind];
  return kind.category(settings);
}

/** How a check is called in a sentence: its kind or its own name, and its resource. */
export function checkName(check: CheckRun): string {
  const { settings, resource } = check.configuration;
  return `${kindOf(check).name(settings)} of ${resource.name}`;
}

/** A check that people decide in places. */
export type ApprovalCheck = CheckRun & { readonly configuration: { readonly settings: ApprovalSettings } };

/** Whether people decide it in places. */
export function isApproval(check: CheckRun): check is ApprovalCheck {
  return check.configuration.settings.kind === 'approval';
}

/** The places of an approval; none: it has not started, or is of another kind. */
export function approvalSteps({ progress }: Pick<CheckRun, 'progress'>): readonly ApprovalStep[] {
  return progress?.kind === 'approval' ? progress.steps : [];
}

/** Whether the checkpoint can go on as far as this check is concerned (CHK-21, CHK-50). */
export function isPassed({ status }: CheckRun): boolean {
  return status === 'approved' || status === 'bypassed';
}

/** Whether the check is still to be decided: somebody or something is awaited, or will be. */
export function isUndecided({ status }: CheckRun): boolean {
  return status === 'queued' || isAtWork(status) || status === 'deferred';
}

/** Whether the check is being evaluated or asked. */
export function isAtWork(status: CheckStatus): boolean {
  return status === 'running' || status === 'rerunning';
}

/** Narrows to a check that has started and is not decided for good. */
export function isOpen(check: CheckRun): check is OpenCheck {
  const { status, validUntil, progress, dueAt } = check;
  const canChange =
    isAtWork(status) || status === 'deferred' || (status === 'approved' && validUntil !== undefined);
  return canChange && progress !== undefined && dueAt !== undefined;
}
