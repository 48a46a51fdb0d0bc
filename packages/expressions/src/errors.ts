/** The code of a refusal. */
export type ExpressionErrorCode =
  | 'text-too-long'
  | 'expression-expected'
  | 'unexpected-symbol'
  | 'unclosed-string'
  | 'unclosed-call'
  | 'unclosed-index'
  | 'malformed-number'
  | 'property-name-expected'
  | 'function-needs-parentheses'
  | 'unknown-name'
  | 'unknown-function'
  | 'not-allowed-here'
  | 'too-few-arguments'
  | 'too-many-arguments'
  | 'too-deep'
  | 'cannot-convert'
  | 'cannot-compare'
  | 'missing-key'
  | 'bad-format'
  | 'bad-argument'
  | 'bad-path'
  | 'result-too-large'
  | 'too-much-work'
  | 'value-not-given'
  | 'not-known-yet';

/** Every way an expression can be refused, and what it means: one row of the reference each. */
export const EXPRESSION_ERRORS: Readonly<Record<ExpressionErrorCode, string>> = {
  'text-too-long': 'The text has more than 21,000 characters.',
  'expression-expected': 'There is no expression.',
  'unexpected-symbol':
    'A word or sign cannot stand where it stands. There are no operators; they are functions.',
  'unclosed-string': 'A text has no closing quote.',
  'unclosed-call': 'A function call has no closing parenthesis.',
  'unclosed-index': 'An index has no closing bracket.',
  'malformed-number':
    'A word that begins like a number is neither a number nor a version of three or four parts.',
  'property-name-expected':
    "No property name follows a dot. Keys with other characters are written `['a-b']`.",
  'function-needs-parentheses': 'A function is named but not called.',
  'unknown-name': 'There is no named value of that name.',
  'unknown-function': 'There is no function of that name.',
  'not-allowed-here': 'The named value or function exists, but not in this place.',
  'too-few-arguments': 'A function has too few arguments.',
  'too-many-arguments': 'A function has too many arguments.',
  'too-deep': 'Calls and indexes are nested more than 50 deep.',
  'cannot-convert': 'A value cannot become what a function needs, such as an array a text.',
  'cannot-compare': 'Two values have no order because the right one cannot take the kind of the left one.',
  'missing-key': 'A parameter is read that is not declared.',
  'bad-format': 'A format text of `format` cannot be used.',
  'bad-argument': 'A function cannot work on a value of this kind.',
  'bad-path': 'A JSON path cannot be read.',
  'result-too-large': 'A result would be longer than the limit.',
  'too-much-work': 'Functions would look at more entries and text than the limit.',
  'value-not-given': 'The place offers the name, but whoever evaluates gave it no value.',
  'not-known-yet': 'The result hangs on something that is not known yet.',
};

/** A refusal with its place: `start` and `end` are UTF-16 offsets in the expression text, `end` exclusive. */
export interface ExpressionError {
  readonly code: ExpressionErrorCode;
  readonly message: string;
  /** What the author can do about it; empty when the message says it all. */
  readonly help: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What a function returns instead of a value. The evaluator adds the place: that of the call, or of the
 * argument that is to blame.
 */
export interface Failure {
  readonly kind: 'failure';
  readonly code: ExpressionErrorCode;
  readonly message: string;
  readonly help: string;
  readonly argument?: number;
  readonly range?: TextRange;
}

/** A part of the expression text, `end` exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A failure, optionally blamed on the argument with the given index. */
export function failure(code: ExpressionErrorCode, message: string, help = '', argument?: number): Failure {
  return { kind: 'failure', code, message, help, ...(argument === undefined ? {} : { argument }) };
}

/** The error that a located failure becomes. */
export function toError(failed: Failure, range: TextRange): ExpressionError {
  const { start, end } = failed.range ?? range;
  return { code: failed.code, message: failed.message, help: failed.help, start, end };
}
