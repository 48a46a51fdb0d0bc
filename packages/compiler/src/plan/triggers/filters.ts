import type { Filter } from '@signalbox/model';
import { hasMacro } from '../late.ts';
import { quote } from '../../diagnostics.ts';
import { isEmpty } from '../../read/node.ts';
import type { Node, ScalarNode } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { mappingOf, oneOf, TEXTS } from '../shape.ts';
import { readTextList } from '../values.ts';

/** What the patterns of a filter are compared with: branches and tags, paths of files, or other names. */
export type PatternKind = 'refs' | 'paths' | 'texts';

/** The keys of a filter mapping (TRIG-1, TRIG-3); what they hold does not depend on what is filtered. */
export const includeExcludeKeys: KeyTable = filterKeys('texts');

/** Patterns as a list, or as a mapping with `include` and `exclude` (TRIG-1). */
export function filterKey(summary: string, kind: PatternKind): Key<Filter> {
  return {
    summary,
    shape: oneOf(TEXTS, mappingOf('filter')),
    read: (node, scope) => readFilter(node, kind, scope),
  };
}

/** A filter in either form; nothing is none (TRIG-3). */
export function readFilter(node: Node, kind: PatternKind, scope: Scope): Filter | undefined {
  if (isEmpty(node)) return undefined;
  if (node.kind !== 'mapping') {
    const include = readPatterns(node, kind, scope);
    return include === undefined ? undefined : { include, exclude: [] };
  }
  const fields = readFields(node, filterKeys(kind), 'a filter', scope);
  return fields === undefined ? undefined : { include: fields.include ?? [], exclude: fields.exclude ?? [] };
}

function filterKeys(kind: PatternKind): Readonly<Record<'include' | 'exclude', Key<readonly string[]>>> {
  const read = (node: Node, scope: Scope): readonly string[] | undefined => readPatterns(node, kind, scope);
  return {
    include: {
      summary: 'Patterns of which one must match; without any everything does.',
      shape: TEXTS,
      read,
    },
    exclude: { summary: 'Patterns of which none may match.', shape: TEXTS, read },
  };
}

function readPatterns(node: Node, kind: PatternKind, scope: Scope): readonly string[] | undefined {
  const patterns = readTextList(node, scope);
  for (const pattern of patterns ?? []) checkPattern(pattern, kind, scope);
  return patterns?.map(({ text }) => text);
}

/** Characters that no name of a branch or tag can have; `*` and `?` are wildcards here (TRIG-4). */
const NEVER_IN_REFS = /[\s~^:[\\\]]|\.\./;

/** A pattern that nothing can match is allowed, but not what its author wants (TRIG-8). */
function checkPattern({ text, at }: ScalarNode, kind: PatternKind, scope: Scope): void {
  if (text === '') {
    scope.report('wrong-value', at, 'A pattern cannot be empty.', 'Write a pattern, or remove the item.');
  } else if (hasMacro(text)) {
    const message = `${quote(text)} matches nothing: variables are not known when a trigger is looked at.`;
    scope.report('pattern-matches-nothing', at, message);
  } else if (kind === 'refs' && NEVER_IN_REFS.test(text)) {
    const message = `${quote(text)} matches nothing: no branch or tag can have such a name.`;
    scope.report('pattern-matches-nothing', at, message);
  }
}
