import { MAX_DATA_DEPTH } from '../limits.ts';
import {
  arrayValue,
  booleanValue,
  NULL,
  numberValue,
  objectValue,
  stringValue,
  type Value,
} from './value.ts';

/**
 * The value of plain data such as parsed JSON; keys stay exact and in order. Undefined when it is nested deeper
 * than MAX_DATA_DEPTH, so that later walks over the value cannot exhaust the stack. Anything that JSON does not
 * know becomes null.
 */
export function fromData(data: unknown): Value | undefined {
  return convert(data, 1);
}

function convert(data: unknown, depth: number): Value | undefined {
  if (typeof data === 'string') return stringValue(data);
  if (typeof data === 'boolean') return booleanValue(data);
  if (typeof data === 'number') return numberValue(data);
  if (typeof data !== 'object' || data === null) return NULL;
  if (depth > MAX_DATA_DEPTH) return undefined;
  return Array.isArray(data) ? convertList(data, depth) : convertEntries(Object.entries(data), depth);
}

function convertList(list: readonly unknown[], depth: number): Value | undefined {
  const items: Value[] = [];
  for (const element of list) {
    const item = convert(element, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return arrayValue(items);
}

function convertEntries(list: readonly (readonly [string, unknown])[], depth: number): Value | undefined {
  const entries = new Map<string, Value>();
  for (const [key, element] of list) {
    const value = convert(element, depth + 1);
    if (value === undefined) return undefined;
    entries.set(key, value);
  }
  return objectValue(entries);
}
