import { didYouMean } from '@signalbox/expressions';
import type { Value } from '@signalbox/model';
import { quote } from '../diagnostics.ts';
import { shapeOf } from '../read/node.ts';
import type { Node, ScalarNode } from '../read/node.ts';
import { isMapping } from './key.ts';
import type { Key, Scope } from './key.ts';
import { listHelp, TEXT_HELP } from './shape-help.ts';
import { ANYTHING, BOOLEAN, choiceOf, TEXT, TEXTS } from './shape.ts';
import type { Shape } from './shape.ts';

/** Any text; nothing is empty text. */
export function textKey(summary: string, options: { readonly required?: boolean } = {}): Key<string> {
  return { summary, ...options, shape: TEXT, read: readText };
}

/** `true|y|yes|on` or `false|n|no|off` in any letter case (YAML-2). */
export function booleanKey(summary: string): Key<boolean> {
  return { summary, shape: BOOLEAN, read: readBoolean };
}

/** A whole number inside a range. */
export function integerKey(summary: string, min: number, max: number): Key<number> {
  const shape: Shape = { kind: 'integer', min, max };
  return { summary, shape, read: (node, scope) => readInteger(node, min, max, scope) };
}

/** One of a few words, exactly as written there. */
export function choiceKey<T extends string>(summary: string, choices: readonly T[]): Key<T> {
  return { summary, shape: choiceOf(...choices), read: (node, scope) => readChoice(node, choices, scope) };
}

/** A mapping of names to text, for example `env`; `what` names it in messages. */
export function textMapKey(summary: string, what: string): Key<Readonly<Record<string, string>>> {
  return { summary, shape: { kind: 'textMap' }, read: (node, scope) => readTextMap(node, what, scope) };
}

/** A subtree that its owner reads later, with more at hand. */
export function nodeKey(
  summary: string,
  options: { readonly required?: boolean; readonly shape?: Shape } = {},
): Key<Node> {
  return { summary, shape: ANYTHING, ...options, read: (node) => node };
}

/** A scalar, or nothing after a report. */
export function readScalar(node: Node, scope: Scope): ScalarNode | undefined {
  if (node.kind === 'scalar') return node;
  scope.report('wrong-shape', node.at, `Text is expected here, but this is ${shapeOf(node)}.`, TEXT_HELP);
  return undefined;
}

/** The text of a scalar. */
function readText(node: Node, scope: Scope): string | undefined {
  return readScalar(node, scope)?.text;
}

/** A boolean as schema keys take it (YAML-2). */
export function readBoolean(node: Node, scope: Scope): boolean | undefined {
  const scalar = readScalar(node, scope);
  if (scalar === undefined) return undefined;
  const value = booleanOf(scalar.text);
  if (value === undefined) {
    scope.report(
      'wrong-value',
      scalar.at,
      `${quote(scalar.text)} is not a boolean.`,
      'Write `true` or `false`.',
    );
  }
  return value;
}

/** The boolean that a text means, if any (YAML-2). */
export function booleanOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (['true', 'y', 'yes', 'on'].includes(word)) return true;
  if (['false', 'n', 'no', 'off'].includes(word)) return false;
  return undefined;
}

/** A whole number between two bounds, both included. */
export function readInteger(node: Node, min: number, max: number, scope: Scope): number | undefined {
  const scalar = readScalar(node, scope);
  if (scalar === undefined) return undefined;
  if (!/^[+-]?\d+$/.test(scalar.text)) {
    scope.report(
      'wrong-value',
      scalar.at,
      `${quote(scalar.text)} is not a whole number.`,
      'Write a whole number.',
    );
    return undefined;
  }
  const value = Number(scalar.text);
  if (value >= min && value <= max) return value;
  scope.report('out-of-range', scalar.at, `${scalar.text} is not between ${min} and ${max}.`);
  return undefined;
}

/** One of the words of a closed list. */
function readChoice<T extends string>(node: Node, choices: readonly T[], scope: Scope): T | undefined {
  const scalar = readScalar(node, scope);
  if (scalar === undefined) return undefined;
  const choice = choices.find((one) => one === scalar.text);
  if (choice === undefined) {
    const help = `${didYouMean(scalar.text, choices)} Allowed: ${choices.join(', ')}.`.trimStart();
    scope.report('wrong-value', scalar.at, `${quote(scalar.text)} is not allowed here.`, help);
  }
  return choice;
}

/** Names to text, in the order of the file; names such as `__proto__` are names like any other. */
function readTextMap(node: Node, what: string, scope: Scope): Readonly<Record<string, string>> | undefined {
  if (node.kind === 'scalar' && node.text === '') return emptyTextMap();
  if (!isMapping(node, what, scope)) return undefined;
  const map = emptyTextMap();
  for (const { key, value } of node.entries) {
    const text = readText(value, scope);
    if (text !== undefined) map[key.text] = text;
  }
  return map;
}

/** A record without prototype, so that every name is only what an author wrote. */
export function emptyTextMap(): Record<string, string> {
  return Object.create(null) as Record<string, string>;
}

/** One text or a list of texts; nothing is the empty list. */
export function readTextList(node: Node, scope: Scope): readonly ScalarNode[] | undefined {
  if (node.kind === 'scalar') return node.text === '' ? [] : [node];
  if (node.kind === 'list')
    return node.items.map((one) => readScalar(one, scope)).filter((one) => one !== undefined);
  const message = 'Text or a list of texts is expected here, but this is a mapping.';
  scope.report('wrong-shape', node.at, message, listHelp(node, '- text'));
  return undefined;
}

/** Text that is wholly one run-time expression `$[ … ]` becomes one; other text stays text (VAR-1, VAR-3). */
export function toValue(text: string): Value {
  const inner = /^\s*\$\[(.*)\]\s*$/s.exec(text)?.[1];
  return inner === undefined ? text : { expression: inner.trim() };
}

/** One text or a list of texts. */
export function textsKey(summary: string): Key<readonly string[]> {
  const read = (node: Node, scope: Scope): readonly string[] | undefined =>
    readTextList(node, scope)?.map(({ text }) => text);
  return { summary, shape: TEXTS, read };
}

/** What is left of a record without nothing, empty text and empty lists: optional parts of a plan. */
export function given<T extends Readonly<Record<string, unknown>>>(
  fields: T,
): { readonly [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const said = Object.entries(fields).filter(
    ([, value]) => value !== undefined && value !== '' && !isEmptyList(value),
  );
  return Object.fromEntries(said) as { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
