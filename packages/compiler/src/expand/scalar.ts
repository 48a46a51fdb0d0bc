import { stringValue, toText } from '@signalbox/expressions';
import type { Value } from '@signalbox/expressions';
import { quote } from '../diagnostics.ts';
import type { Node, ScalarNode } from '../read/node.ts';
import { here } from './context.ts';
import type { Context } from './context.ts';
import { isDirectiveText, refuseValue } from './directive.ts';
import { evaluateText } from './evaluate.ts';
import { hasExpression, loneExpression, piecesOf } from './expression-text.ts';
import type { Piece } from './expression-text.ts';
import { causedBy } from './trace.ts';
import { emptyAt, nodeOf } from './values/node-of.ts';

/** What a scalar becomes: the value of its one expression, or all its pieces joined as text (REC-30, REC-32). */
export function expandScalar(scalar: ScalarNode, context: Context): Node {
  const at = here(context, scalar.at);
  if (context.final || !hasExpression(scalar.text)) return moved(scalar, context);
  const value = loneValue(scalar, context);
  if (value === 'none') return joined(scalar, context);
  if (value === undefined) return emptyAt(at);
  return nodeOf(value, causedBy(context, at, scalar.text, value), context);
}

/** The value of a scalar that is exactly one expression; nothing after a report. */
export function loneValue(scalar: ScalarNode, context: Context): Value | 'none' | undefined {
  const expression = context.final ? undefined : loneExpression(scalar.text);
  if (expression === undefined) return 'none';
  if (isDirectiveText(scalar.text)) {
    refuseValue(scalar, context);
    return undefined;
  }
  return evaluateText(expression, scalar.at, context);
}

/** What a key becomes: text in any case (REC-35); nothing after a report. */
export function expandKey(key: ScalarNode, context: Context): ScalarNode | undefined {
  if (context.final || !hasExpression(key.text)) return moved(key, context);
  const at = here(context, key.at);
  const value = loneValue(key, context);
  if (value === 'none') return joined(key, context);
  if (value === undefined) return undefined;
  const text = toText(value);
  if (text !== undefined) {
    return {
      kind: 'scalar',
      text,
      at: causedBy(context, at, key.text, value),
    };
  }
  context.work.report(
    'wrong-shape',
    at,
    `Expected a scalar value: ${quote(key.text)} is a list or a mapping.`,
  );
  return undefined;
}

/** A scalar where no expression is allowed: a lone string literal becomes its text, others are refused (REC-39). */
export function literalScalar(scalar: ScalarNode, context: Context): ScalarNode {
  const text = context.final ? undefined : literalText(scalar.text);
  if (text !== undefined) return { kind: 'scalar', text, at: here(context, scalar.at), quoted: true };
  if (isNoLiteral(scalar, context)) refuseExpression(scalar, context);
  return moved(scalar, context);
}

/** True for a scalar that `literalScalar` refuses. */
export function isNoLiteral({ text }: ScalarNode, { final }: Context): boolean {
  return !final && hasExpression(text) && literalText(text) === undefined;
}

/** Reports an expression where none is allowed. */
export function refuseExpression(scalar: ScalarNode, context: Context): void {
  const message = `A template expression is not allowed in this context: ${quote(scalar.text)}.`;
  context.work.report('expression-not-allowed', here(context, scalar.at), message);
}

function literalText(text: string): string | undefined {
  return /^'((?:[^']|'')*)'$/.exec(loneExpression(text) ?? '')?.[1]?.replaceAll("''", "'");
}

function moved(scalar: ScalarNode, context: Context): ScalarNode {
  const at = here(context, scalar.at);
  context.work.budget.charge(1, scalar.text.length, at);
  return at === scalar.at ? scalar : { ...scalar, at };
}

/** The pieces of a scalar; nothing after a report of an expression without end (REC-38). */
export function piecesIn(scalar: ScalarNode, context: Context): readonly Piece[] | undefined {
  const pieces = piecesOf(scalar.text);
  if (pieces === undefined) {
    const message = `The expression is not closed: ${quote(scalar.text)}.`;
    context.work.report('expression-not-closed', here(context, scalar.at), message);
  }
  return pieces;
}

/** All pieces as text; what has no text is reported. */
function joined(scalar: ScalarNode, context: Context): ScalarNode {
  const { work } = context;
  let at = here(context, scalar.at);
  const pieces = piecesIn(scalar, context);
  if (pieces === undefined) return emptyAt(at);
  let text = '';
  for (const piece of pieces) {
    const part = piece.kind === 'text' ? piece.text : textOf(piece.text, scalar, context);
    if (part === undefined || !work.budget.charge(0, part.length, at)) return emptyAt(at);
    text += part;
    if (piece.kind !== 'text') at = causedBy(context, at, piece.text, stringValue(part));
  }
  work.budget.charge(1, 0, at);
  return { kind: 'scalar', text, at, quoted: true };
}

function textOf(expression: string, scalar: ScalarNode, context: Context): string | undefined {
  const value = evaluateText(expression, scalar.at, context);
  const text = value === undefined ? undefined : toText(value);
  if (value !== undefined && text === undefined) {
    const what = value.kind === 'array' ? 'A list' : 'A mapping';
    const message = `${what} cannot become text: ${quote(expression)} has text around it.`;
    context.work.report(
      'expression-invalid',
      here(context, scalar.at),
      message,
      'Let it stand alone, or use `join` or `convertToJson`.',
    );
  }
  return text;
}
