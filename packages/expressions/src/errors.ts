/** Every way an expression can be refused; one documentation row each. */
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
  | 'value-not-given'
  | 'not-known-yet';

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
