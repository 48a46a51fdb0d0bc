import type { NodeResult } from '@signalbox/model';
import { failure } from '../errors.ts';
import { textArgument } from '../values/convert.ts';
import { foldCase } from '../values/fold.ts';
import { booleanValue, UNKNOWN, type Value } from '../values/value.ts';
import type { NodeStatus, ParentState, StatusView, StepStatus } from './context.ts';
import {
  ANY_NUMBER,
  type ExampleData,
  type FunctionExample,
  type FunctionRecord,
  type Outcome,
} from './record.ts';

/** What the examples look at. */
const MIXED: ExampleData = { results: { A: 'succeeded', B: 'failed' } };

type StatusName = 'always' | 'canceled' | 'succeeded' | 'failed' | 'succeededOrFailed';

/** The status functions of steps (EXPR-60) and of stages and jobs (EXPR-62 to EXPR-65). */
export const STATUS_FUNCTIONS: readonly FunctionRecord[] = [
  statusFunction(
    'always',
    0,
    [{ call: 'always()', result: 'True', given: MIXED }],
    '`always()` – True, even if the run is being canceled.',
  ),
  statusFunction(
    'canceled',
    0,
    [{ call: 'canceled()', result: 'False', given: MIXED }],
    '`canceled()` – True if the run, stage or job is being canceled.',
  ),
  statusFunction(
    'succeeded',
    ANY_NUMBER,
    [
      { call: 'succeeded()', result: 'False', given: MIXED },
      { call: "succeeded('A')", result: 'True', given: MIXED },
    ],
    '`succeeded(names…)` – True if all dependencies, or all that are named, succeeded, even with issues.',
  ),
  statusFunction(
    'failed',
    ANY_NUMBER,
    [
      { call: 'failed()', result: 'True', given: MIXED },
      { call: "failed('A')", result: 'False', given: MIXED },
    ],
    '`failed(names…)` – True if any dependency, or any that is named, failed.',
  ),
  statusFunction(
    'succeededOrFailed',
    ANY_NUMBER,
    [
      { call: 'succeededOrFailed()', result: 'True', given: MIXED },
      { call: 'succeededOrFailed()', result: 'False', given: { results: { A: 'skipped' } } },
    ],
    '`succeededOrFailed(names…)` – True if any dependency, or any that is named, succeeded or failed; also if there is none.',
  ),
];

function statusFunction(
  name: StatusName,
  maxArgs: number,
  examples: readonly FunctionExample[],
  description: string,
): FunctionRecord {
  return {
    name,
    group: 'status',
    minArgs: 0,
    maxArgs,
    description,
    examples,
    call: (args, context) => evaluateStatus(name, args, context.status),
  };
}

function evaluateStatus(name: StatusName, args: readonly Value[], status: StatusView | undefined): Outcome {
  if (status === undefined) return failure('value-not-given', `${name} has no status to look at here`);
  if (status.level === 'step') return booleanValue(stepStatus(name, status));
  if (name === 'always') return booleanValue(true);
  if (name === 'canceled')
    return status.parent === 'unknown' ? UNKNOWN : booleanValue(status.parent === 'canceling');
  const names: string[] = [];
  for (const [index, argument] of args.entries()) {
    const text = textArgument(argument, index);
    if (typeof text !== 'string') return text;
    names.push(text);
  }
  const results = resultsOf(status, names);
  if (results === undefined || status.parent === 'canceling') return booleanValue(false);
  return whileRunning(overResults(name, results), status.parent);
}

/** The agent's own table (EXPR-60). */
function stepStatus(name: StatusName, status: StepStatus): boolean {
  const result = status.jobStatus ?? 'succeeded';
  switch (name) {
    case 'always':
      return true;
    case 'canceled':
      return result === 'canceled';
    case 'failed':
      return result === 'failed';
    case 'succeeded':
      return isSuccess(result);
    case 'succeededOrFailed':
      return isSuccess(result) || result === 'failed';
  }
}

/** The nodes looked at: the named ones, else all ancestors; undefined when a name is not among them (EXPR-63). */
function resultsOf(
  status: NodeStatus,
  names: readonly string[],
): readonly (NodeResult | 'unknown')[] | undefined {
  if (names.length === 0) return [...status.ancestors.values()];
  const byName = new Map<string, NodeResult | 'unknown'>();
  for (const [name, result] of status.ancestors) byName.set(foldCase(name), result);
  const results: (NodeResult | 'unknown')[] = [];
  for (const name of names) {
    const result = byName.get(foldCase(name));
    if (result === undefined) return undefined;
    results.push(result);
  }
  return results;
}

type Decided = boolean | 'unknown';

/** EXPR-62 over results of which some may be unknown: what is known may decide already. */
function overResults(name: StatusName, results: readonly (NodeResult | 'unknown')[]): Decided {
  const open = results.includes('unknown');
  const known = results.filter((result) => result !== 'unknown');
  if (name === 'succeeded') return known.every(isSuccess) ? (open ? 'unknown' : true) : false;
  if (name === 'succeededOrFailed' && results.length === 0) return true;
  const counts =
    name === 'failed' ? isFailure : (result: NodeResult) => isSuccess(result) || isFailure(result);
  return known.some(counts) ? true : open ? 'unknown' : false;
}

/** Nothing is True during cancellation, so a parent that may yet be canceled leaves a True open. */
function whileRunning(decided: Decided, parent: ParentState): Outcome {
  if (decided === false) return booleanValue(false);
  return decided === 'unknown' || parent === 'unknown' ? UNKNOWN : booleanValue(true);
}

function isSuccess(result: NodeResult): boolean {
  return result === 'succeeded' || result === 'succeededWithIssues';
}

function isFailure(result: NodeResult): boolean {
  return result === 'failed';
}
