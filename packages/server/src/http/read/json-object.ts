import type { JsonObject } from '@signalbox/store';

type JsonValue = JsonObject[string];

/** What came as JSON, as the plain JSON that the store keeps. */
export function toJsonObject(value: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner)]));
}

// The depth was bounded when the body was read.
function toJson(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  return toJsonObject(Object.fromEntries(Object.entries(value)));
}
