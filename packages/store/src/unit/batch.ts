import { MAX_ATTEMPTS } from '../limits.ts';

/** How to handle a batch of letters. */
export interface Delivery<L> {
  /** Decides and writes them all, or throws and leaves nothing behind. */
  readonly attempt: (letters: readonly L[]) => void;
  /** Sets a letter aside that failed again and again. */
  readonly park: (letter: L, reason: string) => void;
  /** True when the error is the database's: then no letter is to blame. */
  readonly isTrouble: (error: unknown) => boolean;
}

/**
 * Handles a batch. When it fails, one letter of it is poison: alone, each of the others is handled, and that one
 * fails `MAX_ATTEMPTS` times and is parked (F16).
 */
export function deliver<L>(letters: readonly L[], delivery: Delivery<L>): void {
  const [letter, ...others] = letters;
  if (letter === undefined) return;
  if (others.length === 0) {
    deliverOne(letter, delivery);
    return;
  }
  try {
    delivery.attempt(letters);
  } catch (error) {
    if (delivery.isTrouble(error)) throw error;
    for (const each of letters) deliverOne(each, delivery);
  }
}

function deliverOne<L>(letter: L, { attempt, park, isTrouble }: Delivery<L>): void {
  let reason = '';
  for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
    try {
      attempt([letter]);
      return;
    } catch (error) {
      if (isTrouble(error)) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  park(letter, reason);
}
