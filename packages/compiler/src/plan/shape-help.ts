import type { Node } from '../read/node.ts';

/** How to make a mapping of what stands there instead. */
export function mappingHelp(found: Node): string {
  return found.kind === 'list'
    ? 'Write `key: value` lines, without `- ` before them.'
    : 'Write `key: value` lines, indented below the key.';
}

/** How to make a list of what stands there instead; `item` is what one item looks like. */
export function listHelp(found: Node, item: string): string {
  if (found.kind === 'mapping') return `Begin each item with \`- \`: \`${item}\`.`;
  return `Write each item on a line of its own, indented below the key: \`${item}\`.`;
}

/** How to make one text of a list or a mapping. */
export const TEXT_HELP = 'Write one text; put it in quotes if it begins with `[` or `{`, or holds `: `.';
