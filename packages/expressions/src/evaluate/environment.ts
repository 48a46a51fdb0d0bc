import type { CounterProvider, StatusView } from '../functions/context.ts';
import type { Value } from '../values/value.ts';
import type { Effort } from './effort.ts';

/** What an expression is evaluated against. */
export interface Environment {
  /** The named values, spelled as in the place or loop that declares them: `variables`, `stageDependencies`, … */
  readonly values: ReadonlyMap<string, Value>;
  /** What may still be looked at, shared by all evaluations that get it; absent: a full allowance for each. */
  readonly effort?: Effort;
  /** For conditions: what status functions look at. */
  readonly status?: StatusView;
  /** For variables: where `counter` gets its numbers. */
  readonly counter?: CounterProvider;
}
