import { readEnum, type EnumTable } from '@signalbox/api';
import { NAME_LENGTH } from '../../limits.ts';
import { badRequest } from '../problem.ts';

/**
 * A JSON object whose properties are found whatever the letter case (REST.md §2.6). Absent and `null` are the same
 * (§2.5). Every reader refuses the wrong kind of value with the property's name.
 */
export interface Fields {
  has(name: string): boolean;
  raw(name: string): unknown;
  text(name: string, longest?: number): string | undefined;
  /** Text, or a number as text: ids come both ways. */
  textOrNumber(name: string): string | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  word<W extends string>(name: string, table: EnumTable<W>): W | undefined;
  /** An empty one when it is absent. */
  object(name: string): Fields;
  list(name: string): readonly unknown[];
  /** Names and values, as they were written. */
  entries(): readonly (readonly [string, unknown])[];
}

/** Reads a value as an object; `what` names it in refusals. */
export function fieldsOf(value: unknown, what = 'The body'): Fields {
  if (value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value))) {
    throw badRequest(`${what} must be a JSON object.`);
  }
  const entries = Object.entries(value ?? {});
  const folded = new Map(entries.map(([name, inner]) => [name.toLowerCase(), inner]));
  const raw = (name: string): unknown => {
    const wanted = name.toLowerCase();
    // Fewer than there were: some came in two letter cases. Only of one that is read it matters which one counts.
    const isTwice =
      folded.size < entries.length && entries.filter(([one]) => one.toLowerCase() === wanted).length > 1;
    if (isTwice) throw badRequest(`${what} names "${name}" twice, in two letter cases.`);
    return folded.get(wanted) ?? undefined;
  };
  return {
    has: (name) => raw(name) !== undefined,
    raw,
    text: (name, longest = NAME_LENGTH) => asText(name, raw(name), longest),
    textOrNumber: (name) => asText(name, numberAsText(raw(name)), NAME_LENGTH),
    number: (name) => asNumber(name, raw(name)),
    flag: (name) => asFlag(name, raw(name)),
    word: (name, table) => asWord(name, raw(name), table),
    object: (name) => fieldsOf(raw(name), `"${name}"`),
    list: (name) => asList(name, raw(name)),
    entries: () => entries,
  };
}

function asText(name: string, value: unknown, longest: number): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw badRequest(`"${name}" must be text.`);
  if (value.length > longest) throw badRequest(`"${name}" is longer than ${longest} characters.`);
  return value;
}

function numberAsText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

function asNumber(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw badRequest(`"${name}" must be a whole number.`);
}

// az sends booleans as text here and there (REST.md §3.2).
function asFlag(name: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  throw badRequest(`"${name}" must be true or false.`);
}

function asWord<W extends string>(name: string, value: unknown, table: EnumTable<W>): W | undefined {
  if (value === undefined) return undefined;
  const word = typeof value === 'string' || typeof value === 'number' ? readEnum(table, value) : undefined;
  if (word === undefined) throw badRequest(`"${name}" must be one of: ${Object.keys(table).join(', ')}.`);
  return word;
}

function asList(name: string, value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest(`"${name}" must be a list.`);
  return value;
}
