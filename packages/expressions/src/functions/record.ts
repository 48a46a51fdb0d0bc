import type { NodeResult } from '@signalbox/model';
import type { Failure } from '../errors.ts';
import type { Value } from '../values/value.ts';
import type { FunctionContext } from './context.ts';

/** Which places offer a function; `place.ts` says which groups are legal where (4.6). */
export type FunctionGroup = 'general' | 'counter' | 'status' | 'criteria';

/** A value, or why there is none. */
export type Outcome = Value | Failure;

/** An argument that is evaluated when it is called for. */
export type LazyArgument = () => Outcome;

/** What every function says about itself; the parser, the editor help and the reference page read it. */
export interface FunctionSignature {
  readonly name: string;
  readonly group: FunctionGroup;
  readonly minArgs: number;
  readonly maxArgs: number;
  /** Markdown: first the form of the call, then what it gives. */
  readonly description: string;
  /** At least one; a test evaluates them all. */
  readonly examples: readonly FunctionExample[];
}

/** A call and what it gives, as text. */
export interface FunctionExample {
  readonly call: string;
  readonly result: string;
  readonly given?: ExampleData;
}

/** What an example reads besides its own literals. */
export interface ExampleData {
  /** Plain data by the name of the parameter. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The response that a check has got. */
  readonly root?: unknown;
  /** Results of the dependencies of a stage or job. */
  readonly results?: Readonly<Record<string, NodeResult>>;
  /** Earlier runs that used the prefix of a counter. */
  readonly earlierRuns?: number;
}

/** A function of evaluated, known arguments; an unknown one makes the result unknown without a call. */
export interface StrictFunction extends FunctionSignature {
  readonly call: (args: readonly Value[], context: FunctionContext) => Outcome;
}

/** A function that decides which arguments it evaluates and what an unknown one means (REC-124). */
export interface LazyFunction extends FunctionSignature {
  readonly callLazy: (args: readonly LazyArgument[]) => Outcome;
}

/** A function of the language. */
export type FunctionRecord = StrictFunction | LazyFunction;

/** `maxArgs` of a function that takes any number. */
export const ANY_NUMBER: number = Number.POSITIVE_INFINITY;
