import { decimalFromNumber, type Decimal } from './decimal.ts';
import type { DateTime } from './date-time.ts';
import { foldCase } from './fold.ts';
import type { Version } from './version.ts';

/** What an expression yields (EXPR-10). `unknown` occurs only where the caller put it in: see `decide`. */
export type Value =
  | NullValue
  | BooleanValue
  | NumberValue
  | StringValue
  | VersionValue
  | DateTimeValue
  | ArrayValue
  | ObjectValue
  | UnknownValue;

/** The words for the kinds of values. */
export type ValueKind = Value['kind'];

export interface NullValue {
  readonly kind: 'null';
}

export interface BooleanValue {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NumberValue {
  readonly kind: 'number';
  readonly value: Decimal;
}

export interface StringValue {
  readonly kind: 'string';
  readonly value: string;
}

export interface VersionValue {
  readonly kind: 'version';
  readonly value: Version;
}

export interface DateTimeValue {
  readonly kind: 'dateTime';
  readonly value: DateTime;
}

/** `filtered` marks the result of `*`: a following index applies to every item (EXPR-31). */
export interface ArrayValue {
  readonly kind: 'array';
  readonly items: readonly Value[];
  readonly filtered: boolean;
  readonly partial: boolean;
}

/**
 * A mapping in the order of its entries. `partial`: something in it is unknown. `folded` is there when keys
 * ignore case: the entries by folded key. `missing` says what an absent key gives (EXPR-30, REC-70).
 */
export interface ObjectValue {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, Value>;
  readonly folded?: ReadonlyMap<string, Value>;
  readonly missing: MissingKey;
  readonly partial: boolean;
}

/** What an absent key gives: null, an error, or a value that is not known yet. */
export type MissingKey = 'null' | 'error' | 'unknown';

/** A value that will be known later; whatever depends on it is unknown, too. */
export interface UnknownValue {
  readonly kind: 'unknown';
}

/** How the keys of an object behave. */
export interface ObjectOptions {
  readonly ignoreCase?: boolean;
  readonly missing?: MissingKey;
}

/** The null value. */
export const NULL: NullValue = { kind: 'null' };

/** The value that is not known yet. */
export const UNKNOWN: UnknownValue = { kind: 'unknown' };

const TRUE: BooleanValue = { kind: 'boolean', value: true };
const FALSE: BooleanValue = { kind: 'boolean', value: false };

/** A Boolean. */
export function booleanValue(value: boolean): BooleanValue {
  return value ? TRUE : FALSE;
}

/** A String. */
export function stringValue(value: string): StringValue {
  return { kind: 'string', value };
}

/** A Number; a JavaScript number that is not finite or beyond the range becomes null, as in JSON. */
export function numberValue(value: number | Decimal): NumberValue | NullValue {
  const decimal = typeof value === 'number' ? decimalFromNumber(value) : value;
  return decimal === undefined ? NULL : { kind: 'number', value: decimal };
}

/** A DateTime, such as `pipeline.startTime` (EXPR-70). */
export function dateTimeValue(epochMilliseconds: number, offsetMinutes = 0): DateTimeValue {
  return { kind: 'dateTime', value: { epochMilliseconds, offsetMinutes } };
}

/** An Array. */
export function arrayValue(items: readonly Value[], filtered = false): ArrayValue {
  return { kind: 'array', items, filtered, partial: items.some(isPartial) };
}

/** An Object; user data has exact keys, contexts ignore case (EXPR-30). */
export function objectValue(entries: ReadonlyMap<string, Value>, options: ObjectOptions = {}): ObjectValue {
  const missing = options.missing ?? 'null';
  const partial = missing === 'unknown' || [...entries.values()].some(isPartial);
  if (options.ignoreCase !== true) return { kind: 'object', entries, missing, partial };
  const folded = new Map<string, Value>();
  for (const [key, value] of entries) folded.set(foldCase(key), value);
  return { kind: 'object', entries, folded, missing, partial };
}

/** The `variables` context: all strings, names ignore case, absent ones are null (VAR-2, REC-89). */
export function variablesValue(variables: Iterable<readonly [string, string]>): ObjectValue {
  const entries = new Map<string, Value>();
  for (const [name, value] of variables) entries.set(name, stringValue(value));
  return objectValue(entries, { ignoreCase: true });
}

/** The `parameters` context: its own names ignore case and must exist; what lies below is user data (REC-70, REC-115). */
export function parametersValue(parameters: ReadonlyMap<string, Value>): ObjectValue {
  return objectValue(parameters, { ignoreCase: true, missing: 'error' });
}

/** True when the value is unknown or holds something unknown. */
export function isPartial(value: Value): boolean {
  if (value.kind === 'array' || value.kind === 'object') return value.partial;
  return value.kind === 'unknown';
}
