import { readEnum, readFlags, type EnumTable } from '@signalbox/api';
import type { Instant } from '@signalbox/model';
import { NAME_LENGTH, PAGE_DEFAULT, PAGE_MAX } from '../../limits.ts';
import { badRequest } from '../problem.ts';
import { readTime } from './time.ts';

/** The parameters of a request's query; names are found whatever the letter case, empty ones are absent. */
export interface Query {
  text(name: string, longest?: number): string | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  /** ISO 8601 (Go, Python) or RFC 1123 (node) (REST.md §2.5). */
  time(name: string): Instant | undefined;
  word<W extends string>(name: string, table: EnumTable<W>): W | undefined;
  /** A comma-joined list of words, or a sum of flags. */
  words<W extends string>(name: string, table: EnumTable<W>): readonly W[] | undefined;
  texts(name: string): readonly string[] | undefined;
  numbers(name: string): readonly number[] | undefined;
  /** `$top`, within bounds. */
  top(fallback?: number): number;
  continuation(): string | undefined;
}

/** Reads what Fastify made of the query string. */
export function queryOf(parsed: unknown): Query {
  const values = foldQuery(parsed);
  const text = (name: string, longest = NAME_LENGTH): string | undefined => {
    const value = values.get(name.toLowerCase());
    if (value !== undefined && value.length > longest) throw badRequest(`"${name}" is too long.`);
    return value === '' ? undefined : value;
  };
  return {
    text,
    number: (name) => asNumber(name, text(name)),
    flag: (name) => asFlag(name, text(name)),
    time: (name) => readTime(name, text(name)),
    word: (name, table) => one(name, text(name), table),
    words: (name, table) => many(name, text(name), table),
    texts: (name) => splitList(text(name, 16_384)),
    numbers: (name) => splitList(text(name, 16_384))?.map((part) => asNumber(name, part) ?? 0),
    top: (fallback = PAGE_DEFAULT) => asTop(text('$top') ?? text('top'), fallback),
    continuation: () => text('continuationToken', 1024),
  };
}

function foldQuery(parsed: unknown): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(parsed ?? {})) {
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    const text = all.map(String).join(',');
    if (text.includes('\u0000')) throw badRequest('The query holds a character that is not valid text.');
    values.set(name.toLowerCase(), text);
  }
  return values;
}

function splitList(text: string | undefined): readonly string[] | undefined {
  const parts = text?.split(',').map((part) => part.trim());
  return parts?.filter((part) => part !== '');
}

function asNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw badRequest(`"${name}" must be a whole number.`);
  return Number(text);
}

function asFlag(name: string, text: string | undefined): boolean | undefined {
  const folded = text?.toLowerCase();
  if (folded === undefined) return undefined;
  if (folded === 'true' || folded === 'false') return folded === 'true';
  throw badRequest(`"${name}" must be true or false.`);
}

function one<W extends string>(name: string, text: string | undefined, table: EnumTable<W>): W | undefined {
  if (text === undefined) return undefined;
  const word = readEnum(table, text);
  if (word === undefined) throw unknownWord(name, table);
  return word;
}

function many<W extends string>(
  name: string,
  text: string | undefined,
  table: EnumTable<W>,
): readonly W[] | undefined {
  if (text === undefined) return undefined;
  const words = readFlags(table, text);
  if (words === undefined) throw unknownWord(name, table);
  return words;
}

function unknownWord(name: string, table: EnumTable<string>): Error {
  return badRequest(`"${name}" knows these words: ${Object.keys(table).join(', ')}.`);
}

function asTop(text: string | undefined, fallback: number): number {
  const top = asNumber('$top', text) ?? fallback;
  if (top < 1) throw badRequest('"$top" must be at least 1.');
  return Math.min(top, PAGE_MAX);
}
