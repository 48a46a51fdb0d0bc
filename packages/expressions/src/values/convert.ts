import { failure, type Failure } from '../errors.ts';
import { dateTimeText } from './date-format.ts';
import { parseDateTime, type DateTime } from './date-time.ts';
import { decimalText, ONE, parseDecimal, ZERO, type Decimal } from './decimal.ts';
import type { Value } from './value.ts';
import { parseVersion, type Version } from './version.ts';

/** The Boolean of any value; only False, 0, null and the empty string are False, so `'false'` is True (EXPR-20). */
export function toBoolean(value: Value): boolean {
  switch (value.kind) {
    case 'null':
      return false;
    case 'boolean':
      return value.value;
    case 'number':
      return value.value.coefficient !== 0n;
    case 'string':
      return value.value !== '';
    case 'version':
    case 'dateTime':
    case 'array':
    case 'object':
    case 'unknown':
      return true;
  }
}

/** The text of a value (4.2, REC-34); undefined for arrays, objects and what is unknown. */
export function toText(value: Value): string | undefined {
  switch (value.kind) {
    case 'null':
      return '';
    case 'boolean':
      return value.value ? 'True' : 'False';
    case 'number':
      return decimalText(value.value);
    case 'string':
      return value.value;
    case 'version':
      return value.value.join('.');
    case 'dateTime':
      return dateTimeText(value.value);
    case 'array':
    case 'object':
    case 'unknown':
      return undefined;
  }
}

/** The Number of a value, or undefined when there is none (4.2, EXPR-22). */
export function toDecimal(value: Value): Decimal | undefined {
  switch (value.kind) {
    case 'null':
      return ZERO;
    case 'boolean':
      return value.value ? ONE : ZERO;
    case 'number':
      return value.value;
    case 'string':
      return decimalFromText(value.value);
    case 'version':
    case 'dateTime':
    case 'array':
    case 'object':
    case 'unknown':
      return undefined;
  }
}

/** The Version of a value; a Number goes by its text and so needs a decimal part (4.2, REC-111). */
export function toVersion(value: Value): Version | undefined {
  if (value.kind === 'version') return value.value;
  if (value.kind === 'number') return parseVersion(decimalText(value.value));
  return value.kind === 'string' ? parseVersion(value.value) : undefined;
}

/** The DateTime of a value. */
export function toDateTime(value: Value): DateTime | undefined {
  if (value.kind === 'dateTime') return value.value;
  return value.kind === 'string' ? parseDateTime(value.value) : undefined;
}

/** True for the values that convert to null: null and the empty string (EXPR-21). */
export function isNullLike(value: Value): boolean {
  return value.kind === 'null' || (value.kind === 'string' && value.value === '');
}

/** The text of an argument, or the refusal of what has none. */
export function textArgument(value: Value, argument: number): string | Failure {
  return toText(value) ?? cannotConvert(value, 'a String', argument);
}

/** The refusal of a conversion. */
export function cannotConvert(value: Value, wanted: string, argument?: number): Failure {
  return failure('cannot-convert', `Unable to convert ${describe(value)} to ${wanted}`, '', argument);
}

/** A short description of a value for messages; long text is cut. */
export function describe(value: Value): string {
  const text = toText(value);
  const kind = KIND_NAMES[value.kind];
  if (text === undefined || value.kind === 'null') return kind;
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return `${kind} '${shown}'`;
}

const KIND_NAMES: Readonly<Record<Value['kind'], string>> = {
  null: 'Null',
  boolean: 'Boolean',
  number: 'Number',
  string: 'String',
  version: 'Version',
  dateTime: 'DateTime',
  array: 'Array',
  object: 'Object',
  unknown: 'a value that is not known yet',
};

/** EXPR-22: a sign, white space around, a point and thousands commas before it; no exponent. */
function decimalFromText(text: string): Decimal | undefined {
  if (text === '') return ZERO;
  const match = /^[ \t-\r]*([+-]?(?:\d[\d,]*)?(?:\.\d*)?)[ \t-\r]*$/.exec(text);
  return match === null ? undefined : parseDecimal((match[1] ?? '').replaceAll(',', ''));
}
