import fc from 'fast-check';
import { told } from '../history/index.ts';
import { Disproof, prove, type Proof } from './prove.ts';

/** What was found first, and in which history. */
export interface Found {
  readonly broken: string;
  readonly histories: number;
}

/** `hunt`, as a module of another world has it. */
export type Hunt = (how: Proof & { readonly seed: number; readonly most: number }) => Found | undefined;

/**
 * Looks for a history that breaks something, without shrinking it; undefined after so many that do not.
 * @public The mutants' test imports it into a world of modules of its own.
 */
export function hunt(how: Proof & { readonly seed: number; readonly most: number }): Found | undefined {
  const BATCH = 25;
  for (let histories = 0; histories < how.most; histories += BATCH) {
    const some = fc.sample(told({ steps: 300, hard: true }), { numRuns: BATCH, seed: how.seed + histories });
    for (const [index, history] of some.entries()) {
      const broken = disproofOf(() => prove(history, how));
      if (broken !== undefined) return { broken, histories: histories + index + 1 };
    }
  }
  return undefined;
}

function disproofOf(what: () => void): string | undefined {
  try {
    what();
    return undefined;
  } catch (error) {
    // Another kind of error is caught, too: the broken engine stumbled over itself.
    return error instanceof Disproof ? String(error.broken[0]) : `error: ${String(error)}`;
  }
}
