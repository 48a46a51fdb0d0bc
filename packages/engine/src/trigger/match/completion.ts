import { fold, type CompletionTrigger, type NodeResult, type RunResult } from '@signalbox/model';
import { takesBranch } from './ref-filter.ts';

/** A run of the source pipeline as it stands. */
export interface SourceRun {
  readonly branch: string;
  readonly tags: readonly string[];
  /** Absent: it is not over. */
  readonly result?: RunResult;
  /** The stages that are over, in their latest attempt. */
  readonly stages: readonly { readonly name: string; readonly result: NodeResult }[];
}

/**
 * Whether a run of the source pipeline starts one of the consumer: all filters that are given must hold (TRIG-41).
 * Partial success counts, as it does for `succeeded()`.
 */
export function takesCompletion(trigger: CompletionTrigger, run: SourceRun): boolean {
  const { branches, stages, tags = [] } = trigger;
  if (!takesBranch(branches, run.branch)) return false;
  const carried = new Set(run.tags.map(fold));
  if (!tags.every((tag) => carried.has(fold(tag)))) return false;
  if (stages === undefined || stages.length === 0) return isSuccess(run.result);
  const succeeded = new Set(
    run.stages.filter(({ result }) => isSuccess(result)).map(({ name }) => fold(name)),
  );
  return stages.every((stage) => succeeded.has(fold(stage)));
}

function isSuccess(result: string | undefined): boolean {
  return result === 'succeeded' || result === 'partiallySucceeded' || result === 'succeededWithIssues';
}

/** One word for a filter set: a source run starts a consumer once for each (TRIG-46, GAP-31). */
export function completionKey({ branches, stages, tags }: CompletionTrigger): string {
  return JSON.stringify([branches?.include, branches?.exclude, stages, tags]);
}
