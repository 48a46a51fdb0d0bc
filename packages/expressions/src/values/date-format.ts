import { failure, type Failure } from '../errors.ts';
import { civilTime, type CivilTime, type DateTime } from './date-time.ts';

/** The form in which a date becomes text (4.2). */
export function dateTimeText(value: DateTime): string {
  const text = formatDateTime(value, 'yyyy-MM-dd HH:mm:sszzz');
  return typeof text === 'string' ? text : '';
}

/** A date in the given format; specifiers are those of EXPR-40, any other letter is refused. */
export function formatDateTime(value: DateTime, format: string): string | Failure {
  const time = civilTime(value);
  let result = '';
  let index = 0;
  while (index < format.length) {
    const character = format.charAt(index);
    if (character === '\\') {
      result += format.charAt(index + 1);
      index += 2;
      continue;
    }
    const run = runLength(format, index);
    const specifier = character.repeat(run);
    const part = isLetter(character) ? formatPart(specifier, time, value.offsetMinutes) : specifier;
    if (part === undefined) return unknownSpecifier(specifier);
    result += part;
    index += run;
  }
  return result;
}

function formatPart(specifier: string, time: CivilTime, offset: number): string | undefined {
  if (/^f{1,7}$/.test(specifier)) return pad(time.millisecond, 3).padEnd(7, '0').slice(0, specifier.length);
  return PARTS.get(specifier)?.(time, offset);
}

const PARTS: ReadonlyMap<string, (time: CivilTime, offset: number) => string> = new Map([
  ['yyyy', (time) => pad(time.year, 4)],
  ['yy', (time) => pad(time.year % 100, 2)],
  ['MM', (time) => pad(time.month, 2)],
  ['M', (time) => String(time.month)],
  ['dd', (time) => pad(time.day, 2)],
  ['d', (time) => String(time.day)],
  ['HH', (time) => pad(time.hour, 2)],
  ['H', (time) => String(time.hour)],
  ['mm', (time) => pad(time.minute, 2)],
  ['m', (time) => String(time.minute)],
  ['ss', (time) => pad(time.second, 2)],
  ['s', (time) => String(time.second)],
  ['zzz', (_, offset) => zone(offset)],
  ['K', (_, offset) => (offset === 0 ? 'Z' : zone(offset))],
]);

function zone(offset: number): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function runLength(format: string, start: number): number {
  let end = start + 1;
  while (end < format.length && format.charAt(end) === format.charAt(start)) end++;
  return end - start;
}

function isLetter(character: string): boolean {
  return /^[A-Za-z]$/.test(character);
}

function unknownSpecifier(specifier: string): Failure {
  const shown = specifier.slice(0, 20);
  const help =
    'Usable are yyyy yy MM M dd d HH H mm m ss s f…fffffff zzz K; a backslash before a letter keeps it.';
  return failure('bad-format', `'${shown}' is no date format specifier`, help);
}
