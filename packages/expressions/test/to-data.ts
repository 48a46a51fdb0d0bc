import { toText, type Value } from '@signalbox/expressions';

/** A value as plain data, for comparisons in tests. */
export function toData(value: Value): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'boolean':
    case 'string':
      return value.value;
    case 'number':
      return Number(toText(value));
    case 'version':
    case 'dateTime':
      return toText(value);
    case 'array':
      return value.items.map(toData);
    case 'object':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, toData(entry)]));
    case 'unknown':
      return '<unknown>';
  }
}
