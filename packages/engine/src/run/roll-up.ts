import type { NodeResult, RunResult } from '@signalbox/model';
import type { CompletedStage, InstanceState, JobState, StageState } from './state.ts';

/**
 * The server's merge of results (RES-6). Failed and Canceled are both sticky; which of them wins must not
 * hang on the order of completion: Canceled where the node was cancelled by request, else Failed (RES-7).
 */
function mergeResults(results: readonly NodeResult[], canceledByRequest: boolean): NodeResult {
  const failed = results.some((result) => result === 'failed' || result === 'abandoned');
  const canceled = results.includes('canceled');
  if (failed || canceled) return canceled && (canceledByRequest || !failed) ? 'canceled' : 'failed';
  return results.includes('succeededWithIssues') ? 'succeededWithIssues' : 'succeeded';
}

/** `continueOnError` softens Failed, and nothing else, for everything outside the node (RES-9). */
export function soften(result: NodeResult, continueOnError: boolean): NodeResult {
  return continueOnError && result === 'failed' ? 'succeededWithIssues' : result;
}

/**
 * The result of a job whose instances are over. A job that was being cancelled did not fail: it was cancelled
 * (RES-7); `complete` is false when something that should have run did not.
 */
export function jobResult(
  instances: readonly InstanceState[],
  cancelling: boolean,
  complete: boolean,
): NodeResult {
  const merged = mergeResults(
    instances.flatMap((one) => (one.phase === 'completed' ? [one.result] : [])),
    cancelling,
  );
  if (!cancelling) return merged;
  return complete && (merged === 'succeeded' || merged === 'succeededWithIssues') ? merged : 'canceled';
}

/** The result of a stage whose jobs are over: all skipped gives Skipped (RES-10); a cancelled stage is Canceled (CANCEL-11). */
export function stageResult(jobs: readonly JobState[], canceledByRequest: boolean): NodeResult {
  if (canceledByRequest) return 'canceled';
  const results = jobs.flatMap((job) => (job.phase === 'completed' ? [job.result] : []));
  return results.every((result) => result === 'skipped') ? 'skipped' : mergeResults(results, false);
}

/**
 * The result of a run whose stages are over (RES-8, RES-11). A stage skipped because its lock or a check did
 * not come in time fails the run (LOCK-42, GAP-6); one that a newer run displaced cancels it (LOCK-33, GAP-10).
 */
export function runResult(stages: readonly StageState[], canceledByRequest: boolean): RunResult {
  if (canceledByRequest) return 'canceled';
  const results = stages.flatMap((stage) => (stage.phase === 'completed' ? [countedResult(stage)] : []));
  const merged = mergeResults(results, false);
  if (merged === 'failed' || merged === 'canceled') return merged;
  return merged === 'succeededWithIssues' ? 'partiallySucceeded' : 'succeeded';
}

/**
 * What a stage counts as in the result of its run: one that was skipped because a check or a lock did not come in time
 * as failed (GAP-6, LOCK-42), one that was skipped only because the run was canceled as canceled.
 */
export function countedResult({ result, reason }: CompletedStage): NodeResult {
  if (result !== 'skipped') return result;
  if (reason?.kind === 'lockTimeout' || reason?.kind === 'checkTimedOut') return 'failed';
  const cutOff =
    reason?.kind === 'canceled' || (reason?.kind === 'conditionFalse' && reason.canceling === true);
  return cutOff ? 'canceled' : result;
}
