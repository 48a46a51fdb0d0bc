import { quote } from '../../diagnostics.ts';
import { isEmpty, shapeOf } from '../../read/node.ts';
import type { Entry, MappingNode, Node, ScalarNode } from '../../read/node.ts';
import type { Span } from '../../read/source-file.ts';
import { applyDirective } from '../chain.ts';
import type { Chain } from '../chain.ts';
import { here } from '../context.ts';
import type { Context, Expansion } from '../context.ts';
import { directiveOf } from '../directive.ts';
import type { Directive } from '../directive.ts';
import { placeUnder } from '../place.ts';
import type { Place } from '../place.ts';
import { expandKey, expandScalar, refuseExpression } from '../scalar.ts';

/** A mapping while it grows. */
interface Growing {
  readonly place: Place;
  readonly entries: Entry[];
  readonly seen: Set<string>;
  /** Where a repeated key is reported if not at the key: the `each` around it, the value of an `insert` (REC-5, REC-26). */
  readonly blame?: Span;
}

/** Expands a mapping: its keys, its directives, its values. Variables that it defines end with a stage or job. */
export function* expandMapping(mapping: MappingNode, place: Place, context: Context): Expansion<MappingNode> {
  const { variables } = context.work;
  const mark = variables.enter();
  const growing: Growing = { place, entries: [], seen: new Set() };
  yield* expandEntries(mapping.entries, growing, context);
  if (place === 'stage' || place === 'job') variables.leave(mark);
  return { kind: 'mapping', entries: growing.entries, at: here(context, mapping.at) };
}

function* expandEntries(entries: readonly Entry[], growing: Growing, context: Context): Expansion<void> {
  let chain: Chain = 'none';
  for (const { key, value } of entries) {
    if (context.work.budget.spent()) return;
    const directive = directiveOf(key, context);
    if (directive === undefined) yield* expandEntry(key, value, growing, context);
    else if (growing.place === 'literal') refuseExpression(key, context);
    else {
      const into = blamed(directive, value, growing, context);
      chain = yield* applyDirective(directive, chain, context, (inner) =>
        merge(directive, value, into, inner),
      );
    }
  }
}

function blamed(directive: Directive, value: Node, growing: Growing, context: Context): Growing {
  if (directive.word === 'insert') return { ...growing, blame: here(context, value.at) };
  return directive.word === 'each' && growing.blame === undefined
    ? { ...growing, blame: here(context, directive.key.at) }
    : growing;
}

function* expandEntry(key: ScalarNode, value: Node, growing: Growing, context: Context): Expansion<void> {
  const name = expandKey(key, context);
  if (name === undefined) return;
  const place = placeUnder(growing.place, name.text);
  if (place === 'dropped') return;
  const expanded = yield* context.work.walk.node(value, place, context);
  const folded = name.text.toLowerCase();
  if (growing.seen.has(folded)) {
    const message = `The key ${quote(name.text)} is already defined in this mapping.`;
    context.work.report('duplicate-key', growing.blame ?? name.at, message);
    return;
  }
  growing.seen.add(folded);
  growing.entries.push({ key: name, value: expanded });
  if (growing.place === 'variables' && expanded.kind === 'scalar') {
    context.work.variables.define(name.text, expanded.text);
  }
}

/** Puts the body of a directive in its place: a mapping, written or computed (REC-20, REC-25). */
function* merge(directive: Directive, value: Node, growing: Growing, context: Context): Expansion<void> {
  if (value.kind === 'mapping') {
    yield* expandEntries(value.entries, growing, context);
    return;
  }
  const body = value.kind === 'scalar' ? expandScalar(value, context) : value;
  if (body.kind === 'mapping') {
    yield* expandEntries(body.entries, growing, { ...context, final: true });
    return;
  }
  if (context.work.budget.spent() || (directive.word !== 'insert' && isEmpty(body))) return;
  const message = `Expected a mapping, but this is ${shapeOf(body)}.`;
  const help = 'In a mapping, what stands under a directive is a mapping, too.';
  context.work.report('wrong-shape', here(context, value.at), message, help);
}
