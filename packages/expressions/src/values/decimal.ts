/**
 * An exact decimal, `coefficient / 10^scale`. The language only parses, compares, floors and prints numbers, so
 * a bigint with a scale is all that is needed. Like the service's decimal it holds 96 bits and at most 28
 * decimal places: 28 significant digits always fit (EXPR-10).
 */
export interface Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
}

const MAX_COEFFICIENT = 2n ** 96n - 1n;
const MAX_SCALE = 28;

/** 2^96 has 29 digits; anything longer before the point cannot fit. */
const MAX_WHOLE_DIGITS = 29;

/** Enough decimal places to round to 28 correctly; what follows only matters as "something follows". */
const KEPT_PLACES = 40;

/** Places printed by the service's number format `0.#######` (4.2). */
const PRINTED_PLACES = 7;

/** Reads digits with an optional sign and at most one point; undefined when malformed or out of range. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null) return undefined;
  const whole = match[2] ?? '';
  const places = match[3] ?? '';
  if (whole === '' && places === '') return undefined;
  const digits = whole.replace(/^0+/, '');
  if (digits.length > MAX_WHOLE_DIGITS) return undefined;
  const rest = /[1-9]/.test(places.slice(KEPT_PLACES)) ? '1' : '';
  const kept = places.slice(0, KEPT_PLACES) + rest;
  const fitted = fit(BigInt(`0${digits}${kept}`), kept.length);
  if (fitted === undefined || match[1] !== '-') return fitted;
  return { coefficient: -fitted.coefficient, scale: fitted.scale };
}

/** The decimal of a JavaScript number; undefined when it is not finite or out of range. */
export function decimalFromNumber(value: number): Decimal | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) return undefined;
  const [, sign = '', whole = '', places = '', exponent = '0'] = match;
  const shift = Number(exponent);
  const digits = whole + places;
  const point = whole.length + shift;
  if (point > MAX_WHOLE_DIGITS || point < -KEPT_PLACES) return point < 0 ? ZERO : undefined;
  const padded = '0'.repeat(Math.max(0, -point)) + digits + '0'.repeat(Math.max(0, point - digits.length));
  const split = Math.max(0, point);
  return parseDecimal(`${sign}${padded.slice(0, split)}.${padded.slice(split)}`);
}

/** Negative, zero or positive, as `a` is below, equal to or above `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const left = a.coefficient * 10n ** BigInt(scale - a.scale);
  const right = b.coefficient * 10n ** BigInt(scale - b.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The shortest form with at most seven decimal places, halves rounded away from zero (4.2, REC-34). */
export function decimalText(value: Decimal): string {
  const dropped = value.scale - PRINTED_PLACES;
  if (dropped <= 0) return exactText(value);
  const unit = 10n ** BigInt(dropped);
  const half = value.coefficient < 0n ? -unit / 2n : unit / 2n;
  return exactText({ coefficient: (value.coefficient + half) / unit, scale: PRINTED_PLACES });
}

/** Every digit the number holds, without trailing zeros. */
export function exactText(value: Decimal): string {
  const negative = value.coefficient < 0n;
  const digits = String(negative ? -value.coefficient : value.coefficient).padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const places = digits.slice(digits.length - value.scale).replace(/0+$/, '');
  const text = places === '' ? whole : `${whole}.${places}`;
  return negative && text !== '0' ? `-${text}` : text;
}

/** The number rounded down, or undefined when that is outside the exact integers of JavaScript. */
export function floorDecimal(value: Decimal): number | undefined {
  const unit = 10n ** BigInt(value.scale);
  const truncated = value.coefficient / unit;
  const below = value.coefficient < 0n && value.coefficient % unit !== 0n;
  const floored = Number(below ? truncated - 1n : truncated);
  return Number.isSafeInteger(floored) ? floored : undefined;
}

/** The number zero. */
export const ZERO: Decimal = { coefficient: 0n, scale: 0 };

/** The number one. */
export const ONE: Decimal = { coefficient: 1n, scale: 0 };

/** Drops decimal places, rounding halves to even, until the number fits 96 bits and 28 places. */
function fit(coefficient: bigint, scale: number): Decimal | undefined {
  for (let dropped = Math.max(0, scale - MAX_SCALE); dropped <= scale; dropped++) {
    const rounded = dropDigits(coefficient, dropped);
    if (rounded <= MAX_COEFFICIENT) return { coefficient: rounded, scale: scale - dropped };
  }
  return undefined;
}

function dropDigits(coefficient: bigint, count: number): bigint {
  const unit = 10n ** BigInt(count);
  const kept = coefficient / unit;
  const twice = (coefficient % unit) * 2n;
  const up = twice > unit || (twice === unit && kept % 2n === 1n);
  return up ? kept + 1n : kept;
}
