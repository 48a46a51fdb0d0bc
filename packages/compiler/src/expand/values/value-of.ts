import {
  arrayValue,
  booleanValue,
  numberValue,
  objectValue,
  parseDecimal,
  stringValue,
} from '@signalbox/expressions';
import type { Value } from '@signalbox/expressions';
import type { Node, ScalarNode } from '../../read/node.ts';
import type { Exchange } from './exchange.ts';

/** How scalars are read: by their look (REC-58), or all as text (REC-59). */
export type Reading = 'by look' | 'as text';

/** The value of a parameter of data: its own scalar is text, those inside are read as asked (REC-58). */
export function dataOf(node: Node, reading: Reading, exchange: Exchange): Value {
  const known = exchange.values.get(node);
  // Nothing becomes empty text when it is passed (REC-58).
  if (known !== undefined) return known.kind === 'null' ? stringValue('') : known;
  return node.kind === 'scalar' ? stringValue(isNull(node) ? '' : node.text) : inner(node, reading, exchange);
}

/** The value of stages, jobs or steps; inserting it, or a part of it, gives the nodes back (TPL-22). */
export function structureOf(node: Node, exchange: Exchange): Value {
  const known = exchange.values.get(node);
  if (known !== undefined) return known;
  if (node.kind === 'scalar') return stringValue(node.text);
  const value =
    node.kind === 'list'
      ? arrayValue(node.items.map((item) => structureOf(item, exchange)))
      : objectValue(new Map(node.entries.map(({ key, value }) => [key.text, structureOf(value, exchange)])));
  exchange.nodes.set(value, node);
  exchange.values.set(node, value);
  exchange.settled.add(node);
  return value;
}

function inner(node: Node, reading: Reading, exchange: Exchange): Value {
  const known = exchange.values.get(node);
  if (known !== undefined) return known;
  switch (node.kind) {
    case 'scalar':
      return reading === 'by look' ? byLook(node) : stringValue(node.text);
    case 'list':
      return arrayValue(node.items.map((item) => inner(item, reading, exchange)));
    case 'mapping':
      return objectValue(
        new Map(node.entries.map(({ key, value }) => [key.text, inner(value, reading, exchange)])),
      );
  }
}

/** True for the words that YAML has for nothing; as values of parameters they are empty text (REC-57, REC-58). */
export function isNull({ text, quoted }: ScalarNode): boolean {
  return quoted !== true && /^(?:~|null|Null|NULL)$/.test(text);
}

/** Plain text that looks like a number or a boolean is one; quoted text stays text (REC-58). */
function byLook(scalar: ScalarNode): Value {
  const { text, quoted } = scalar;
  if (quoted === true) return stringValue(text);
  if (isNull(scalar)) return stringValue('');
  if (/^(?:true|false)$/i.test(text)) return booleanValue(text.toLowerCase() === 'true');
  const decimal = /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? parseDecimal(text) : undefined;
  return decimal === undefined ? stringValue(text) : numberValue(decimal);
}
