import { parse } from '@signalbox/expressions';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import type { MappingNode } from '../../read/node.ts';
import { valueOf } from '../key.ts';
import type { StagePart } from './parts.ts';

/** The compiler resolves no names in a step's condition, but the agent does, and knows few (EXPR-60, EXPR-61, REC-141). */
export function warnOfStepCondition(stages: readonly StagePart[], report: Report): void {
  for (const { jobs } of stages) {
    for (const { plan, steps } of jobs) {
      if (plan.pool.kind === 'pool') for (const step of steps) warnOfStep(step, report);
    }
  }
}

function warnOfStep(step: MappingNode, report: Report): void {
  const condition = valueOf(step, 'condition');
  if (condition?.kind !== 'scalar' || condition.text.trim() === '') return;
  const text = condition.text.trim();
  const parsed = parse(text, 'stepCondition');
  if (parsed.ok || !parse(text, 'stepConditionCheck').ok) return;
  const [error] = parsed.errors;
  if (error === undefined) return;
  const message = `The step will fail: ${error.message} (at position ${error.start + 1} of ${quote(text)}).`;
  report('step-condition-fails', condition.at, message, error.help === '' ? undefined : error.help);
}
