import type { Random } from './random.ts';
import type { Subject } from './subject.ts';

/** The kinds of faults that are planted. */
export const FAULT_KINDS = [
  'unknown key',
  'misplaced key',
  'misspelt function',
  'wrong arity',
  'unknown dependency',
  'cycle',
  'duplicate name',
  'missing template',
  'missing parameter',
  'unknown parameter',
  'wrong type',
] as const;

/** A kind of fault. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One fault in one file. */
export interface Fault {
  readonly file: string;
  /** The whole file with the fault. */
  readonly text: string;
  /** The line that is wrong. */
  readonly line: number;
  /** What was done, for a report. */
  readonly note: string;
}

/** Plants a fault of a kind at a place that the plan is made of; undefined where the root has no such place. */
export type Planter = (subject: Subject, random: Random) => Promise<Fault | undefined>;

/** The first fault that some candidate takes, tried in a random order. */
export function firstOf<T>(
  candidates: readonly T[],
  random: Random,
  plant: (candidate: T) => Fault | undefined,
): Fault | undefined {
  for (const candidate of random.shuffled(candidates)) {
    const fault = plant(candidate);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
