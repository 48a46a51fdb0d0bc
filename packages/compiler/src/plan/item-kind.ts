import { didYouMean } from '@signalbox/expressions';
import { quote } from '../diagnostics.ts';
import type { MappingNode } from '../read/node.ts';
import { startOf } from './key.ts';
import type { Scope } from './key.ts';

/**
 * What an item of a list is: its first key says so (YAML-4). An item with the deciding key further down is read as
 * such after a report; one without is nothing.
 */
export function checkItemKind(
  node: MappingNode,
  kinds: readonly string[],
  what: string,
  scope: Scope,
): string | undefined {
  const first = node.entries[0]?.key;
  if (first !== undefined && kinds.includes(first.text)) return first.text;
  const later = node.entries.find(({ key }) => kinds.includes(key.text))?.key;
  const start = startOf(node);
  if (later !== undefined) {
    const message = `${quote(later.text)} must be the first key of ${what}.`;
    scope.report('first-key', later.at, message);
    return later.text;
  }
  const help = didYouMean(first?.text ?? '', kinds) || `Begin with ${listed(kinds)}.`;
  if (first === undefined) scope.report('missing-key', start, `An empty mapping is not ${what}.`, help);
  else scope.report('unexpected-key', start, `${quote(first.text)} does not begin ${what}.`, help);
  return undefined;
}

/** Kinds that files may still have, but nobody should begin to write. */
const FORMER: readonly string[] = ['phase', 'upload'];

function listed(kinds: readonly string[]): string {
  const shown = kinds.filter((kind) => !FORMER.includes(kind)).map((kind) => `\`${kind}\``);
  return shown.length === 1 ? shown.join('') : `one of ${shown.join(', ')}`;
}
