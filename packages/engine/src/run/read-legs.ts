import { fold } from '@signalbox/model';
import { MAX_LEGS } from './limits.ts';
import type { JobLeg } from './state.ts';

/** The legs of a matrix, or one sentence why the text gives none. */
export type ReadLegs =
  { readonly ok: true; readonly legs: readonly JobLeg[] } | { readonly ok: false; readonly message: string };

/**
 * Reads the JSON object that a matrix came to (MTX-2): leg names to objects of variables, whose values are texts,
 * numbers or booleans. Quotes may be single ones. An empty text, `null` and `{}` are no legs (MTX-8); a name that no
 * job could have is replaced by `Job<position>` and only shown (MTX-3).
 */
export function readLegs(text: string): ReadLegs {
  if (text.trim() === '') return { ok: true, legs: [] };
  const parsed = parsedJson(text);
  if (parsed === undefined) return wrong(`is not JSON: ${excerpt(text)}.`);
  if (parsed.value === null) return { ok: true, legs: [] };
  if (!isObject(parsed.value)) return wrong(`is not a JSON object of legs: ${excerpt(text)}.`);
  const entries = Object.entries(parsed.value);
  if (entries.length > MAX_LEGS) return wrong(`has ${entries.length} legs; ${MAX_LEGS} are allowed.`);
  return legsOf(entries);
}

function legsOf(entries: readonly (readonly [string, unknown])[]): ReadLegs {
  const legs: JobLeg[] = [];
  const seen = new Set<string>();
  for (const [index, [given, value]] of entries.entries()) {
    const name = isLegName(given) ? given : `Job${index + 1}`;
    if (seen.has(fold(name))) return wrong(`has two legs named ${excerpt(name)}.`);
    seen.add(fold(name));
    const variables = variablesOf(value);
    if (variables === undefined) {
      return wrong(`has no variables for its leg ${excerpt(given)}: it needs an object of plain values.`);
    }
    legs.push({ name, ...(name !== given && { displayName: given }), variables });
  }
  return { ok: true, legs };
}

function variablesOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === null) return {};
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).map(([name, one]) => [name, plainText(one)] as const);
  if (entries.some(([, text]) => text === undefined)) return undefined;
  return Object.fromEntries(entries.map(([name, text]) => [name, text ?? '']));
}

function plainText(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A legal leg name starts with a letter (MTX-3). */
function isLegName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,99}$/.test(name);
}

function parsedJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(doubleQuoted(text)) };
  } catch {
    return undefined;
  }
}

/** Single-quoted strings as double-quoted ones; double-quoted ones stay as they are. */
function doubleQuoted(text: string): string {
  return text.replaceAll(
    /"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'/gs,
    (whole: string, inner: string | undefined) =>
      inner === undefined ? whole : `"${inner.replaceAll(/\\.|"/gs, unescaped)}"`,
  );
}

/** What stands in a single-quoted string, as a double-quoted one has it. */
function unescaped(mark: string): string {
  if (mark === '"') return String.raw`\"`;
  return mark === String.raw`\'` ? "'" : mark;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function excerpt(text: string): string {
  return `'${text.length > 60 ? `${text.slice(0, 60)}…` : text}'`;
}

function wrong(what: string): ReadLegs {
  return { ok: false, message: `The matrix ${what}` };
}
