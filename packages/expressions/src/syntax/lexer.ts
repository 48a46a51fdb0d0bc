import type { TextRange } from '../errors.ts';
import { parseDecimal } from '../values/decimal.ts';
import { isWhiteSpace } from '../values/fold.ts';
import type { NumberValue, StringValue, VersionValue } from '../values/value.ts';
import { parseVersion } from '../values/version.ts';

/** The signs that stand alone. */
export type Punctuation = '(' | ')' | '[' | ']' | ',' | '.' | '*';

/** A piece of expression text. `other` is a word that is no identifier, such as `==` or `a-b`. */
export type Token = TextRange &
  (
    | { readonly kind: Punctuation | 'end' | 'malformed' | 'unclosed' }
    | { readonly kind: 'literal'; readonly value: NumberValue | StringValue | VersionValue }
    | { readonly kind: 'word' | 'other'; readonly text: string }
  );

/** The words for the kinds of tokens. */
export type TokenKind = Token['kind'];

const PUNCTUATION: ReadonlySet<string> = new Set('()[],.*');

/** These end a word or number; a star does not, and a point does not end a number. */
const BOUNDARY: ReadonlySet<string> = new Set('()[],');

/** After these, or at the start, a point begins a number; elsewhere it is a dereference. */
const BEFORE_VALUE: ReadonlySet<TokenKind> = new Set(['(', '[', ',']);

/** The token at or after `from`; `previous` tells a number's point from a dereference (EXPR-1, EXPR-4). */
export function readToken(text: string, from: number, previous: TokenKind | undefined): Token {
  let start = from;
  while (start < text.length && isWhiteSpace(text.charAt(start))) start++;
  if (start === text.length) return { kind: 'end', start, end: start };
  const first = text.charAt(start);
  if (first === "'") return readString(text, start);
  const point = first === '.' && (previous === undefined || BEFORE_VALUE.has(previous));
  if (point || first === '-' || isDigit(first)) return readNumber(text, start);
  if (PUNCTUATION.has(first)) return { kind: first as Punctuation, start, end: start + 1 };
  const end = wordEnd(text, start, true);
  const word = text.slice(start, end);
  return { kind: isIdentifier(word) ? 'word' : 'other', text: word, start, end };
}

/** True for `[A-Za-z_][A-Za-z0-9_]*` (EXPR-3). */
export function isIdentifier(word: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(word);
}

function readString(text: string, start: number): Token {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf("'", from);
    if (quote < 0) return { kind: 'unclosed', start, end: text.length };
    value += text.slice(from, quote);
    if (text.charAt(quote + 1) !== "'") {
      return { kind: 'literal', value: { kind: 'string', value }, start, end: quote + 1 };
    }
    value += "'";
    from = quote + 2;
  }
}

/** At most one point is a number, more are a version; anything else is malformed (EXPR-4, REC-96). */
function readNumber(text: string, start: number): Token {
  const end = wordEnd(text, start, false);
  const word = text.slice(start, end);
  const decimal = parseDecimal(word);
  if (decimal !== undefined)
    return { kind: 'literal', value: { kind: 'number', value: decimal }, start, end };
  const version = /^\d+(?:\.\d+){2,3}$/.test(word) ? parseVersion(word) : undefined;
  if (version === undefined) return { kind: 'malformed', start, end };
  return { kind: 'literal', value: { kind: 'version', value: version }, start, end };
}

function wordEnd(text: string, start: number, pointEnds: boolean): number {
  let end = start + 1;
  while (end < text.length) {
    const character = text.charAt(end);
    if (BOUNDARY.has(character) || isWhiteSpace(character) || (pointEnds && character === '.')) break;
    end++;
  }
  return end;
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}
