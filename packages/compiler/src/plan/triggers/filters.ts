import type { Node } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { readTextList } from '../values.ts';

const filterKeys = {
  include: patternsKey('Patterns of which one must match.'),
  exclude: patternsKey('Patterns of which none may match.'),
};

/** The keys of a filter mapping (TRIG-1, TRIG-3). */
export const includeExcludeKeys: KeyTable = filterKeys;

/** Patterns as a list, or as a mapping with `include` and `exclude` (TRIG-1). */
export function filterKey(summary: string): Key<true> {
  return { summary, read: readFilter };
}

/** A value whose shape is checked and which nothing acts on yet. */
export function readFilter(node: Node, scope: Scope): true | undefined {
  if (node.kind !== 'mapping') return readTextList(node, scope) && true;
  return readFields(node, filterKeys, 'a filter', scope) && true;
}

function patternsKey(summary: string): Key<true> {
  return { summary, read: (node, scope) => readTextList(node, scope) && true };
}
