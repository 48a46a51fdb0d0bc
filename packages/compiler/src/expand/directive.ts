import { quote } from '../diagnostics.ts';
import type { Entry, ScalarNode } from '../read/node.ts';
import { here } from './context.ts';
import type { Context } from './context.ts';
import { loneExpression } from './expression-text.ts';

/** A key that decides about what stands under it (section 2 of the recorded facts). */
export type Directive =
  | { readonly word: 'if' | 'elseif'; readonly condition: string; readonly key: ScalarNode }
  | { readonly word: 'else' | 'insert'; readonly key: ScalarNode }
  | { readonly word: 'each'; readonly name: string; readonly collection: string; readonly key: ScalarNode }
  /** Reported already; its body is left out. */
  | { readonly word: 'wrong'; readonly key: ScalarNode };

const WORDS = /^(if|elseif|else|each|insert)(?:\s+(.*))?$/s;
const LOOP = /^(\S+)\s+in\s+(.+)$/s;

/** The directive that a key is, if it is one; words are lower-case only (REC-10). Wrong word counts are reported (REC-12). */
export function directiveOf(key: ScalarNode, context: Context): Directive | undefined {
  if (context.final || !isDirectiveText(key.text)) return undefined;
  const inner = loneExpression(key.text) ?? '';
  const space = inner.search(/\s/);
  const word = space < 0 ? inner : inner.slice(0, space);
  const rest = space < 0 ? '' : inner.slice(space).trim();
  switch (word) {
    case 'if':
    case 'elseif':
      return { word, condition: rest, key };
    case 'each':
      return eachOf(rest, key, context);
    case 'else':
    case 'insert':
      return rest === '' ? { word, key } : wrongElse(word, rest, key, context);
    default:
      return undefined;
  }
}

/** True for the text of a directive; `if` without a condition is read as an expression (REC-12). */
export function isDirectiveText(text: string): boolean {
  const inner = loneExpression(text);
  return inner !== undefined && inner !== 'if' && inner !== 'elseif' && WORDS.test(inner);
}

/** What other languages call a directive. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['elif', 'Write `elseif`.'],
  ['elsif', 'Write `elseif`.'],
  ['for', 'Write `each name in collection`.'],
  ['foreach', 'Write `each name in collection`.'],
  ['unless', 'Write `if not(…)`.'],
]);

/** Help for the expression of a key that was probably meant as a directive (REC-10, REC-12); empty for others. */
export function directiveHelp(expression: string): string {
  const word = /^[A-Za-z]+(?!\S)/.exec(expression.trim())?.[0] ?? '';
  const lower = word.toLowerCase();
  if (word === 'if' || word === 'elseif') return `Write the condition behind \`${word}\`.`;
  if (WORDS.test(lower)) return `Directives are written in lower case: \`${lower}\`.`;
  return OTHER_WORDS.get(lower) ?? '';
}

/** Help for an expression inside a text that was meant to leave lines out or to repeat them; empty for others. */
export function textDirectiveHelp(expression: string): string {
  if (!WORDS.test(expression.trim())) return '';
  return 'A directive chooses keys and items, not parts of a text: use `iif(…)`, or a step of its own for each case.';
}

/** Reports a directive that stands where none can be, or that is not well-formed. */
export function refuseDirective(key: ScalarNode, message: string, context: Context, help?: string): void {
  context.work.report('directive-invalid', here(context, key.at), message, help);
}

/** Reports a directive that is a value or a bare list item (REC-13). */
export function refuseValue(scalar: ScalarNode, context: Context): void {
  const message = `Unexpected value ${quote(scalar.text)}: a directive is a key and needs a colon behind it.`;
  refuseDirective(scalar, message, context);
}

/** True when every key of an item is a directive that decides about items of the list around it. */
export function areListDirectives(entries: readonly Entry[], context: Context): boolean {
  if (context.final || entries.length === 0) return false;
  const directives = entries.every(
    ({ key }) => isDirectiveText(key.text) && !/^\$\{\{\s*insert\b/.test(key.text),
  );
  // Several directives in one item make up one mapping, unless a body is a list (REC-20).
  return directives && (entries.length === 1 || entries.some(({ value }) => value.kind === 'list'));
}

function eachOf(rest: string, key: ScalarNode, context: Context): Directive {
  const [, name = '', collection = ''] = LOOP.exec(rest) ?? [];
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    refuseDirective(key, `${quote(key.text)} does not have the form \`each name in collection\`.`, context);
    return { word: 'wrong', key };
  }
  if (['parameters', 'variables'].includes(name.toLowerCase())) {
    refuseDirective(key, `A loop cannot be called ${quote(name)}: that name is already defined.`, context);
    return { word: 'wrong', key };
  }
  return { word: 'each', name, collection: collection.trim(), key };
}

function wrongElse(word: string, rest: string, key: ScalarNode, context: Context): Directive {
  const help = word === 'else' && /^if\b/.test(rest) ? 'Write `elseif`.' : undefined;
  refuseDirective(
    key,
    `The directive '${word}' takes nothing behind it, but here is ${quote(rest)}.`,
    context,
    help,
  );
  return { word: 'wrong', key };
}
