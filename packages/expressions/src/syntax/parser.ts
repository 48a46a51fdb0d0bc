import type { ExpressionError } from '../errors.ts';
import { MAX_ERRORS, MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_LENGTH } from '../limits.ts';
import { PLACES, type Place, type PlaceName } from '../place.ts';
import { foldCase } from '../values/fold.ts';
import { booleanValue } from '../values/value.ts';
import { readToken, type Token } from './lexer.ts';
import {
  propertyMalformed,
  propertyMissing,
  textTooLong,
  tooDeep,
  unexpectedToken,
  wrongCount,
  type OpenBracket,
} from './refusals.ts';
import { resolveFunction, resolveName, type Resolved } from './resolve.ts';
import type { AccessLink, AccessNode, CallNode, Expression, NameNode } from './tree.ts';

/** A tree, or at least one error, in the order in which the service would report the first (REC-104). */
export type ParseResult =
  | { readonly ok: true; readonly tree: Expression }
  | { readonly ok: false; readonly errors: readonly ExpressionError[] };

/** Parses an expression for a place; `names` are further named values, such as loop variables (TPL-15). */
export function parse(text: string, place: PlaceName, names: readonly string[] = []): ParseResult {
  if (text.length > MAX_EXPRESSION_LENGTH) return { ok: false, errors: [textTooLong(text)] };
  const token = readToken(text, 0, undefined);
  const parser: Parser = { text, place: PLACES[place], names, token, open: [], met: [], later: [] };
  const tree = parseExpression(parser);
  const complete = tree !== undefined && parser.token.kind === 'end';
  if (tree !== undefined && !complete) unexpected(parser);
  // What is unknown is only worth saying when the text is otherwise in order (REC-104).
  const errors = complete ? [...parser.met, ...parser.later] : parser.met;
  if (tree !== undefined && errors.length === 0) return { ok: true, tree };
  return { ok: false, errors: errors.slice(0, MAX_ERRORS) };
}

/** Parses a condition; an empty or absent one means `succeeded()` (EXPR-7). */
export function parseCondition(text: string | undefined, place: PlaceName): ParseResult {
  const token = readToken(text ?? '', 0, undefined);
  return parse(text === undefined || token.kind === 'end' ? 'succeeded()' : text, place);
}

interface Parser {
  readonly text: string;
  readonly place: Place;
  readonly names: readonly string[];
  token: Token;
  /** The calls and brackets that are not closed yet; their number is the depth. */
  readonly open: OpenBracket[];
  /** Errors that are reported when met. */
  readonly met: ExpressionError[];
  /** Unknown names, reported when the rest is in order. */
  readonly later: ExpressionError[];
}

/** Every parse function returns undefined after it has put an error that ends the parse into `met`. */
function parseExpression(parser: Parser): Expression | undefined {
  if (parser.open.length >= MAX_EXPRESSION_DEPTH) return refuse(parser, tooDeep(parser.token));
  const token = parser.token;
  if (token.kind === 'literal') {
    advance(parser);
    return { type: 'literal', value: token.value, start: token.start, end: token.end };
  }
  if (token.kind !== 'word' && token.kind !== 'other') return unexpected(parser);
  const folded = foldCase(token.text);
  advance(parser);
  if (parser.token.kind === '(') return parseCall(parser, token);
  if (folded === 'TRUE' || folded === 'FALSE') {
    return { type: 'literal', value: booleanValue(folded === 'TRUE'), start: token.start, end: token.end };
  }
  const name = note(parser, resolveName(token.text, token, parser.place, parser.names));
  return parseLinks(parser, { type: 'name', name, start: token.start, end: token.end });
}

function parseCall(parser: Parser, word: Token & { readonly text: string }): Expression | undefined {
  const called = resolveFunction(word.text, word, parser.place);
  const name = note(parser, called);
  parser.open.push({ code: 'unclosed-call', start: word.start, end: word.end });
  advance(parser);
  const args: Expression[] = [];
  // Without a comma before it, the only sign of a first superfluous argument is the argument.
  const none = called.maxArgs === 0 && parser.token.kind !== ')' && parser.token.kind !== 'end';
  if (none) refuse(parser, wrongCount('too-many-arguments', parser.text, parser.token, called));
  while (parser.token.kind !== ')' || args.length > 0) {
    const argument = parseExpression(parser);
    if (argument === undefined) return undefined;
    args.push(argument);
    if (parser.token.kind === ')') break;
    if (parser.token.kind !== ',') return unexpected(parser);
    const full = !none && args.length === called.maxArgs;
    if (full) refuse(parser, wrongCount('too-many-arguments', parser.text, parser.token, called));
    advance(parser);
  }
  const few = args.length < called.minArgs;
  if (few) refuse(parser, wrongCount('too-few-arguments', parser.text, parser.token, called));
  parser.open.pop();
  const end = parser.token.end;
  advance(parser);
  const call: CallNode = { type: 'call', name, nameEnd: word.end, args, start: word.start, end };
  return parseLinks(parser, call);
}

function parseLinks(
  parser: Parser,
  target: NameNode | CallNode,
): NameNode | CallNode | AccessNode | undefined {
  const links: AccessLink[] = [];
  while (parser.token.kind === '.' || parser.token.kind === '[') {
    const link = parser.token.kind === '.' ? parseDot(parser) : parseBracket(parser);
    if (link === undefined) return undefined;
    links.push(link);
  }
  const last = links.at(-1);
  return last === undefined ? target : { type: 'access', target, links, start: target.start, end: last.end };
}

function parseDot(parser: Parser): AccessLink | undefined {
  const { start, end } = parser.token;
  advance(parser);
  const token = parser.token;
  if (token.kind === 'end') return refuse(parser, propertyMissing({ start, end }));
  if (token.kind === 'other') return refuse(parser, propertyMalformed(parser.text, token));
  if (token.kind !== 'word' && token.kind !== '*') return unexpected(parser);
  advance(parser);
  if (token.kind !== 'word') return { type: 'all', start, end: token.end };
  return { type: 'property', name: token.text, start, end: token.end };
}

function parseBracket(parser: Parser): AccessLink | undefined {
  const { start, end } = parser.token;
  parser.open.push({ code: 'unclosed-index', start, end });
  advance(parser);
  const all = parser.token.kind === '*';
  const index = all ? undefined : parseExpression(parser);
  if (all) advance(parser);
  else if (index === undefined) return undefined;
  if (parser.token.kind !== ']') return unexpected(parser);
  parser.open.pop();
  const close = parser.token.end;
  advance(parser);
  return index === undefined
    ? { type: 'all', start, end: close }
    : { type: 'index', index, start, end: close };
}

function advance(parser: Parser): void {
  parser.token = readToken(parser.text, parser.token.end, parser.token.kind);
}

/** Notes what is unknown about a word, and gives its proper spelling. */
function note(parser: Parser, resolved: Resolved): string {
  if (resolved.error !== undefined) (resolved.whenMet ? parser.met : parser.later).push(resolved.error);
  return resolved.name;
}

/** Refuses the current token. */
function unexpected(parser: Parser): undefined {
  return refuse(parser, unexpectedToken(parser.text, parser.token, parser.open.at(-1)));
}

function refuse(parser: Parser, error: ExpressionError): undefined {
  parser.met.push(error);
}
