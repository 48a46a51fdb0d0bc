import { evaluate, parseCondition, toBoolean, variablesValue } from '@signalbox/expressions';
import type { NodeResult } from '@signalbox/model';
import type { VariableStore } from '../variables/variable-store.ts';

/** Whether a step runs; an error makes it fail (STEP-1). */
export type ConditionResult =
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | { readonly kind: 'error'; readonly message: string };

/** Evaluates a step's condition with the status of the job so far; none means `succeeded()` (EXPR-60, EXPR-61). */
export function stepCondition(
  condition: string | undefined,
  variables: VariableStore,
  jobStatus: NodeResult,
): ConditionResult {
  const parsed = parseCondition(condition, 'stepCondition');
  if (!parsed.ok) return error(condition, parsed.errors[0]?.message);
  const values = variablesValue(variables.entries().map(({ name, value }) => [name, value]));
  const result = evaluate(parsed.tree, {
    values: new Map([['variables', values]]),
    status: { level: 'step', jobStatus },
  });
  if (!result.ok) return error(condition, result.error.message);
  return { kind: toBoolean(result.value) ? 'true' : 'false' };
}

function error(condition: string | undefined, message: string | undefined): ConditionResult {
  return {
    kind: 'error',
    message: `The condition "${condition ?? 'succeeded()'}" cannot be evaluated: ${message ?? ''}`,
  };
}
