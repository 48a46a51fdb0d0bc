import type { ExpressionError, ExpressionErrorCode, TextRange } from '../errors.ts';
import { MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_LENGTH } from '../limits.ts';
import type { Token } from './lexer.ts';
import type { Resolved } from './resolve.ts';
import { operatorHelp } from './words-of-others.ts';

/** A call or bracket that is not closed yet: its name or its sign. */
export type OpenBracket = TextRange & { readonly code: 'unclosed-call' | 'unclosed-index' };

/** Text beyond MAX_EXPRESSION_LENGTH. */
export function textTooLong(text: string): ExpressionError {
  const message = `An expression may have at most ${MAX_EXPRESSION_LENGTH} characters; this one has ${text.length}`;
  return refusal('text-too-long', { start: 0, end: text.length }, message);
}

/** Nesting beyond MAX_EXPRESSION_DEPTH. */
export function tooDeep(token: Token): ExpressionError {
  return refusal('too-deep', token, `Nesting exceeds the maximum depth of ${MAX_EXPRESSION_DEPTH}`);
}

/** A dot with nothing behind it; the place is the dot (REC-103). */
export function propertyMissing(dot: TextRange): ExpressionError {
  return refusal('property-name-expected', dot, 'A property name is missing');
}

/** A dot with a word behind it that is no identifier (EXPR-3). */
export function propertyMalformed(text: string, token: Token): ExpressionError {
  const word = excerpt(text, token);
  const help = `Write ['${word}'] for a key that is not made of letters, digits and underscores.`;
  return refusal('property-name-expected', token, `Unexpected symbol '${word}'`, help);
}

/** A wrong number of arguments; the token is the sign at which it shows (REC-103). */
export function wrongCount(
  code: 'too-few-arguments' | 'too-many-arguments',
  text: string,
  token: Token,
  { name, minArgs, maxArgs }: Resolved,
): ExpressionError {
  const way = code === 'too-few-arguments' ? 'few' : 'many';
  const message = `Unexpected symbol '${excerpt(text, token)}': too ${way} arguments`;
  return refusal(code, token, message, `${name} takes ${countText(minArgs, maxArgs)}.`);
}

/** A token that cannot stand where it stands; at the end of the text, what is still open there. */
export function unexpectedToken(text: string, token: Token, open: OpenBracket | undefined): ExpressionError {
  const shown = excerpt(text, token);
  if (token.kind === 'malformed') {
    const help = 'A number has digits and at most one point, a version three or four parts.';
    return refusal('malformed-number', token, `Unrecognized value '${shown}'`, help);
  }
  if (token.kind === 'unclosed') {
    return refusal('unclosed-string', token, 'A quote is not closed', "A quote inside a text is written ''.");
  }
  if (token.kind !== 'end') {
    return refusal('unexpected-symbol', token, `Unexpected symbol '${shown}'`, operatorHelp(shown));
  }
  if (open === undefined) {
    const help = "Write a value, for example variables['name'], or the call of a function.";
    return refusal('expression-expected', token, 'An expression is expected', help);
  }
  if (open.code === 'unclosed-index') {
    return refusal(open.code, open, 'The index is not closed', "A ']' is missing.");
  }
  return refusal(open.code, open, `The call of '${excerpt(text, open)}' is not closed`, "A ')' is missing.");
}

function refusal(code: ExpressionErrorCode, range: TextRange, message: string, help = ''): ExpressionError {
  return { code, message, help, start: range.start, end: range.end };
}

function excerpt(text: string, { start, end }: TextRange): string {
  return text.slice(start, Math.min(end, start + 60));
}

function countText(min: number, max: number): string {
  if (max === 0) return 'no arguments';
  if (max === min) return `${min} argument${min === 1 ? '' : 's'}`;
  return max === Infinity ? `at least ${min} arguments` : `${min} to ${max} arguments`;
}
