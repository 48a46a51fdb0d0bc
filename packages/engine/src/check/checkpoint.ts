import {
  CHECK_CATEGORIES,
  type CheckCategory,
  type CheckConfiguration,
  type FencingToken,
  type StaleCommit,
} from '@signalbox/model';
import type { ProtectingLock } from '../interlocking/messages.ts';
import { CHECK_KINDS, kindOf, type CheckRun } from './check-run.ts';

/** All checks of one stage attempt, and how far the stage is on the way to its locks (CHK-2). */
export interface Checkpoint {
  readonly checks: readonly CheckRun[];
  /**
   * `announced`: the interlocking knows that approvals are pending; `held`: it granted the locks first
   * (CLASSIC-3); `asked`: every check has passed, and the locks are asked for (LOCK-20).
   */
  readonly locks: 'notAsked' | 'announced' | 'held' | 'asked';
  /** What the locks are held with while approvals are pending. */
  readonly held?: {
    readonly tokens: readonly FencingToken[];
    readonly protectedBy?: readonly ProtectingLock[];
    readonly stale?: readonly StaleCommit[];
  };
}

/** The checks of a stage attempt as its checkpoint begins, in the order in which they were created (CHK-6, CHK-20). */
export function snapshot(configurations: readonly CheckConfiguration[]): readonly CheckRun[] {
  return configurations
    .toSorted((a, b) => a.id - b.id)
    .map((configuration, index) => ({
      number: index + 1,
      configuration,
      category: CHECK_KINDS[configuration.settings.kind].category(configuration.settings),
      status: 'queued',
    }));
}

/** The first category that has not passed; undefined: the lock is next (CHK-20, CHK-21). */
export function currentCategory({ checks }: Checkpoint): CheckCategory | undefined {
  return CHECK_CATEGORIES.find((category) =>
    checks.some((check) => check.category === category && check.status !== 'approved'),
  );
}

/** The checks of one category, of all resources (CHK-22). */
export function checksIn({ checks }: Checkpoint, category: CheckCategory): readonly CheckRun[] {
  return checks.filter((check) => check.category === category);
}

/** The approvals that come before the jobs. */
export function approvalsOf({ checks }: Checkpoint): readonly CheckRun[] {
  return checks.filter((check) => kindOf(check).awaitsPerson && check.category !== 'postDeployment');
}

/** Whether a person is asked for something now. */
export function awaitsPerson(checkpoint: Checkpoint | undefined): boolean {
  return (
    checkpoint?.checks.some((check) => check.status === 'running' && kindOf(check).awaitsPerson) ?? false
  );
}
