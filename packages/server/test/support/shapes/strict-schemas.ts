import type { Schema } from './open-api.ts';

/** A schema in which an object has only what is named, all the way down. */
export function closed(schema: unknown): unknown {
  return mapped(schema, (one) =>
    one['properties'] !== undefined && one['additionalProperties'] === undefined
      ? { ...one, additionalProperties: false }
      : one,
  );
}

/**
 * A schema that takes words in any letter case and as numbers, as the server does (REST.md §2.6), and whose names of
 * properties are in small letters, as `asRead` writes them.
 */
export function lenient(schema: unknown): unknown {
  return mapped(schema, (one) => {
    if (typeof one['properties'] === 'object') return inSmallLetters(one);
    const words = one['enum'];
    if (one['type'] !== 'string' || !Array.isArray(words)) return one;
    const { type: _type, enum: _enum, ...rest } = one;
    const pattern = `^(${words.map((word) => anyCase(String(word))).join('|')})$`;
    return { ...rest, anyOf: [{ type: 'integer' }, { type: 'string', pattern }] };
  });
}

function inSmallLetters(schema: Schema): Schema {
  const properties = Object.entries(schema['properties'] as object);
  const required = (schema['required'] ?? []) as readonly string[];
  return {
    ...schema,
    properties: Object.fromEntries(properties.map(([name, one]) => [name.toLowerCase(), one])),
    required: required.map((name) => name.toLowerCase()),
  };
}

/** What a client sent as the server reads it: absent and null are the same (REST.md §2.5), letter case is none. */
export function asRead(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asRead);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(kept.map(([name, one]) => [name.toLowerCase(), asRead(one)]));
}

function anyCase(word: string): string {
  return Array.from(word)
    .map((letter) =>
      /[a-z]/i.test(letter)
        ? `[${letter.toLowerCase()}${letter.toUpperCase()}]`
        : `\\u{${letter.codePointAt(0)?.toString(16)}}`,
    )
    .join('');
}

function mapped(value: unknown, change: (schema: Schema) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => mapped(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([name, one]) => [name, mapped(one, change)] as const);
  return change(Object.fromEntries(inner));
}
