import type { Node } from '../read/node.ts';
import { here } from './context.ts';
import type { Context } from './context.ts';
import { hasExpression } from './expression-text.ts';

/**
 * Takes a tree over as it stands: itself in the root file, a copy that knows the way to its file in a template. What
 * it holds counts against the budget, because planning walks it again each time.
 */
export function settle(node: Node, context: Context): Node {
  const at = here(context, node.at);
  const moved = at !== node.at;
  if (node.kind === 'scalar') {
    context.work.budget.charge(1, node.text.length, at);
    return moved ? { ...node, at } : node;
  }
  context.work.budget.charge(1, 0, at);
  if (node.kind === 'list') {
    const items = node.items.map((item) => settle(item, context));
    return moved ? { ...node, items, at } : node;
  }
  const entries = node.entries.map(({ key, value }) => ({
    key: moved ? { ...key, at: here(context, key.at) } : key,
    value: settle(value, context),
  }));
  return moved ? { ...node, entries, at } : node;
}

/** Notes every node of a file that has something to expand in it; true when the given one has. */
export function noteDynamic(node: Node, dynamic: WeakSet<Node>): boolean {
  let found = false;
  if (node.kind === 'scalar') found = hasExpression(node.text);
  else if (node.kind === 'list') {
    for (const item of node.items) if (noteDynamic(item, dynamic)) found = true;
  } else {
    found = node.entries[0]?.key.text === 'template';
    for (const { key, value } of node.entries) {
      if (noteDynamic(value, dynamic) || hasExpression(key.text)) found = true;
    }
  }
  if (found) dynamic.add(node);
  return found;
}
