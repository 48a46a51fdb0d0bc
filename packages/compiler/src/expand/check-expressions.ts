import type { Entry, Node, ScalarNode } from '../read/node.ts';
import { warnOfComparison } from '../plan/warnings/comparison-never-holds.ts';
import { here } from './context.ts';
import type { Context } from './context.ts';
import { directiveHelp, directiveOf, isDirectiveText, refuseValue, textDirectiveHelp } from './directive.ts';
import { reportError } from './evaluate.ts';
import { hasExpression } from './expression-text.ts';
import { warnOfLateVariables } from './late-variables.ts';
import { placeUnder } from './place.ts';
import type { Place } from './place.ts';
import { piecesIn } from './scalar.ts';

/**
 * Reports what no value could make right: syntax, unknown functions and names, wrong numbers of arguments. This is
 * asked of a whole file when it is read, so also of branches that are not taken; only their values do not matter
 * there (REC-19).
 */
export function checkExpressions(node: Node, place: Place, context: Context): void {
  if (place === 'literal' || place === 'dropped' || !context.work.dynamic.has(node)) return;
  if (node.kind === 'scalar') checkText(node, context);
  else if (node.kind === 'list') for (const item of node.items) checkExpressions(item, 'data', context);
  else for (const entry of node.entries) checkEntry(entry, place, context);
}

function checkEntry({ key, value }: Entry, place: Place, context: Context): void {
  const directive = directiveOf(key, context);
  if (directive === undefined) {
    checkText(key, context, directiveHelp);
    // Only the root of a file has places that no expression may stand in.
    checkExpressions(value, place === 'pipeline' ? placeUnder(place, key.text) : 'data', context);
    return;
  }
  if (directive.word === 'wrong') return;
  if (directive.word === 'each') {
    checkExpression(directive.collection, key, context);
    checkExpressions(value, place, { ...context, loops: [directive.name, ...context.loops] });
    return;
  }
  if (directive.word === 'if' || directive.word === 'elseif')
    checkExpression(directive.condition, key, context);
  checkExpressions(value, place, context);
}

function checkText(scalar: ScalarNode, context: Context, helpFor: HelpFor = textDirectiveHelp): void {
  if (!hasExpression(scalar.text)) return;
  if (isDirectiveText(scalar.text)) {
    refuseValue(scalar, context);
    return;
  }
  for (const { kind, text } of piecesIn(scalar, context) ?? []) {
    if (kind === 'expression') checkExpression(text, scalar, context, helpFor);
  }
}

/** Help that knows more of an expression than its first mistake does; empty when there is none. */
type HelpFor = (expression: string) => string;

function checkExpression(
  text: string,
  { at }: ScalarNode,
  context: Context,
  helpFor: HelpFor = () => '',
): void {
  const parsed = context.work.expressions.parse(text, context.loops);
  if (parsed.ok) {
    warnOfComparison({ tree: parsed.tree, at: here(context, at) }, context.work.report);
    warnOfLateVariables(parsed.tree, here(context, at), context.work.report);
    return;
  }
  const help = helpFor(text);
  for (const error of parsed.errors) reportError(help === '' ? error : { ...error, help }, text, at, context);
}
