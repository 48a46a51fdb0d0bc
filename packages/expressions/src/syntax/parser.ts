import type { ExpressionError, ExpressionErrorCode, TextRange } from '../errors.ts';
import { MAX_ERRORS, MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_LENGTH } from '../limits.ts';
import { PLACES, type Place, type PlaceName } from '../place.ts';
import { foldCase } from '../values/fold.ts';
import { booleanValue } from '../values/value.ts';
import { readToken, type Token } from './lexer.ts';
import { resolveFunction, resolveName, type Resolved } from './resolve.ts';
import type { AccessLink, AccessNode, CallNode, Expression, NameNode } from './tree.ts';

/** A tree, or at least one error, in the order in which the service would report the first (REC-104). */
export type ParseResult =
  | { readonly ok: true; readonly tree: Expression }
  | { readonly ok: false; readonly errors: readonly ExpressionError[] };

/** Parses an expression for a place; `names` are further named values, such as loop variables (TPL-15). */
export function parse(text: string, place: PlaceName, names: readonly string[] = []): ParseResult {
  if (text.length > MAX_EXPRESSION_LENGTH) {
    const message = `An expression may have at most ${MAX_EXPRESSION_LENGTH} characters; this one has ${text.length}`;
    return { ok: false, errors: [{ code: 'text-too-long', message, help: '', start: 0, end: text.length }] };
  }
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
  readonly open: (TextRange & { readonly code: 'unclosed-call' | 'unclosed-index' })[];
  /** Errors that are reported when met. */
  readonly met: ExpressionError[];
  /** Unknown names, reported when the rest is in order. */
  readonly later: ExpressionError[];
}

/** Every parse function returns undefined after it has put an error that ends the parse into `met`. */
function parseExpression(parser: Parser): Expression | undefined {
  if (parser.open.length >= MAX_EXPRESSION_DEPTH) {
    return refuse(
      parser,
      'too-deep',
      parser.token,
      `Nesting exceeds the maximum depth of ${MAX_EXPRESSION_DEPTH}`,
    );
  }
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
  const resolved = resolveFunction(word.text, word, parser.place);
  const name = note(parser, resolved);
  parser.open.push({ code: 'unclosed-call', start: word.start, end: word.end });
  advance(parser);
  const args: Expression[] = [];
  // Without a comma before it, the only sign of a first superfluous argument is the argument.
  const none = resolved.maxArgs === 0 && parser.token.kind !== ')' && parser.token.kind !== 'end';
  if (none) refuseArguments(parser, name, resolved, 'too-many-arguments');
  while (parser.token.kind !== ')' || args.length > 0) {
    const argument = parseExpression(parser);
    if (argument === undefined) return undefined;
    args.push(argument);
    if (parser.token.kind === ')') break;
    if (parser.token.kind !== ',') return unexpected(parser);
    if (!none && args.length === resolved.maxArgs)
      refuseArguments(parser, name, resolved, 'too-many-arguments');
    advance(parser);
  }
  if (args.length < resolved.minArgs) refuseArguments(parser, name, resolved, 'too-few-arguments');
  parser.open.pop();
  const end = parser.token.end;
  advance(parser);
  const call: CallNode = { type: 'call', name, nameEnd: word.end, args, start: word.start, end };
  return parseLinks(parser, call);
}

/** The position is the sign at which the count turned out wrong (REC-103). */
function refuseArguments(
  parser: Parser,
  name: string,
  { minArgs, maxArgs }: Resolved,
  code: 'too-few-arguments' | 'too-many-arguments',
): void {
  const sign = parser.text.slice(parser.token.start, parser.token.end);
  const count =
    minArgs === maxArgs
      ? `${minArgs}`
      : maxArgs === Infinity
        ? `at least ${minArgs}`
        : `${minArgs} to ${maxArgs}`;
  const wanted = maxArgs === 0 ? 'no arguments' : `${count} argument${count === '1' ? '' : 's'}`;
  const way = code === 'too-few-arguments' ? 'few' : 'many';
  refuse(
    parser,
    code,
    parser.token,
    `Unexpected symbol '${sign}': too ${way} arguments`,
    `${name} takes ${wanted}.`,
  );
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
  if (token.kind === 'end')
    return refuse(parser, 'property-name-expected', { start, end }, 'A property name is missing');
  if (token.kind === 'other') {
    const help = `Write ['${token.text.slice(0, 60)}'] for a key that is not made of letters, digits and underscores.`;
    return refuse(
      parser,
      'property-name-expected',
      token,
      `Unexpected symbol '${token.text.slice(0, 60)}'`,
      help,
    );
  }
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

/** Refuses the current token, which cannot stand where it stands. */
function unexpected(parser: Parser): undefined {
  const { token } = parser;
  const shown = parser.text.slice(token.start, Math.min(token.end, token.start + 60));
  const open = parser.open.at(-1);
  if (token.kind === 'malformed') {
    const help = 'A number has digits and at most one point, a version three or four parts.';
    return refuse(parser, 'malformed-number', token, `Unrecognized value '${shown}'`, help);
  }
  if (token.kind === 'unclosed') {
    return refuse(
      parser,
      'unclosed-string',
      token,
      'A quote is not closed',
      "A quote inside a text is written ''.",
    );
  }
  if (token.kind !== 'end')
    return refuse(parser, 'unexpected-symbol', token, `Unexpected symbol '${shown}'`, operatorHelp(shown));
  if (open === undefined) return refuse(parser, 'expression-expected', token, 'An expression is expected');
  const name = parser.text.slice(open.start, Math.min(open.end, open.start + 60));
  const [what, sign] = open.code === 'unclosed-call' ? [`call of '${name}'`, ')'] : [`index`, ']'];
  return refuse(parser, open.code, open, `The ${what} is not closed`, `A '${sign}' is missing.`);
}

function refuse(
  parser: Parser,
  code: ExpressionErrorCode,
  { start, end }: TextRange,
  message: string,
  help = '',
): undefined {
  parser.met.push({ code, message, help, start, end });
}

/** What to write instead of an operator that other languages have (EXPR-2). */
function operatorHelp(symbol: string): string {
  const name = OPERATORS.get(symbol);
  return name === undefined ? '' : `There are no operators; use the function ${name}.`;
}

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['==', 'eq'],
  ['=', 'eq'],
  ['!=', 'ne'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
  ['&&', 'and'],
  ['||', 'or'],
]);
