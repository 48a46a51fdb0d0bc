import type { DefinitionId, LockBehavior } from '@signalbox/model';
import type { BundleRow, LockRow } from './rows.ts';

/** Those among whom only the latest survives: one pipeline, or one branch of it (LOCK-31). */
export interface Group {
  readonly definition: DefinitionId;
  readonly branch?: string;
  /** Two bundles are of one group when their keys are equal. */
  readonly key: string;
}

/** The stage's own word, else the lock's (LOCK-8). */
export function behaviorOf(bundle: Pick<BundleRow, 'behavior'>, lock: LockRow): LockBehavior {
  return bundle.behavior ?? lock.policy.behavior;
}

/** Whether it shares the lock with its like only (LOCK-64). */
export function isParallel(bundle: Pick<BundleRow, 'behavior'>, lock: LockRow): boolean {
  return behaviorOf(bundle, lock) === 'parallel';
}

/**
 * The group of a bundle at a lock; undefined for those who neither supersede nor are superseded (LAW-6,
 * LOCK-38). A stage's own lock looks at one branch only (LOCK-17); `branchRunLatest` always does (LOCK-64)
 * and is a group apart from `runLatest`. Whom an operator forces is beyond all that, and so is who comes from
 * outside: it has no pipeline.
 */
export function groupOf(
  bundle: Pick<BundleRow, 'behavior' | 'requester' | 'forced'>,
  lock: LockRow,
): Group | undefined {
  if (bundle.forced !== undefined || bundle.requester.caller !== undefined) return undefined;
  const behavior = behaviorOf(bundle, lock);
  if (behavior !== 'runLatest' && behavior !== 'branchRunLatest') return undefined;
  const { definition, branch } = bundle.requester;
  const oneBranch = behavior === 'branchRunLatest' || lock.resource.type === 'persistedStage';
  return oneBranch
    ? { definition, branch, key: `${definition}:${behavior}:${branch}` }
    : { definition, key: `${definition}:${behavior}` };
}
