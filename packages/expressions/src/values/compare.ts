import { failure, type Failure } from '../errors.ts';
import { describe, isNullLike, toBoolean, toDateTime, toDecimal, toText, toVersion } from './convert.ts';
import { compareDecimals } from './decimal.ts';
import { foldCase } from './fold.ts';
import type { Value } from './value.ts';
import { compareVersions } from './version.ts';

/** `eq`: the right value is converted to the left one's kind; what cannot be converted is not equal (EXPR-23). */
export function equalValues(left: Value, right: Value): boolean {
  if (left.kind === 'null') return isNullLike(right);
  if (left.kind === 'array' || left.kind === 'object' || left.kind === 'unknown') return left === right;
  return compareAs(left, right) === 0;
}

/** The order of two values; an impossible conversion is a failure (EXPR-25). */
export function orderValues(left: Value, right: Value): number | Failure {
  const order = compareAs(left.kind === 'null' ? numberOrSame(left) : left, right);
  return order ?? failure('cannot-compare', `Unable to compare ${describe(left)} with ${describe(right)}`);
}

function numberOrSame(value: Value): Value {
  const decimal = toDecimal(value);
  return decimal === undefined ? value : { kind: 'number', value: decimal };
}

/** Negative, zero or positive once the right value has the left one's kind; undefined when it cannot have it. */
function compareAs(left: Value, right: Value): number | undefined {
  switch (left.kind) {
    case 'boolean':
      return Number(left.value) - Number(toBoolean(right));
    case 'number':
      return compared(left.value, toDecimal(right), compareDecimals);
    case 'string':
      return compared(left.value, toText(right), compareTexts);
    case 'version':
      return compared(left.value, toVersion(right), compareVersions);
    case 'dateTime':
      return compared(left.value, toDateTime(right), (a, b) => a.epochMilliseconds - b.epochMilliseconds);
    case 'null':
    case 'array':
    case 'object':
    case 'unknown':
      return undefined;
  }
}

function compared<T>(left: T, right: T | undefined, compare: (a: T, b: T) => number): number | undefined {
  return right === undefined ? undefined : compare(left, right);
}

function compareTexts(a: string, b: string): number {
  const left = foldCase(a);
  const right = foldCase(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
