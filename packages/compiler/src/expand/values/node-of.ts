import { toText } from '@signalbox/expressions';
import type { Value } from '@signalbox/expressions';
import { MAX_DEPTH } from '../../limits.ts';
import type { Node, ScalarNode } from '../../read/node.ts';
import type { Span } from '../../read/source-file.ts';
import { stopTooDeep } from '../too-deep.ts';
import type { Context } from '../context.ts';

/**
 * The node that a value becomes (REC-30, REC-34). It stands where its expression does (REC-148), except for typed
 * lists of steps, jobs and stages, which keep their own positions.
 */
export function nodeOf(value: Value, at: Span, context: Context, depth: number = context.depth): Node {
  const { exchange, budget } = context.work;
  const known = exchange.nodes.get(value);
  if (known !== undefined) return known;
  if (depth > MAX_DEPTH) return stopTooDeep(at, context);
  const text = toText(value) ?? '';
  if (!budget.charge(1, text.length, at)) return emptyAt(at);
  const node = build(value, text, at, context, depth);
  if (value.kind !== 'string') exchange.values.set(node, value);
  return node;
}

/** Nothing, at a place. */
export function emptyAt(at: Span): ScalarNode {
  return { kind: 'scalar', text: '', at };
}

function build(value: Value, text: string, at: Span, context: Context, depth: number): Node {
  if (value.kind === 'array') {
    const items: Node[] = [];
    for (const item of value.items) {
      if (context.work.budget.spent()) break;
      items.push(nodeOf(item, at, context, depth + 1));
    }
    return { kind: 'list', items, at };
  }
  if (value.kind === 'object') {
    const entries = [];
    for (const [key, item] of value.entries) {
      if (context.work.budget.spent()) break;
      entries.push({ key: textAt(key, at), value: nodeOf(item, at, context, depth + 1) });
    }
    return { kind: 'mapping', entries, at };
  }
  return textAt(text, at);
}

/** Text of an expression is text, whatever it looks like (REC-37). */
function textAt(text: string, at: Span): ScalarNode {
  return { kind: 'scalar', text, at, quoted: true };
}
