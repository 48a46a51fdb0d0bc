import { failure, type Failure } from '../errors.ts';
import { CHARACTERS_PER_ENTRY, MAX_EFFORT } from '../limits.ts';
import type { Value } from '../values/value.ts';

/** What evaluations may still look at, in entries of collections. Spending lowers it. */
export interface Effort {
  left: number;
}

/** A full allowance, for one evaluation or for all of a compilation together. */
export function newEffort(): Effort {
  return { left: MAX_EFFORT };
}

/** Takes the price of looking at a value once; a failure when the allowance is used up. */
export function spend(effort: Effort, value: Value): Failure | undefined {
  effort.left -= sizeOf(value);
  if (effort.left >= 0) return undefined;
  return failure('too-much-work', `Functions look at more than ${MAX_EFFORT} entries`);
}

function sizeOf(value: Value): number {
  if (value.kind === 'string') return value.value.length / CHARACTERS_PER_ENTRY + 1;
  if (value.kind === 'array') return value.items.length + 1;
  return value.kind === 'object' ? value.entries.size + 1 : 1;
}
