import type { Value } from '@signalbox/expressions';
import type { ListNode, MappingNode, Node, ScalarNode } from '../../read/node.ts';
import { applyDirective } from '../chain.ts';
import type { Chain } from '../chain.ts';
import { here } from '../context.ts';
import type { Context, Expansion } from '../context.ts';
import { areListDirectives, directiveOf } from '../directive.ts';
import { placeOfItem, takesTemplates } from '../place.ts';
import type { Place } from '../place.ts';
import { refuseExpression, loneValue } from '../scalar.ts';
import { includeTemplate } from '../templates/include.ts';
import { causedBy, noteInserted } from '../trace.ts';
import { nodeOf } from '../values/node-of.ts';

/** Expands a list: items, directives and templates become none, one or many items each (TPL-12, TPL-14). */
export function* expandList(list: ListNode, place: Place, context: Context): Expansion<ListNode> {
  const items: Node[] = [];
  yield* expandItems(list.items, place, items, context);
  return { kind: 'list', items, at: here(context, list.at) };
}

function* expandItems(items: readonly Node[], place: Place, into: Node[], context: Context): Expansion<void> {
  let chain: Chain = 'none';
  for (const item of items) {
    if (context.work.budget.spent()) return;
    if (item.kind !== 'mapping' || !areListDirectives(item.entries, context)) {
      yield* expandItem(item, place, into, context);
    } else if (place === 'literal' || place === 'repositories') {
      refuseDirectives(item, context);
    } else {
      chain = yield* expandDirectives(item, chain, place, into, context);
    }
  }
}

/** Where a list admits no directive (REC-40). */
function refuseDirectives(item: MappingNode, context: Context): void {
  for (const { key } of item.entries) refuseExpression(key, context);
}

function* expandDirectives(
  { entries }: MappingNode,
  before: Chain,
  place: Place,
  into: Node[],
  context: Context,
): Expansion<Chain> {
  let chain = before;
  for (const { key, value } of entries) {
    const directive = directiveOf(key, context);
    if (directive === undefined) continue;
    chain = yield* applyDirective(directive, chain, context, (inner) =>
      value.kind === 'list'
        ? expandItems(value.items, place, into, inner)
        : expandBody(value, place, into, inner),
    );
  }
  return chain;
}

/** A body that is no list is one item; nothing at all is none. */
function* expandBody(body: Node, place: Place, into: Node[], context: Context): Expansion<void> {
  if (body.kind === 'scalar' && body.text === '') return;
  if (body.kind === 'mapping' && areListDirectives(body.entries, context)) {
    yield* expandDirectives(body, 'none', place, into, context);
    return;
  }
  yield* expandItem(body, place, into, context);
}

/** Expands one item that is no directive: a computed list is spliced, a `template` is replaced by what it holds. */
export function* expandItem(item: Node, place: Place, into: Node[], context: Context): Expansion<void> {
  if (item.kind === 'scalar' && place !== 'literal') {
    const value = loneValue(item, context);
    if (value !== 'none') {
      if (value !== undefined) yield* spliceValue(value, item, place, into, context);
      return;
    }
  }
  if (!takesTemplates(place)) {
    into.push(yield* context.work.walk.node(item, placeOfItem(place), context));
    return;
  }
  // Parameters of a reference are data of its file, whatever their names.
  const node = yield* context.work.walk.node(item, isReference(item) ? 'data' : placeOfItem(place), context);
  if (isReference(node)) {
    yield* includeTemplate(node, place, into, context);
    return;
  }
  into.push(node);
  if (place === 'variables') defineVariable(node, context);
}

function isReference(node: Node): node is MappingNode {
  return node.kind === 'mapping' && node.entries[0]?.key.text === 'template';
}

/** A computed list is spliced, anything else is one item; references in it are resolved here (TPL-12, REC-83). */
function* spliceValue(
  value: Value,
  item: ScalarNode,
  place: Place,
  into: Node[],
  context: Context,
): Expansion<void> {
  const at = causedBy(context, here(context, item.at), item.text, value);
  const node = nodeOf(value, at, context);
  const final = { ...context, final: true };
  const before = into.length;
  for (const one of node.kind === 'list' ? node.items : [node]) yield* expandItem(one, place, into, final);
  noteInserted(into, before, context, at);
}

/** A variable of the list form is known to everything below it (TPL-8). */
function defineVariable(node: Node, context: Context): void {
  if (node.kind !== 'mapping') return;
  const { entries } = node;
  const name = entries.find(({ key }) => key.text === 'name')?.value;
  const value = entries.find(({ key }) => key.text === 'value')?.value;
  if (name?.kind !== 'scalar') return;
  context.work.variables.define(name.text, value?.kind === 'scalar' ? value.text : '');
}
