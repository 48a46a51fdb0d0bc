import type { Value, VariableEntry } from '@signalbox/model';
import { isGroup, isRuntime } from '@signalbox/model';

/** What the YAML printer takes; a Map, so that a name like `__proto__` is only a name. */
export type Written = string | number | boolean | readonly Written[] | ReadonlyMap<string, Written>;

/** Keys with their values; a key without a value is left out. */
export type Entries = readonly (readonly [string, Written | undefined])[];

/** A mapping of the entries that have a value, in order. */
export function mapping(entries: Entries): ReadonlyMap<string, Written> {
  const written = new Map<string, Written>();
  for (const [key, value] of entries) if (value !== undefined) written.set(key, value);
  return written;
}

/** The same with every text that holds `${{` as a lone string literal, which may stand anywhere (TPL-16, REC-39). */
export function literal(written: Written): Written {
  if (typeof written === 'string') return literalText(written);
  if (typeof written !== 'object') return written;
  if (!isMap(written)) return written.map(literal);
  return mapping([...written].map(([key, value]) => [literalText(key), literal(value)]));
}

function isMap(written: Extract<Written, object>): written is ReadonlyMap<string, Written> {
  return written instanceof Map;
}

function literalText(text: string): string {
  return text.includes('${{') ? `\${{ '${text.replaceAll("'", "''")}' }}` : text;
}

/** A list; nothing when it is empty. */
export function list(items: readonly Written[]): readonly Written[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** A mapping of names to text; nothing when it is empty. */
export function writeTextMap(texts: Readonly<Record<string, string>>): Written | undefined {
  const entries = Object.entries(texts);
  return entries.length === 0 ? undefined : mapping(entries);
}

/** A value as its author would write it: run-time expressions get their brackets back (VAR-1). */
export function writeValue<T extends number | boolean>(value: Value | T): string | T {
  return isRuntime(value) ? `$[ ${value.expression} ]` : value;
}

/** Variables in the list form, which alone keeps all that there is to say (VARD-1). */
export function writeVariables(variables: readonly VariableEntry[]): Written | undefined {
  if (variables.length === 0) return undefined;
  return variables.map((entry) =>
    isGroup(entry)
      ? mapping([['group', entry.group]])
      : mapping([
          ['name', entry.name],
          ['value', writeValue(entry.value)],
          ['readonly', entry.readonly ? true : undefined],
        ]),
  );
}

/** A value where it differs from what its absence means. */
export function unless<T extends Written>(value: T, implied: Written): T | undefined {
  return value === implied ? undefined : value;
}
