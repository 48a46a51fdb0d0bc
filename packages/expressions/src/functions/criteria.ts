import { failure } from '../errors.ts';
import { describe, textArgument } from '../values/convert.ts';
import { findByPath } from '../values/json-path.ts';
import { arrayValue, NULL, numberValue, type Value } from '../values/value.ts';
import type { FunctionRecord, Outcome } from './record.ts';

/** `count` and `jsonpath`, for the success criteria of checks (HOOK-9). */
export const CRITERIA_FUNCTIONS: readonly FunctionRecord[] = [
  {
    name: 'count',
    group: 'criteria',
    minArgs: 1,
    maxArgs: 1,
    description: '`count(x)` – the number of items of an array, or of entries of an object; 0 for null.',
    examples: [{ call: 'count(root.value)', result: '2', given: { root: { value: [7, 8] } } }],
    call: ([value = NULL]) => count(value),
  },
  {
    name: 'jsonpath',
    group: 'criteria',
    minArgs: 1,
    maxArgs: 1,
    description: '`jsonpath(path)` – the values that the JSON path finds in the response, as an array.',
    examples: [
      {
        call: "count(jsonpath('$.value[?(@.state == ''open'')]'))",
        result: '1',
        given: { root: { value: [{ state: 'open' }, { state: 'done' }] } },
      },
    ],
    call: ([path = NULL], context) => {
      const text = textArgument(path, 0);
      if (typeof text !== 'string') return text;
      const found = findByPath(context.root ?? NULL, text);
      return 'kind' in found ? found : arrayValue(found);
    },
  },
];

function count(value: Value): Outcome {
  if (value.kind === 'array') return numberValue(value.items.length);
  if (value.kind === 'object') return numberValue(value.entries.size);
  if (value.kind === 'null') return numberValue(0);
  return failure('bad-argument', `count needs an Array or Object, not ${describe(value)}`, '', 0);
}
