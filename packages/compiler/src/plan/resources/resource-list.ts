import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { isEmpty, shapeOf } from '../../read/node.ts';
import type { MappingNode, Node } from '../../read/node.ts';
import { checkItemKind } from '../item-kind.ts';
import { isMapping, readFields, valueOf } from '../key.ts';
import type { Fields, Key, KeyTable, Scope } from '../key.ts';
import { listOf } from '../shape.ts';
import { listHelp } from '../shape-help.ts';

/** One kind of resource: the table of its keys, the first of which is its alias, and what becomes of it. */
export interface ResourceKind<Keys extends KeyTable, Plan> {
  /** The key that begins an item and holds its alias; `KEY resource` is the name of the table in `language()`. */
  readonly key: string;
  /** For messages: `a repository`. */
  readonly what: string;
  readonly keys: Keys;
  readonly plan: (alias: string, fields: Fields<Keys>, item: MappingNode, scope: Scope) => Plan | undefined;
}

/** A list of resources of one kind; aliases are well-formed and unique in the list, ignoring case (RSRC-1). */
export function resourceListKey<Keys extends KeyTable, Plan>(
  summary: string,
  kind: ResourceKind<Keys, Plan>,
): Key<readonly Plan[]> {
  return {
    summary,
    shape: listOf(`${kind.key} resource`),
    read: (node, scope) => readList(node, kind, scope),
  };
}

function readList<Keys extends KeyTable, Plan>(
  node: Node,
  kind: ResourceKind<Keys, Plan>,
  scope: Scope,
): readonly Plan[] | undefined {
  if (isEmpty(node)) return [];
  if (node.kind !== 'list') {
    scope.report(
      'wrong-shape',
      node.at,
      `A list is expected here, but this is ${shapeOf(node)}.`,
      listHelp(node, `- ${kind.key}: NAME`),
    );
    return undefined;
  }
  const seen = new Set<string>();
  return node.items.map((item) => readItem(item, kind, seen, scope)).filter((one) => one !== undefined);
}

function readItem<Keys extends KeyTable, Plan>(
  item: Node,
  kind: ResourceKind<Keys, Plan>,
  seen: Set<string>,
  scope: Scope,
): Plan | undefined {
  if (!isMapping(item, kind.what, scope)) return undefined;
  if (checkItemKind(item, [kind.key], kind.what, scope) === undefined) return undefined;
  const fields = readFields(item, kind.keys, kind.what, scope);
  const alias = valueOf(item, kind.key);
  if (fields === undefined || alias?.kind !== 'scalar') return undefined;
  if (!/^[-_A-Za-z0-9]+$/.test(alias.text)) {
    const message = `${quote(alias.text)} cannot be an alias.`;
    scope.report('name-invalid', alias.at, message, 'Use letters, digits, `-` and `_`.');
  }
  if (seen.has(fold(alias.text))) {
    scope.report(
      'name-not-unique',
      alias.at,
      `There is already ${kind.what} with the alias ${quote(alias.text)}.`,
    );
  }
  seen.add(fold(alias.text));
  return kind.plan(alias.text, fields, item, scope);
}
