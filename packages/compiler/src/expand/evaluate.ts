import { evaluate, toBoolean } from '@signalbox/expressions';
import type { ExpressionError, Value } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import { quote } from '../diagnostics.ts';
import type { Span } from '../read/source-file.ts';
import { here } from './context.ts';
import type { Context } from './context.ts';

/** The value of a template expression, or nothing after a report at the scalar that holds it (REC-146). */
export function evaluateText(text: string, at: Span, context: Context): Value | undefined {
  const { work, values, loops } = context;
  if (!work.budget.charge(1, 0, here(context, at))) return undefined;
  const parsed = work.expressions.parse(text, loops);
  if (!parsed.ok) {
    for (const error of parsed.errors) reportError(error, text, at, context);
    work.budget.failed();
    return undefined;
  }
  const result = evaluate(parsed.tree, { values, effort: work.budget.effort });
  if (!result.ok) {
    if (result.error.code === 'too-much-work') work.budget.exhausted(here(context, at));
    else reportError(result.error, text, at, context);
    work.budget.failed();
    return undefined;
  }
  // What is kept must not change with the variables that are defined later.
  return result.value === work.variables.value ? work.variables.snapshot() : result.value;
}

/** Whether a condition holds (REC-14), or nothing after a report. */
export function evaluateCondition(text: string, at: Span, context: Context): boolean | undefined {
  const value = evaluateText(text, at, context);
  if (value?.kind === 'string' && fold(value.value) === 'false') {
    const message = `${quote(text)} is the text ${quote(value.value)}, which counts as true.`;
    const help = 'Declare the parameter with `type: boolean`, or compare: `eq(…, true)`.';
    context.work.report('text-as-condition', here(context, at), message, help);
  }
  return value === undefined ? undefined : toBoolean(value);
}

/** Reports what is wrong with an expression at the scalar that holds it, with the place in the expression. */
export function reportError(
  { message, help, start }: ExpressionError,
  text: string,
  at: Span,
  context: Context,
): void {
  const where = `at position ${start + 1} of ${quote(text)}`;
  context.work.report(
    'expression-invalid',
    here(context, at),
    `${message} (${where}).`,
    help === '' ? undefined : help,
  );
}
