import { isNullLike, toBoolean } from '../values/convert.ts';
import { booleanValue, NULL, UNKNOWN, type Value } from '../values/value.ts';
import { ANY_NUMBER, type FunctionRecord, type LazyArgument, type Outcome } from './record.ts';

/** `and`, `or`, `not`, `xor`, `iif`, `coalesce`. */
export const LOGIC_FUNCTIONS: readonly FunctionRecord[] = [
  {
    name: 'and',
    group: 'general',
    minArgs: 2,
    maxArgs: ANY_NUMBER,
    description: '`and(a, b, …)` – True if all arguments are True; stops at the first that is not.',
    examples: [
      { call: "and(eq(1, 1), 'text')", result: 'True' },
      { call: "and(true, '')", result: 'False' },
    ],
    callLazy: (args) => untilFound(args, false),
  },
  {
    name: 'or',
    group: 'general',
    minArgs: 2,
    maxArgs: ANY_NUMBER,
    description: '`or(a, b, …)` – True if any argument is True; stops at the first that is.',
    examples: [{ call: "or(false, eq('a', 'A'))", result: 'True' }],
    callLazy: (args) => untilFound(args, true),
  },
  {
    name: 'not',
    group: 'general',
    minArgs: 1,
    maxArgs: 1,
    description: '`not(a)` – True if the argument is False.',
    examples: [
      { call: "not('')", result: 'True' },
      { call: "not('false')", result: 'False' },
    ],
    call: ([a = NULL]) => booleanValue(!toBoolean(a)),
  },
  {
    name: 'xor',
    group: 'general',
    minArgs: 2,
    maxArgs: 2,
    description: '`xor(a, b)` – True if exactly one argument is True.',
    examples: [
      { call: 'xor(true, false)', result: 'True' },
      { call: 'xor(true, true)', result: 'False' },
    ],
    call: ([a = NULL, b = NULL]) => booleanValue(toBoolean(a) !== toBoolean(b)),
  },
  {
    name: 'iif',
    group: 'general',
    minArgs: 3,
    maxArgs: 3,
    description: '`iif(condition, a, b)` – `a` if the condition is True, else `b`. Both are evaluated.',
    examples: [{ call: "iif(gt(2, 1), 'more', 'less')", result: 'more' }],
    call: ([condition = NULL, a = NULL, b = NULL]) => (toBoolean(condition) ? a : b),
  },
  {
    name: 'coalesce',
    group: 'general',
    minArgs: 2,
    maxArgs: ANY_NUMBER,
    description:
      '`coalesce(a, b, …)` – the first argument that is neither null nor the empty string; else null.',
    examples: [
      {
        call: "coalesce('', parameters.none, 'default')",
        result: 'default',
        given: { parameters: { none: null } },
      },
      { call: 'coalesce(0, 1)', result: '0' },
    ],
    callLazy: coalesce,
  },
];

/**
 * The first argument whose Boolean is `wanted` decides. After an unknown one the search goes on, because a later
 * one decides as well; a failure there means nothing, because the unknown one might have stopped the search.
 */
function untilFound(args: readonly LazyArgument[], wanted: boolean): Outcome {
  let open = false;
  for (const argument of args) {
    const value = argument();
    if (value.kind === 'failure') return open ? UNKNOWN : value;
    if (value.kind === 'unknown') open = true;
    else if (toBoolean(value) === wanted) return booleanValue(wanted);
  }
  return open ? UNKNOWN : booleanValue(!wanted);
}

function coalesce(args: readonly LazyArgument[]): Outcome {
  for (const argument of args) {
    const value: Value | Outcome = argument();
    if (value.kind === 'failure' || !isNullLike(value)) return value;
  }
  return NULL;
}
