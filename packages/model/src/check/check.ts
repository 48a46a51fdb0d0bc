import type { LockResourceType } from '../lock.ts';
import { approvalProblems, type ApprovalSettings } from './approval.ts';
import { branchControlProblems, type BranchControlSettings } from './branch-control.ts';
import { businessHoursProblems, type BusinessHoursSettings } from './business-hours.ts';
import { evaluateArtifactProblems, type EvaluateArtifactSettings } from './evaluate-artifact.ts';
import { invokeProblems, type InvokeSettings } from './invoke.ts';
import { requiredTemplateProblems, type RequiredTemplateSettings } from './required-template.ts';

/** What a check is, by kind. The exclusive lock is not among them: it belongs to the interlocking (LOCK-20). */
export type CheckSettings =
  | ApprovalSettings
  | BranchControlSettings
  | BusinessHoursSettings
  | EvaluateArtifactSettings
  | InvokeSettings
  | RequiredTemplateSettings;

/** The words of `CheckSettings.kind`. */
export type CheckKindName = CheckSettings['kind'];

/**
 * The categories before the lock, in the order in which they are evaluated (CHK-20). `system`: whether the pipeline
 * may use the resource at all (CHK-23).
 */
export const CHECK_CATEGORIES = ['system', 'static', 'preCheck', 'dynamic', 'postCheck'] as const;

/**
 * When a check is evaluated; `postDeployment` is ours: after the jobs of the stage, before its end (CLASSIC-13).
 * `inJob`: while a step on the server waits for it (JOB-7).
 */
export type CheckCategory = (typeof CHECK_CATEGORIES)[number] | 'postDeployment' | 'inJob';

/**
 * How a check run stands, in the published words that we use (CHK-31). `bypassed` counts as passed; `rerunning` and
 * `deferred` are still to come.
 */
export type CheckStatus =
  | 'queued'
  | 'running'
  | 'approved'
  | 'rejected'
  | 'canceled'
  | 'timedOut'
  | 'rerunning'
  | 'bypassed'
  | 'deferred';

/** The resource that a check protects, with the name that people know it by (CHK-1). */
export interface CheckedResource {
  readonly type: LockResourceType;
  readonly id: string;
  readonly name: string;
}

/** A check of a resource as somebody set it up (CHK-1). */
export interface CheckConfiguration {
  readonly id: number;
  /** Grows by one with each change. */
  readonly version: number;
  readonly resource: CheckedResource;
  /** How long it may take, in minutes, from the moment that it starts (CHK-38). */
  readonly timeoutMinutes: number;
  readonly settings: CheckSettings;
}

/** The time-out of an approval where nothing is said: 30 days (CHK-37). */
export const DEFAULT_CHECK_MINUTES = 43_200;

/** Ten years: longer is a mistake, and its end would be no date. */
export const MAX_CHECK_MINUTES = 5_256_000;

/** What is wrong with a check, each in one sentence that says how to mend it; none: it can be saved. */
export function checkProblems({
  settings,
  timeoutMinutes,
}: Pick<CheckConfiguration, 'settings' | 'timeoutMinutes'>): readonly string[] {
  const problems = settingsProblems(settings);
  const inBounds =
    Number.isSafeInteger(timeoutMinutes) && timeoutMinutes >= 1 && timeoutMinutes <= MAX_CHECK_MINUTES;
  if (inBounds) return problems;
  return [
    ...problems,
    `The time-out of a check is a whole number of minutes from 1 to ${MAX_CHECK_MINUTES}.`,
  ];
}

function settingsProblems(settings: CheckSettings): readonly string[] {
  switch (settings.kind) {
    case 'approval':
      return approvalProblems(settings);
    case 'branchControl':
      return branchControlProblems(settings);
    case 'businessHours':
      return businessHoursProblems(settings);
    case 'evaluateArtifact':
      return evaluateArtifactProblems(settings);
    case 'invoke':
      return invokeProblems(settings);
    case 'requiredTemplate':
      return requiredTemplateProblems(settings);
  }
}
