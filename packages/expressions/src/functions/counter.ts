import { failure, type Failure } from '../errors.ts';
import { cannotConvert, textArgument, toDecimal } from '../values/convert.ts';
import { floorDecimal } from '../values/decimal.ts';
import { NULL, numberValue, UNKNOWN, type Value } from '../values/value.ts';
import type { FunctionContext } from './context.ts';
import type { FunctionRecord, Outcome } from './record.ts';

/** `counter`: its number comes from the caller, who keeps it (EXPR-50 to EXPR-52). */
export const COUNTER_FUNCTION: FunctionRecord = {
  name: 'counter',
  group: 'counter',
  minArgs: 0,
  maxArgs: 2,
  description:
    '`counter(prefix, seed)` – a number that starts at the seed and grows by one with every run of the pipeline, ' +
    'counted for each prefix by itself. A run counts once, when it is created, from what is known then; repeated ' +
    'stages and jobs keep its number.',
  examples: [
    { call: "counter('1.4', 100)", result: '100', given: { earlierRuns: 0 } },
    { call: "counter('1.4', 100)", result: '103', given: { earlierRuns: 3 } },
  ],
  call: ([prefix = NULL, seed = NULL], context) => count(prefix, seed, context),
};

const NO_COUNTER = 'No counter can be used here: it counts when its run is created, from what is known then';

function count(prefix: Value, seed: Value, context: FunctionContext): Outcome {
  const key = textArgument(prefix, 0);
  if (typeof key !== 'string') return key;
  const start = wholeNumber(seed);
  if (typeof start !== 'number') return start;
  if (context.counter === undefined) return failure('value-not-given', NO_COUNTER);
  const value = context.counter(key, start);
  return value === undefined ? UNKNOWN : numberValue(value);
}

function wholeNumber(seed: Value): number | Failure {
  const decimal = toDecimal(seed);
  const whole = decimal === undefined ? undefined : floorDecimal(decimal);
  return whole ?? cannotConvert(seed, 'a whole Number', 1);
}
