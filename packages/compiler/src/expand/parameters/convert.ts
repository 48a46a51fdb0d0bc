import {
  arrayValue,
  didYouMean,
  booleanValue,
  numberValue,
  parseDecimal,
  stringValue,
  toText,
} from '@signalbox/expressions';
import type { Value } from '@signalbox/expressions';
import { quote } from '../../diagnostics.ts';
import { isEmpty, shapeOf } from '../../read/node.ts';
import type { Node, ScalarNode } from '../../read/node.ts';
import type { Context, Expansion } from '../context.ts';
import { dataOf, isNull, structureOf } from '../values/value-of.ts';
import type { Declaration } from './declare.ts';
import { stepsAsTasks } from './steps-as-tasks.ts';
import type { TypeRow } from './types.ts';

/**
 * The value of a parameter from what was passed, given or declared as its default (4.2 of the recorded facts), or
 * nothing after a report at that node. `context` is the file in which the node stands: references in lists of steps,
 * jobs and stages are resolved there (REC-83).
 */
export function* convertParameter(
  node: Node,
  declaration: Declaration,
  context: Context,
): Expansion<Value | undefined> {
  const { row } = declaration;
  if (row.form === 'structure') return yield* structureValue(node, row, declaration, context);
  if (row.form === 'data' || row.form === 'raw data') {
    return dataOf(node, row.form === 'data' ? 'by look' : 'as text', context.work.exchange);
  }
  if (row.form === 'text list') return textList(node, declaration, context);
  if (node.kind !== 'scalar') {
    return refuse(node, declaration, `${shapeOf(node)} cannot be its value`, context);
  }
  const value = scalarValue(node, row.form);
  if (value === undefined)
    return refuse(node, declaration, `${quote(node.text)} is not a ${row.form}`, context);
  return isAllowed(value, declaration) ? value : refuseChoice(node, declaration, context);
}

/** The default as a value; nothing when there is none, or after a report. What takes any text also takes a refused one. */
export function* convertDefault(declaration: Declaration, context: Context): Expansion<Value | undefined> {
  const { default: node, defaultRefused, row, values } = declaration;
  const anyText =
    row.form === 'data' || row.form === 'raw data' || (row.form === 'text' && values === undefined);
  if (node === undefined || (defaultRefused && !anyText)) return undefined;
  return yield* convertParameter(node, declaration, context);
}

function scalarValue(scalar: ScalarNode, form: 'text' | 'number' | 'boolean'): Value | undefined {
  const text = isNull(scalar) ? '' : scalar.text;
  if (form === 'text') return stringValue(text);
  if (form === 'boolean') {
    return /^(?:true|false)$/i.test(text) ? booleanValue(text.toLowerCase() === 'true') : undefined;
  }
  const decimal = parseDecimal(text.trim());
  return decimal === undefined ? undefined : numberValue(decimal);
}

/** Strings compare with letter case, numbers and booleans after conversion (PARM-4, REC-62). */
function isAllowed(value: Value, { values, row }: Declaration): boolean {
  if (values === undefined || (row.form !== 'text' && row.form !== 'number' && row.form !== 'boolean'))
    return true;
  const { form } = row;
  const text = toText(value);
  return values.some((one) => {
    const allowed = scalarValue(one, form);
    return allowed !== undefined && toText(allowed) === text;
  });
}

function textList(node: Node, declaration: Declaration, context: Context): Value | undefined {
  if (node.kind !== 'list')
    return refuse(node, declaration, `${shapeOf(node)} is not a list of texts`, context);
  const items: Value[] = [];
  for (const item of node.items) {
    if (item.kind !== 'scalar') return refuse(item, declaration, `${shapeOf(item)} is not text`, context);
    const allowed = declaration.values?.some(({ text }) => text === item.text) ?? true;
    if (!allowed) return refuseChoice(item, declaration, context);
    items.push(stringValue(item.text));
  }
  return arrayValue(items);
}

function* structureValue(
  node: Node,
  row: Extract<TypeRow, { form: 'structure' }>,
  declaration: Declaration,
  context: Context,
): Expansion<Value | undefined> {
  const { walk, exchange } = context.work;
  if (isNothing(node)) return arrayValue([]);
  if (row.list !== (node.kind === 'list')) {
    const wanted = row.list ? 'a list' : 'one item';
    return refuse(node, declaration, `${shapeOf(node)} is not ${wanted}`, context);
  }
  // A list that is passed on was expanded where it was passed first.
  const passedOn = exchange.settled.has(node);
  const list: Node = node.kind === 'list' ? node : { kind: 'list', items: [node], at: node.at };
  const expanded = passedOn
    ? list
    : yield* walk.node(list, row.place, { ...context, final: true, passed: true });
  const items = expanded.kind === 'list' ? expanded.items : [];
  if (!items.every((item) => checkItem(item, row.begins, declaration, context))) return undefined;
  if (passedOn) return structureOf(node, exchange);
  const tasks = items.map((item) => stepsAsTasks(item, row.place));
  const result: Node | undefined = row.list ? { kind: 'list', items: tasks, at: node.at } : tasks[0];
  return result === undefined ? arrayValue([]) : structureOf(result, exchange);
}

function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && (isEmpty(node) || isNull(node));
}

/** What an item is shows in its first key; the rest is checked where the item is inserted (REC-61). */
function checkItem(
  item: Node,
  begins: readonly string[],
  declaration: Declaration,
  context: Context,
): boolean {
  const first = item.kind === 'mapping' ? item.entries[0]?.key : undefined;
  if (first !== undefined && begins.includes(first.text)) return true;
  const found = first === undefined ? shapeOf(item) : `what begins with ${quote(first.text)}`;
  refuse(item, declaration, `${found} cannot be in it`, context);
  return false;
}

/** The values of long lists are not all named; the nearest one is (PARM-4). */
function refuseChoice(node: ScalarNode, declaration: Declaration, context: Context): undefined {
  const values = declaration.values?.map(({ text }) => text) ?? [];
  const shown = `${values.slice(0, 10).join(', ')}${values.length > 10 ? ', …' : ''}`;
  const help = didYouMean(node.text, values) || `Allowed: ${shown}.`;
  return refuse(node, declaration, `${quote(node.text)} is not one of its values`, context, help);
}

function refuse(
  node: Node,
  { name, type }: Declaration,
  problem: string,
  context: Context,
  help?: string,
): undefined {
  const message = `The parameter ${quote(name.text)} is of type ${type}: ${problem}.`;
  context.work.report('parameter-value-invalid', node.at, message, help);
}
