import type { FoldedName, NodeResult } from '@signalbox/model';
import type { RetriedJob } from '../events.ts';

/** A stage as the planner of retries sees it. */
export interface RetryStage {
  readonly key: FoldedName;
  readonly dependsOn: readonly FoldedName[];
  /** It is over; one that was never begun is left alone. */
  readonly attempted: boolean;
  /** What became of it asks for another attempt (RETRY-2). */
  readonly needsRetry: boolean;
  /** Its jobs were never looked at, or it was well: run again, it runs whole. */
  readonly whole: boolean;
}

/** What somebody wants run again. */
export interface RetryWish {
  /** Absent: whatever failed. */
  readonly stage?: FoldedName;
  readonly allJobs: boolean;
  /** Leaves those that depend on the stage as they are. */
  readonly alone: boolean;
}

/** How a stage is run again: the jobs that need it, or all. */
export type StageRetry = 'needed' | 'all';

/**
 * The stages that get a new attempt (RETRY-3): with no name those that need it, or the named one; and each that
 * depends on one of them, which runs whole.
 *
 * @param stages each after those that it depends on
 */
export function planStages(
  stages: readonly RetryStage[],
  { stage: named, allJobs, alone }: RetryWish,
): ReadonlyMap<FoldedName, StageRetry> {
  const again = new Map<FoldedName, StageRetry>();
  for (const stage of stages) {
    if (!stage.attempted) continue;
    const behind = !alone && stage.dependsOn.some((key) => again.has(key));
    const asked = named === undefined ? stage.needsRetry : stage.key === named;
    if (behind) again.set(stage.key, 'all');
    else if (asked) again.set(stage.key, allJobs || stage.whole ? 'all' : 'needed');
  }
  return again;
}

/** A job of a stage attempt that is over. */
export interface RetryJob {
  readonly key: FoldedName;
  readonly name: string;
  readonly dependsOn: readonly FoldedName[];
  readonly needsRetry: boolean;
}

/**
 * What becomes of each job in a new attempt of its stage (RETRY-4, RETRY-5): it is run again when all are, when it
 * needs that, or when one that it depends on is; of one that only failed itself, just the instances that did. The
 * others are kept.
 *
 * @param jobs each after those that it depends on
 */
export function planJobs(jobs: readonly RetryJob[], retry: StageRetry): readonly RetriedJob[] {
  const again = new Set<FoldedName>();
  return jobs.map(({ key, name, dependsOn, needsRetry }) => {
    const behind = retry === 'all' || dependsOn.some((one) => again.has(one));
    if (!behind && !needsRetry) return { name, how: 'kept' };
    again.add(key);
    return { name, how: behind ? 'all' : 'failed' };
  });
}

/** Whether a result by itself asks for another attempt (RETRY-2): not `skipped`, nor success with issues. */
export function needsRetry(result: NodeResult): boolean {
  return result === 'failed' || result === 'canceled' || result === 'abandoned';
}
