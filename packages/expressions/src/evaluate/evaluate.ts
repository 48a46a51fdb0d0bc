import { failure, toError, type ExpressionError, type Failure, type TextRange } from '../errors.ts';
import { findFunction } from '../functions/catalog.ts';
import { createReserve, type FunctionContext } from '../functions/context.ts';
import type { Outcome } from '../functions/record.ts';
import type { AccessLink, AccessNode, CallNode, Expression } from '../syntax/tree.ts';
import { toBoolean } from '../values/convert.ts';
import { allMembers, memberOf } from '../values/member.ts';
import { arrayValue, isPartial, stringValue, UNKNOWN, type Value } from '../values/value.ts';
import { newEffort, spend, type Effort } from './effort.ts';
import type { Environment } from './environment.ts';

/** A value, or the first error. */
export type EvaluateResult =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ExpressionError };

/** Evaluates a tree; it never throws. A result that hangs on an unknown value is the error `not-known-yet`. */
export function evaluate(tree: Expression, environment: Environment): EvaluateResult {
  const outcome = evaluateTree(tree, environment);
  if (outcome.kind === 'failure') return { ok: false, error: toError(outcome, tree) };
  if (isPartial(outcome)) {
    return { ok: false, error: toError(failure('not-known-yet', 'The value is not known yet'), tree) };
  }
  // The mark of `*` ends with its expression: inserted or passed on, the list is a list like any other.
  if (outcome.kind === 'array' && outcome.filtered) return { ok: true, value: arrayValue(outcome.items) };
  return { ok: true, value: outcome };
}

/**
 * What is certain about a condition of which some values are unknown (UNKNOWN values, `missing: 'unknown'`,
 * status results `unknown`):
 * 'false': whatever they turn out to be, the condition is not True, be it False or an error (REC-172);
 * 'true': whatever they turn out to be, it is True, or an error in a part that can now be left out;
 * 'unknown': it depends on them.
 */
export function decide(tree: Expression, environment: Environment): 'true' | 'false' | 'unknown' {
  const outcome = evaluateTree(tree, environment);
  if (outcome.kind === 'unknown') return 'unknown';
  return outcome.kind !== 'failure' && toBoolean(outcome) ? 'true' : 'false';
}

interface Evaluation {
  readonly environment: Environment;
  readonly context: FunctionContext;
  readonly effort: Effort;
}

function evaluateTree(tree: Expression, environment: Environment): Outcome {
  const { values, status, counter, effort = newEffort() } = environment;
  const root = values.get('root');
  const context: FunctionContext = {
    reserve: createReserve(),
    ...(status === undefined ? {} : { status }),
    ...(counter === undefined ? {} : { counter }),
    ...(root === undefined ? {} : { root }),
  };
  return evaluateNode(tree, { environment, context, effort });
}

function evaluateNode(node: Expression, evaluation: Evaluation): Outcome {
  switch (node.type) {
    case 'literal':
      return node.value;
    case 'name':
      return evaluation.environment.values.get(node.name) ?? notGiven(node.name, node);
    case 'call':
      return evaluateCall(node, evaluation);
    case 'access':
      return evaluateAccess(node, evaluation);
  }
}

function evaluateAccess(node: AccessNode, evaluation: Evaluation): Outcome {
  let current = evaluateNode(node.target, evaluation);
  for (const link of node.links) {
    if (current.kind === 'failure') return current;
    const refused = goesOverAll(current, link) ? spend(evaluation.effort, current) : undefined;
    current = refused ?? follow(current, link, evaluation);
  }
  return current;
}

/** Links that look at every entry have their price; finding one has not. */
function goesOverAll(value: Value, link: AccessLink): boolean {
  return link.type === 'all' || (value.kind === 'array' && value.filtered);
}

function follow(value: Value, link: AccessLink, evaluation: Evaluation): Outcome {
  if (link.type === 'all') return allMembers(value);
  const key = link.type === 'property' ? stringValue(link.name) : evaluateNode(link.index, evaluation);
  return key.kind === 'failure' ? key : located(memberOf(value, key), link);
}

function evaluateCall(node: CallNode, evaluation: Evaluation): Outcome {
  const record = findFunction(node.name);
  const nameRange = { start: node.start, end: node.nameEnd };
  if (record === undefined) {
    return located(failure('unknown-function', `Unrecognized value '${node.name.slice(0, 60)}'`), nameRange);
  }
  if ('callLazy' in record) {
    return blame(
      record.callLazy(node.args.map((argument) => () => evaluateArgument(argument, evaluation))),
      node,
    );
  }
  const args: Value[] = [];
  for (const argument of node.args) {
    const value = evaluateArgument(argument, evaluation);
    if (value.kind === 'failure') return value;
    args.push(value);
  }
  if (args.some(isPartial)) return UNKNOWN;
  const result = record.call(args, evaluation.context);
  const refused = result.kind === 'string' ? spend(evaluation.effort, result) : undefined;
  return blame(refused ?? result, node);
}

/** A function looks at what it is given. */
function evaluateArgument(node: Expression, evaluation: Evaluation): Outcome {
  const value = evaluateNode(node, evaluation);
  return value.kind === 'failure' ? value : (spend(evaluation.effort, value) ?? value);
}

/** Gives a failure the place of the argument that it blames, else of the call. */
function blame(outcome: Outcome, node: CallNode): Outcome {
  if (outcome.kind !== 'failure') return outcome;
  const argument = outcome.argument === undefined ? undefined : node.args[outcome.argument];
  return located(outcome, argument ?? node);
}

function located(outcome: Outcome, { start, end }: TextRange): Outcome {
  if (outcome.kind !== 'failure' || outcome.range !== undefined) return outcome;
  return { ...outcome, range: { start, end } };
}

function notGiven(name: string, { start, end }: TextRange): Failure {
  const message = `Unrecognized value '${name.slice(0, 60)}': it has no value here`;
  return { ...failure('value-not-given', message), range: { start, end } };
}
