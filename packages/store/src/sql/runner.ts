import type { Instant } from '@signalbox/model';
import { StoreError } from '../errors.ts';
import type { PlanCache } from '../plan-cache.ts';
import type { Builder } from './builder.ts';
import type { Work } from './work.ts';

/** How a port's methods reach a database. */
export interface Runner {
  readonly db: Builder;
  readonly plans: PlanCache;
  clock(): Instant;
  /** Sees what is committed. The work is made by the function because it may have to be done again. */
  read<T>(work: () => Work<T>): Promise<T>;
  /** One transaction; durable when it resolves. */
  write<T>(work: () => Work<T>): Promise<T>;
  /** The same for a change of rows behind the back of those who remember them; they forget. */
  rewrite<T>(work: () => Work<T>): Promise<T>;
  /** True for the violation of a unique constraint. */
  isDuplicate(error: unknown): boolean;
}

/** Turns the violation of a unique name into the refusal that says which. */
export function* named<T>(runner: Runner, what: string, work: Work<T>): Work<T> {
  try {
    return yield* work;
  } catch (error) {
    if (!runner.isDuplicate(error)) throw error;
    throw new StoreError('name-taken', `There is ${what} already. Choose another name.`, { cause: error });
  }
}

/** The row, or the refusal that says what is missing. */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new StoreError('not-found', `There is no ${what}.`);
  return value;
}
