import { didYouMean } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { isEmpty, shapeOf } from '../../read/node.ts';
import type { Entry, ListNode, MappingNode, Node, ScalarNode } from '../../read/node.ts';
import { here } from '../context.ts';
import type { Context } from '../context.ts';
import { isNoLiteral, literalScalar } from '../scalar.ts';
import { settle } from '../settle.ts';
import { parameterKeys } from './parameter-keys.ts';
import type { TypeRow } from './types.ts';
import { listHelp, TEXT_HELP } from '../../plan/shape-help.ts';

/** A declared parameter. */
export interface Declaration {
  readonly name: ScalarNode;
  /** The name of its type, for messages. */
  readonly type: string;
  readonly row: TypeRow;
  readonly default: Node | undefined;
  /** The default has an expression, which is reported: its text says nothing more about it (REC-51). */
  readonly defaultRefused: boolean;
  readonly values: readonly ScalarNode[] | undefined;
}

const KEYS = Object.keys(parameterKeys);

/** Reads `parameters` of a file: a list of declarations, or the older mapping of names to defaults (PARM-1, TPL-19). */
export function declarationsOf(
  node: Node,
  types: ReadonlyMap<string, TypeRow>,
  context: Context,
): readonly Declaration[] {
  if (node.kind === 'list') return declaredIn(node, types, context);
  if (node.kind === 'mapping') return node.entries.map((entry) => untyped(entry, context));
  if (!isEmpty(node)) {
    const message = `Parameters must be a list, but this is ${shapeOf(node)}.`;
    context.work.report('wrong-shape', here(context, node.at), message, listHelp(node, '- name: NAME'));
  }
  return [];
}

/** The mapping form has no types: every scalar stays text (PARM-2, PARM-10). */
function untyped({ key, value }: Entry, context: Context): Declaration {
  return {
    name: { ...key, at: here(context, key.at) },
    type: 'legacyObject',
    row: { form: 'raw data' },
    default: literalTree(value, context),
    defaultRefused: hasNoLiteral(value, context),
    values: undefined,
  };
}

function declaredIn(
  list: ListNode,
  types: ReadonlyMap<string, TypeRow>,
  context: Context,
): readonly Declaration[] {
  const seen = new Set<string>();
  const declared: Declaration[] = [];
  for (const item of list.items) {
    if (item.kind !== 'mapping') {
      const message = `A parameter must be a mapping, but this is ${shapeOf(item)}.`;
      context.work.report('wrong-shape', here(context, item.at), message, 'Begin it with `- name: NAME`.');
      continue;
    }
    const one = declarationOf(item, types, context);
    if (one === undefined) continue;
    if (seen.has(fold(one.name.text))) {
      const message = `There is already a parameter named ${quote(one.name.text)}.`;
      context.work.report('name-not-unique', one.name.at, message);
      continue;
    }
    seen.add(fold(one.name.text));
    declared.push(one);
  }
  return declared;
}

function declarationOf(
  item: MappingNode,
  types: ReadonlyMap<string, TypeRow>,
  context: Context,
): Declaration | undefined {
  const name = nameOf(item, context);
  if (name === undefined) return undefined;
  checkKeys(item, context);
  const type = textUnder(item, 'type', context);
  const row = type === undefined ? types.get('string') : types.get(type.text);
  if (row === undefined && type !== undefined) reportType(type, types, context);
  const given = valueUnder(item, 'default');
  return {
    name,
    type: type?.text ?? 'string',
    // Reported already: nothing that is passed for it, or not, should be blamed as well.
    row: row ?? { form: 'data' },
    default: given === undefined ? (row === undefined ? type : undefined) : literalTree(given, context),
    defaultRefused: given !== undefined && hasNoLiteral(given, context),
    values: valuesOf(item, context),
  };
}

/** `name` is there, and first (REC-49). */
function nameOf(item: MappingNode, context: Context): ScalarNode | undefined {
  const at = here(context, item.entries[0]?.key.at ?? item.at);
  const name = textUnder(item, 'name', context);
  if (name === undefined || name.text === '') {
    context.work.report('missing-key', at, "A parameter needs the key 'name'.");
    return undefined;
  }
  if (item.entries[0]?.key.text !== 'name') {
    context.work.report('first-key', at, "'name' must be the first key of a parameter.");
  }
  return name;
}

function checkKeys(item: MappingNode, context: Context): void {
  for (const { key } of item.entries) {
    if (KEYS.includes(key.text)) continue;
    const help = didYouMean(key.text, KEYS) || `Allowed here: ${KEYS.join(', ')}.`;
    const message = `${quote(key.text)} is not a key of a parameter.`;
    context.work.report('unexpected-key', here(context, key.at), message, help);
  }
}

function reportType(type: ScalarNode, types: ReadonlyMap<string, TypeRow>, context: Context): void {
  const names = [...types.keys()];
  const help = didYouMean(type.text, names) || `Allowed here: ${names.join(', ')}.`;
  context.work.report('wrong-value', type.at, `${quote(type.text)} is not a type of parameters here.`, help);
}

function valuesOf(item: MappingNode, context: Context): readonly ScalarNode[] | undefined {
  const node = valueUnder(item, 'values');
  if (node === undefined || isEmpty(node)) return undefined;
  if (node.kind === 'list') {
    return node.items.filter((one) => one.kind === 'scalar').map((one) => literalScalar(one, context));
  }
  const message = `Allowed values must be a list, but this is ${shapeOf(node)}.`;
  context.work.report('wrong-shape', here(context, node.at), message, listHelp(node, '- value'));
  return undefined;
}

/** A default holds no expression but a lone string literal (PARM-5, REC-51). */
function literalTree(node: Node, context: Context): Node {
  if (!context.work.dynamic.has(node)) return settle(node, context);
  const at = here(context, node.at);
  if (node.kind === 'scalar') return literalScalar(node, context);
  if (node.kind === 'list') return { ...node, at, items: node.items.map((one) => literalTree(one, context)) };
  return {
    ...node,
    at,
    entries: node.entries.map(({ key, value }) => ({
      key: literalScalar(key, context),
      value: literalTree(value, context),
    })),
  };
}

function hasNoLiteral(node: Node, context: Context): boolean {
  if (!context.work.dynamic.has(node)) return false;
  if (node.kind === 'scalar') return isNoLiteral(node, context);
  if (node.kind === 'list') return node.items.some((one) => hasNoLiteral(one, context));
  return node.entries.some(({ key, value }) => isNoLiteral(key, context) || hasNoLiteral(value, context));
}

function textUnder(item: MappingNode, key: string, context: Context): ScalarNode | undefined {
  const node = valueUnder(item, key);
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return literalScalar(node, context);
  const message = `Text is expected here, but this is ${shapeOf(node)}.`;
  context.work.report('wrong-shape', here(context, node.at), message, TEXT_HELP);
  return undefined;
}

function valueUnder(item: MappingNode, name: string): Node | undefined {
  return item.entries.find(({ key }) => key.text === name)?.value;
}
