import {
  CHECK_CATEGORIES,
  type CheckCategory,
  type CheckConfiguration,
  type CheckedResource,
  type FencingToken,
  type Instant,
  type StaleCommit,
} from '@signalbox/model';
import type { ProtectingLock } from '../interlocking/messages.ts';
import { categoryOf, isApproval, isAtWork, isPassed, kindOf, type CheckRun } from './check-run.ts';

/** All checks of one stage attempt, and how far the stage is on the way to its locks (CHK-2). */
export interface Checkpoint {
  readonly checks: readonly CheckRun[];
  /**
   * `announced`: the interlocking was told that approvals are pending; `afterApprovals`: it answered that they come
   * first; `held`: it granted the locks first (CLASSIC-3); `asked`: every check has passed, and the locks are asked
   * for (LOCK-20).
   */
  readonly locks: 'notAsked' | 'announced' | 'afterApprovals' | 'held' | 'asked';
  /** What the locks are held with while approvals are pending. */
  readonly held?: {
    readonly tokens: readonly FencingToken[];
    readonly protectedBy?: readonly ProtectingLock[];
    readonly stale?: readonly StaleCommit[];
  };
}

/** How long a stage waits for somebody to permit the pipeline to use a resource: 30 days, in minutes. */
const PERMISSION_MINUTES = 43_200;

/**
 * The checks of a stage attempt as its checkpoint begins, in the order in which they were created (CHK-6, CHK-20).
 * First of all, the gate of each resource that the pipeline may not use yet.
 */
export function snapshot(
  configurations: readonly CheckConfiguration[],
  forbidden: readonly CheckedResource[],
): readonly CheckRun[] {
  const gates = forbidden.map((resource): CheckRun['configuration'] => ({
    id: 0,
    version: 1,
    resource,
    timeoutMinutes: PERMISSION_MINUTES,
    settings: { kind: 'authorization' },
  }));
  const created = configurations.toSorted((a, b) => a.id - b.id);
  return [...gates, ...created].map((configuration, index) => {
    const category = categoryOf(configuration.settings);
    return { number: index + 1, configuration, category, status: 'queued' };
  });
}

/** The first category that has not passed; undefined: the lock is next (CHK-20, CHK-21). */
export function currentCategory({ checks }: Checkpoint): CheckCategory | undefined {
  return CHECK_CATEGORIES.find((category) =>
    checks.some((check) => check.category === category && !isPassed(check)),
  );
}

/** The checks of one category, of all resources (CHK-22). */
export function checksIn({ checks }: Checkpoint, category: CheckCategory): readonly CheckRun[] {
  return checks.filter((check) => check.category === category);
}

/** Whether the stage waits for the check before its jobs begin. */
export function isBeforeJobs({ category }: CheckRun): boolean {
  return category !== 'postDeployment' && category !== 'inJob';
}

/** The approvals that come before the jobs. */
export function approvalsOf({ checks }: Checkpoint): readonly CheckRun[] {
  return checks.filter((check) => isApproval(check) && isBeforeJobs(check));
}

/** Whether a person is asked for something now. */
export function awaitsPerson(checkpoint: Checkpoint | undefined): boolean {
  return checkpoint?.checks.some((check) => isAtWork(check.status) && kindOf(check).awaitsPerson) ?? false;
}

/** Whether all checks before the jobs count now, and until when; none said: for good (CHK-34). */
export interface Validity {
  readonly valid: boolean;
  readonly until?: Instant;
}

/** How long all checks before the jobs count together. */
export function validityOf({ checks }: Checkpoint): Validity {
  const before = checks.filter(isBeforeJobs);
  if (!before.every(isPassed)) return { valid: false };
  const ends = before.flatMap(({ validUntil }) => validUntil ?? []);
  return { valid: true, ...(ends.length > 0 && { until: Math.min(...ends) }) };
}
