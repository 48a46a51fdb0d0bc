import { failure } from '../errors.ts';
import { MAX_RESULT_LENGTH } from '../limits.ts';
import { describe, textArgument, toText } from '../values/convert.ts';
import { jsonText } from '../values/json.ts';
import { NULL, numberValue, stringValue, type Value } from '../values/value.ts';
import { tooLarge, type FunctionContext } from './context.ts';
import type { FunctionRecord, Outcome } from './record.ts';

/** `length`, `join`, `convertToJson`. */
export const COLLECTION_FUNCTIONS: readonly FunctionRecord[] = [
  {
    name: 'length',
    group: 'general',
    minArgs: 1,
    maxArgs: 1,
    description: '`length(x)` – the length of a text, or the number of entries of an array or object.',
    examples: [
      { call: "length('four')", result: '4' },
      {
        call: 'length(parameters.regions)',
        result: '2',
        given: { parameters: { regions: ['north', 'west'] } },
      },
    ],
    call: ([value = NULL]) => lengthOf(value),
  },
  {
    name: 'join',
    group: 'general',
    minArgs: 2,
    maxArgs: 2,
    description: '`join(separator, array)` – the texts of all items, with the separator between them.',
    examples: [
      {
        call: "join(', ', parameters.regions)",
        result: 'north, west',
        given: { parameters: { regions: ['north', 'west'] } },
      },
    ],
    call: ([separator = NULL, list = NULL], context) => {
      const text = textArgument(separator, 0);
      return typeof text === 'string' ? join(text, list, context) : text;
    },
  },
  {
    name: 'convertToJson',
    group: 'general',
    minArgs: 1,
    maxArgs: 1,
    description: '`convertToJson(x)` – the value as indented JSON text.',
    examples: [
      {
        call: 'convertToJson(parameters.point)',
        result: '{\n  "x": 1\n}',
        given: { parameters: { point: { x: 1 } } },
      },
    ],
    call: ([value = NULL], context) => {
      const text = jsonText(value, MAX_RESULT_LENGTH);
      if (text === undefined) return tooLarge(MAX_RESULT_LENGTH);
      return context.reserve(text.length) ?? stringValue(text);
    },
  },
];

function lengthOf(value: Value): Outcome {
  if (value.kind === 'array') return numberValue(value.items.length);
  if (value.kind === 'object') return numberValue(value.entries.size);
  if (value.kind === 'string') return numberValue(value.value.length);
  return failure('bad-argument', `length needs a String, Array or Object, not ${describe(value)}`, '', 0);
}

/** Items that have no text count as empty; a value that is no array is printed alone (REC-129). */
function join(separator: string, list: Value, context: FunctionContext): Outcome {
  if (list.kind !== 'array') return stringValue(toText(list) ?? '');
  const texts = list.items.map((item) => toText(item) ?? '');
  let length = separator.length * Math.max(0, texts.length - 1);
  for (const text of texts) length += text.length;
  return context.reserve(length) ?? stringValue(texts.join(separator));
}
