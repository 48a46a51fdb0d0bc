import type { NodeResult } from '@signalbox/model';
import { failure, type Failure } from '../errors.ts';
import { MAX_RESULT_LENGTH, MAX_TOTAL_LENGTH } from '../limits.ts';
import type { Value } from '../values/value.ts';

/** What status functions see: the running job on an agent, or the dependencies of a stage or job (EXPR-60, EXPR-62). */
export type StatusView = StepStatus | NodeStatus;

/** The status of the job so far, `Agent.JobStatus`; absent counts as succeeded (EXPR-60). */
export interface StepStatus {
  readonly level: 'step';
  readonly jobStatus?: NodeResult;
}

/**
 * The view of a stage or job: the state of its parent, and the result of every ancestor by name. Names ignore
 * case. `unknown` stands for what is not decided yet (see `decide`).
 */
export interface NodeStatus {
  readonly level: 'node';
  readonly parent: ParentState;
  readonly ancestors: ReadonlyMap<string, NodeResult | 'unknown'>;
}

/** The run for a stage, the stage for a job (EXPR-62). */
export type ParentState = 'inProgress' | 'canceling' | 'unknown';

/**
 * Gives the counter of a prefix: `seed` at its first use, then one more for every run (EXPR-50). Undefined while
 * the caller has not read it yet; then nothing that hangs on it is known.
 */
export type CounterProvider = (prefix: string, seed: number) => number | undefined;

/** What a function may use besides its arguments. */
export interface FunctionContext {
  readonly status?: StatusView;
  readonly counter?: CounterProvider;
  /** The parsed response that `jsonpath` searches (HOOK-9). */
  readonly root?: Value;
  /** To be called before a text of this length is built; a failure says that it must not be. */
  readonly reserve: (length: number) => Failure | undefined;
}

/** A fresh allowance for the texts of one evaluation. */
export function createReserve(): (length: number) => Failure | undefined {
  let total = 0;
  return (length) => {
    total += length;
    if (length > MAX_RESULT_LENGTH) return tooLarge(MAX_RESULT_LENGTH);
    return total > MAX_TOTAL_LENGTH ? tooLarge(MAX_TOTAL_LENGTH) : undefined;
  };
}

/** The refusal of a text beyond a limit. */
export function tooLarge(limit: number): Failure {
  return failure('result-too-large', `The result is longer than ${limit} characters`);
}
