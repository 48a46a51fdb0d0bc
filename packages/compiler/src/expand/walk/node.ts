import { MAX_DEPTH } from '../../limits.ts';
import type { Node } from '../../read/node.ts';
import { here } from '../context.ts';
import type { Context, Expansion, Walk } from '../context.ts';
import type { Place } from '../place.ts';
import { expandScalar, literalScalar } from '../scalar.ts';
import { settle } from '../settle.ts';
import { stopTooDeep } from '../too-deep.ts';
import { expandItem, expandList } from './list.ts';
import { expandMapping } from './mapping.ts';

/** The walkers of one compilation. */
export const walk: Walk = { node: expandNode, item: expandItem, list: expandList };

/** Expands any node at a place. Trees without anything to expand are taken over as they stand. */
function* expandNode(node: Node, place: Place, context: Context): Expansion<Node> {
  const { exchange, budget } = context.work;
  if (exchange.settled.has(node)) {
    // Planning walks the steps of a list parameter each time they are inserted.
    return context.work.tracing === undefined ? settle(node, context) : node;
  }
  if (isStatic(node, place, context)) return settle(node, context);
  if (node.kind === 'scalar') {
    if (place === 'literal') return literalScalar(node, context);
    const expanded = expandScalar(node, context);
    if (expanded.kind === 'scalar' || place === 'data' || exchange.settled.has(expanded)) return expanded;
    return yield* expandNode(expanded, place, { ...context, final: true });
  }
  if (context.depth >= MAX_DEPTH) return stopTooDeep(here(context, node.at), context);
  if (!budget.charge(1, 0, here(context, node.at))) return node;
  const deeper = { ...context, depth: context.depth + 1 };
  return node.kind === 'list'
    ? yield* expandList(node, place, deeper)
    : yield* expandMapping(node, place, deeper);
}

/** Variables are always walked, because they define; a tree from an expression, because a template may be in it. */
function isStatic(node: Node, place: Place, context: Context): boolean {
  if (place === 'variables' || place === 'pipeline') return false;
  return context.final ? place === 'data' : !context.work.dynamic.has(node);
}
