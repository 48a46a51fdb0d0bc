import { equalValues, orderValues } from '../values/compare.ts';
import { booleanValue, isPartial, NULL, UNKNOWN, type Value } from '../values/value.ts';
import {
  ANY_NUMBER,
  type FunctionExample,
  type FunctionRecord,
  type LazyArgument,
  type Outcome,
} from './record.ts';

const CONVERSION = 'The right value is converted to the kind of the left one; texts compare ignoring case.';

/** `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `in`, `notIn`, `containsValue`. */
export const COMPARISON_FUNCTIONS: readonly FunctionRecord[] = [
  {
    name: 'eq',
    group: 'general',
    minArgs: 2,
    maxArgs: 2,
    description: `\`eq(a, b)\` – True if both are equal. ${CONVERSION} What cannot be converted is not equal.`,
    examples: [
      { call: "eq('main', 'MAIN')", result: 'True' },
      { call: "eq(1, '1.0')", result: 'True' },
      { call: "eq('1.0', 1)", result: 'False' },
    ],
    call: ([a = NULL, b = NULL]) => booleanValue(equalValues(a, b)),
  },
  {
    name: 'ne',
    group: 'general',
    minArgs: 2,
    maxArgs: 2,
    description: `\`ne(a, b)\` – True if they are not equal. ${CONVERSION}`,
    examples: [{ call: "ne('a', 'b')", result: 'True' }],
    call: ([a = NULL, b = NULL]) => booleanValue(!equalValues(a, b)),
  },
  ordering(
    'lt',
    'less than',
    [
      { call: 'lt(2, 10)', result: 'True' },
      { call: "lt('2', '10')", result: 'False' },
    ],
    (order) => order < 0,
  ),
  ordering('le', 'less than or equal to', [{ call: "le(5, '5')", result: 'True' }], (order) => order <= 0),
  ordering(
    'gt',
    'greater than',
    [
      { call: 'gt(1.10.0, 1.9.0)', result: 'True' },
      { call: 'gt(1.10, 1.9)', result: 'False' },
    ],
    (order) => order > 0,
  ),
  ordering(
    'ge',
    'greater than or equal to',
    [{ call: "ge('b', 'A')", result: 'True' }],
    (order) => order >= 0,
  ),
  {
    name: 'in',
    group: 'general',
    minArgs: 2,
    maxArgs: ANY_NUMBER,
    description: '`in(a, b, …)` – True if `a` equals one of the others; stops at the first that it equals.',
    examples: [{ call: "in('B', 'a', 'b')", result: 'True' }],
    callLazy: (args) => isAmong(args, true),
  },
  {
    name: 'notIn',
    group: 'general',
    minArgs: 2,
    maxArgs: ANY_NUMBER,
    description: '`notIn(a, b, …)` – True if `a` equals none of the others.',
    examples: [{ call: "notIn('c', 'a', 'b')", result: 'True' }],
    callLazy: (args) => isAmong(args, false),
  },
  {
    name: 'containsValue',
    group: 'general',
    minArgs: 2,
    maxArgs: 2,
    description:
      '`containsValue(collection, value)` – True if an item of the array, or a value of the object, equals the value.',
    examples: [
      {
        call: "containsValue(parameters.regions, 'West')",
        result: 'True',
        given: { parameters: { regions: ['north', 'west'] } },
      },
    ],
    call: ([collection = NULL, value = NULL]) =>
      booleanValue(valuesOf(collection).some((item) => equalValues(value, item))),
  },
];

function ordering(
  name: string,
  words: string,
  examples: readonly FunctionExample[],
  holds: (order: number) => boolean,
): FunctionRecord {
  return {
    name,
    group: 'general',
    minArgs: 2,
    maxArgs: 2,
    description: `\`${name}(a, b)\` – True if \`a\` is ${words} \`b\`. ${CONVERSION} What cannot be converted is an error.`,
    examples,
    call: ([a = NULL, b = NULL]) => {
      const order = orderValues(a, b);
      return typeof order === 'number' ? booleanValue(holds(order)) : order;
    },
  };
}

/** As in `and`: an unknown candidate leaves the search open, and a later match still decides it. */
function isAmong(args: readonly LazyArgument[], whenFound: boolean): Outcome {
  const [first, ...candidates] = args;
  const sought: Outcome = first === undefined ? NULL : first();
  if (sought.kind === 'failure') return sought;
  let open = isPartial(sought);
  for (const candidate of candidates) {
    const value = candidate();
    if (value.kind === 'failure') return open ? UNKNOWN : value;
    if (isPartial(value)) open = true;
    else if (!isPartial(sought) && equalValues(sought, value)) return booleanValue(whenFound);
  }
  return open ? UNKNOWN : booleanValue(!whenFound);
}

function valuesOf(collection: Value): readonly Value[] {
  if (collection.kind === 'array') return collection.items;
  return collection.kind === 'object' ? [...collection.entries.values()] : [];
}
