import type { Value } from '@signalbox/expressions';
import { arrayValue, booleanValue, objectValue, stringValue } from '@signalbox/expressions';
import { withLoop, here } from './context.ts';
import type { Context, Expansion } from './context.ts';
import { refuseDirective } from './directive.ts';
import type { Directive } from './directive.ts';
import { evaluateCondition, evaluateText } from './evaluate.ts';
import { within } from './trace.ts';

/**
 * How far an `if` with its `elseif` and `else` is: none to belong to, one that is still looking for its branch, or
 * one that has found it, so that nothing more of it is evaluated (REC-15 … REC-19).
 */
export type Chain = 'none' | 'open' | 'taken';

/** Expands the body of a directive, once for each time that it applies. */
export type Body = (context: Context) => Expansion<void>;

/** Applies one directive in its turn; gives what a following `elseif` or `else` belongs to. */
export function* applyDirective(
  directive: Directive,
  chain: Chain,
  context: Context,
  body: Body,
): Expansion<Chain> {
  switch (directive.word) {
    case 'if':
      return yield* branch(directive.condition, directive, context, body);
    case 'elseif':
      if (!continues(directive, chain, context)) return 'none';
      return chain === 'taken' ? chain : yield* branch(directive.condition, directive, context, body);
    case 'else':
      if (continues(directive, chain, context) && chain === 'open') yield* body(inside(directive, context));
      return 'none';
    case 'each':
      yield* loop(directive, context, body);
      return 'none';
    case 'insert':
      yield* body(inside(directive, context));
      return 'none';
    case 'wrong':
      // Whatever it was meant to be, an `else` behind it should not be blamed.
      return 'taken';
  }
}

function continues({ word, key }: Directive, chain: Chain, context: Context): boolean {
  if (chain !== 'none') return true;
  const message = `The directive '${word}' is not supported in this context: there is no 'if' before it.`;
  refuseDirective(key, message, context);
  return false;
}

function inside({ word, key }: Extract<Directive, { word: 'else' | 'insert' }>, context: Context): Context {
  return within(context, { kind: word, text: '', at: key.at });
}

function* branch(
  condition: string,
  { word, key }: Extract<Directive, { word: 'if' | 'elseif' }>,
  context: Context,
  body: Body,
): Expansion<Chain> {
  const holds = evaluateCondition(condition, key.at, context);
  if (holds === true) {
    yield* body(within(context, { kind: word, text: condition, value: booleanValue(true), at: key.at }));
  }
  // After an error neither this branch nor a later one is right.
  return holds === false ? 'open' : 'taken';
}

function* loop(
  { name, collection, key }: Extract<Directive, { word: 'each' }>,
  context: Context,
  body: Body,
): Expansion<void> {
  const value = evaluateText(collection, key.at, context);
  if (value === undefined) return;
  const items = itemsOf(value);
  if (items === undefined) {
    const message = `'each' needs a list or a mapping, but this is ${value.kind === 'null' ? 'nothing' : 'text'}.`;
    refuseDirective(key, message, context);
    return;
  }
  for (const item of items) {
    if (!context.work.budget.charge(1, 0, here(context, key.at))) return;
    const turn = within(context, { kind: 'each', text: `${name} in ${collection}`, value: item, at: key.at });
    yield* body(withLoop(turn, name, item));
  }
}

/**
 * A list gives its items, a mapping pairs of `key` and `value` in the order of the source (REC-22). The two words are
 * the language's own, so production files write `Key`, too.
 */
function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'array') return value.items;
  if (value.kind === 'null' || (value.kind === 'string' && value.value === '')) return arrayValue([]).items;
  if (value.kind !== 'object') return undefined;
  return [...value.entries].map(([key, item]) =>
    objectValue(
      new Map([
        ['key', stringValue(key)],
        ['value', item],
      ]),
      { ignoreCase: true },
    ),
  );
}
