/** An object that came from outside: nothing is known of its fields. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The object, or an empty one when it is none. */
export function recordOf(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
}

/** The list, or an empty one when it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text; numbers as text; empty when it is neither. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** The fields of a record that are there, by name, as they are. */
export function pick(record: JsonRecord, names: readonly string[]): JsonRecord {
  return Object.fromEntries(
    names.flatMap((name) =>
      record[name] === undefined || record[name] === null ? [] : [[name, record[name]] as const],
    ),
  );
}
