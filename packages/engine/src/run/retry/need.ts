import type { PlanView, StageView } from '../plan-view.ts';
import { countedResult } from '../roll-up.ts';
import type { CompletedStage, RunState } from '../state.ts';
import { jobOf, stageOf } from '../turn.ts';
import { needsRetry, type RetryJob, type RetryStage } from './plan-retry.ts';

/** The stages of a run as the planner of retries sees them, each after those that it depends on. */
export function stagesToPlan(state: RunState, view: PlanView): readonly RetryStage[] {
  return view.inOrder.map(({ key, dependsOn, plan }) => {
    const stage = stageOf(state, plan.name);
    if (stage?.phase !== 'completed') {
      return { key, dependsOn, attempted: false, needsRetry: false, whole: true };
    }
    const needs = needsRetry(countedResult(stage));
    // Of a stage that never started no job was looked at; nothing of it can be kept.
    return {
      key,
      dependsOn,
      attempted: true,
      needsRetry: needs,
      whole: !needs || stage.startTime === undefined,
    };
  });
}

/**
 * The jobs of a stage attempt that is over, each after those that it depends on. Where the stage was canceled, a job
 * that was skipped may have been so only for that.
 */
export function jobsToPlan(stage: CompletedStage, { jobsInOrder }: StageView): readonly RetryJob[] {
  return jobsInOrder.map(({ key, dependsOn, plan: { name } }) => {
    const job = jobOf(stage, name);
    const result = job?.phase === 'completed' ? job.result : 'skipped';
    const cutOff = stage.result === 'canceled' && result === 'skipped';
    return { key, name, dependsOn, needsRetry: cutOff || needsRetry(result) };
  });
}
