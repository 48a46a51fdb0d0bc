import { expandMacros, evaluate, parseCondition, toBoolean } from '@signalbox/expressions';
import { fold, type NodeResult, type StepPlan } from '@signalbox/model';
import type { StepState } from './state.ts';
import { expandedVariables } from './values/expanded.ts';
import { variablesContext, withVariables, type Scope, type Variable } from './values/variables.ts';

/** Whether a step runs; an error makes it fail (STEP-1). */
export type StepVerdict =
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | { readonly kind: 'error'; readonly message: string };

/** Decides a step of a job on the server with the status of the job so far (STEP-1, EXPR-60). */
export function stepVerdict({ condition }: StepPlan, scope: Scope, jobStatus: NodeResult): StepVerdict {
  const parsed = parseCondition(condition, 'stepCondition');
  const failed = (message = ''): StepVerdict => ({
    kind: 'error',
    message: `The condition "${condition ?? 'succeeded()'}" cannot be evaluated: ${message}`,
  });
  if (!parsed.ok) return failed(parsed.errors[0]?.message);
  const status: Variable = {
    name: 'Agent.JobStatus',
    value: TITLES[jobStatus],
    secret: false,
    readonly: true,
  };
  const values = new Map([['variables', variablesContext(withVariables(scope, [status]))]]);
  const result = evaluate(parsed.tree, { values, status: { level: 'step', jobStatus } });
  if (!result.ok) return failed(result.error.message);
  return { kind: toBoolean(result.value) ? 'true' : 'false' };
}

const TITLES: Readonly<Record<NodeResult, string>> = {
  succeeded: 'Succeeded',
  succeededWithIssues: 'SucceededWithIssues',
  failed: 'Failed',
  canceled: 'Canceled',
  skipped: 'Skipped',
  abandoned: 'Abandoned',
};

/** The texts of a step with their macros replaced; those of secrets stay as they are written. */
export function stepTexts(
  { displayName, inputs }: StepPlan,
  scope: Scope,
): { readonly displayName: string; readonly inputs: ReadonlyMap<string, string> } {
  const known = new Map(
    expandedVariables(scope)
      .filter(({ secret }) => !secret)
      .map(({ name, value }) => [fold(name), value]),
  );
  const fill = (text: string): string => expandMacros(text, (name) => known.get(fold(name)));
  return {
    displayName: fill(displayName),
    inputs: new Map(Object.entries(inputs).map(([name, text]) => [fold(name), fill(text)])),
  };
}

/** How a step ended, with what is to be said about it. */
export interface StepEnd {
  readonly result: NodeResult;
  readonly message?: string;
}

/** A step that is over. What failed shows its message as an error, anything else as a warning. */
export function endedStep(step: StepState, { result, message }: StepEnd, at: number): StepState {
  const isError = result === 'failed' || result === 'succeededWithIssues';
  const issue = { type: isError ? 'error' : 'warning', message: message ?? '' } as const;
  const said = message !== undefined;
  return {
    ...step,
    state: 'completed',
    result,
    finishTime: at,
    issues: said ? [...step.issues, issue] : step.issues,
    errorCount: step.errorCount + (said && isError ? 1 : 0),
    warningCount: step.warningCount + (said && !isError ? 1 : 0),
  };
}

/** The status of a job by its steps so far; one that is being cancelled is Canceled whatever they did (CANCEL-7). */
export function statusOf(steps: readonly StepState[], isCancelled: boolean): NodeResult {
  if (isCancelled) return 'canceled';
  const results = steps.map(({ result }) => result);
  if (results.includes('failed')) return 'failed';
  return results.includes('succeededWithIssues') ? 'succeededWithIssues' : 'succeeded';
}
