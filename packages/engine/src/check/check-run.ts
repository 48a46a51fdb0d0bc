import type {
  CheckCategory,
  CheckConfiguration,
  CheckKindName,
  CheckSettings,
  CheckStatus,
  Instant,
} from '@signalbox/model';
import { approval } from './approval.ts';
import type { ApprovalAct, ApprovalProgress } from './approval-state.ts';
import type { CheckKind } from './kind.ts';

/** How far a check of any kind is. */
export type CheckProgress = ApprovalProgress;

/** What can be done about a check of any kind. */
export type CheckAct = ApprovalAct;

/** One check of one stage attempt, with its configuration as it was when the checkpoint began (CHK-6). */
export interface CheckRun {
  /** Counts from 1 in the order in which the checks were created (CHK-20). */
  readonly number: number;
  readonly configuration: CheckConfiguration;
  readonly category: CheckCategory;
  /** `queued` until its category begins. */
  readonly status: CheckStatus;
  readonly startedAt?: Instant;
  readonly dueAt?: Instant;
  readonly endedAt?: Instant;
  /** Absent until it starts. */
  readonly progress?: CheckProgress;
  /** Why it ended so, in one sentence. */
  readonly message?: string;
}

/** A check that has started and is not decided. */
export type RunningCheck = CheckRun & {
  readonly status: 'running';
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly progress: CheckProgress;
};

/** Every kind of check. */
export const CHECK_KINDS: {
  readonly [K in CheckKindName]: CheckKind<Extract<CheckSettings, { kind: K }>, CheckProgress, CheckAct>;
} = { approval };

/** The kind of a check. */
export function kindOf({ configuration }: CheckRun): CheckKind<CheckSettings, CheckProgress, CheckAct> {
  return CHECK_KINDS[configuration.settings.kind];
}

/** How a check is called in a sentence: its kind and its resource. */
export function checkName(check: CheckRun): string {
  return `${kindOf(check).name} of ${check.configuration.resource.name}`;
}

/** Narrows to a check that has started and is not decided. */
export function isRunning(check: CheckRun): check is RunningCheck {
  return check.status === 'running' && check.progress !== undefined && check.dueAt !== undefined;
}
