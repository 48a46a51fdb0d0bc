import { quote } from '../../diagnostics.ts';
import { isEmpty, shapeOf } from '../../read/node.ts';
import type { MappingNode, Node } from '../../read/node.ts';
import { contextOf, here } from '../context.ts';
import type { Context, Expansion } from '../context.ts';
import { bindParameters } from '../parameters/bind.ts';
import type { ListPlace } from '../place.ts';
import { bodyOf, loadTemplate } from './load.ts';
import type { Loaded } from './load.ts';
import { referenceOf } from './reference.ts';
import { listHelp } from '../../plan/shape-help.ts';

/** Replaces a `template` item by the items of the file that it names (TPL-1, TPL-2). */
export function* includeTemplate(
  item: MappingNode,
  place: ListPlace,
  into: Node[],
  context: Context,
): Expansion<void> {
  const reference = referenceOf(item, context);
  const loaded = reference === undefined ? undefined : yield* loadTemplate(reference.template, context);
  if (reference === undefined || loaded === undefined) return;
  const body = bodyOf(loaded, place);
  if (!checkKeys(loaded, place, body, context) || body === undefined) return;
  const parameters = yield* bindParameters(loaded, reference, context);
  if (parameters === undefined) return;
  const inner = contextOf(context.work, loaded, parameters, context.depth + 1);
  const expanded = yield* context.work.walk.node(body, place, inner);
  for (const one of itemsOf(expanded, place, inner)) into.push(one);
}

/** A template has what its place wants, and parameters; nothing that starts runs (TPL-1, TPL-5). */
function checkKeys(loaded: Loaded, place: ListPlace, body: Node | undefined, { work }: Context): boolean {
  const { file, root, original } = loaded;
  const at = { file, start: root.at.start, end: root.at.start };
  if (body === undefined) {
    const found = root.entries.map(({ key }) => key.text).join(', ');
    const message = `${quote(original.path)} has no ${quote(place)}, so it cannot be included here; it has: ${found}.`;
    work.report('template-invalid', at, message);
    return false;
  }
  for (const { key } of root.entries) {
    if (key.text === place || key.text === 'parameters') continue;
    const message = `${quote(key.text)} is not a key of a template with ${quote(place)}.`;
    const help = `Allowed here: parameters, ${place}.`;
    work.report('unexpected-key', { ...key.at, file }, message, help);
  }
  return true;
}

function itemsOf(node: Node, place: ListPlace, context: Context): readonly Node[] {
  if (node.kind === 'list') return node.items;
  if (node.kind === 'mapping' && place === 'variables') return asItems(node);
  if (!isEmpty(node)) {
    const message = `Expected a list, but this is ${shapeOf(node)}.`;
    context.work.report('wrong-shape', here(context, node.at), message, listHelp(node, '- …'));
  }
  return [];
}

/** The list form of variables (VARD-1). */
export function asItems({ entries }: MappingNode): readonly Node[] {
  return entries.map(({ key, value }) => ({
    kind: 'mapping',
    entries: [
      { key: { kind: 'scalar', text: 'name', at: key.at }, value: key },
      { key: { kind: 'scalar', text: 'value', at: value.at }, value },
    ],
    at: key.at,
  }));
}
