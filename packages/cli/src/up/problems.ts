import { KeyError, ListenError, WeakTokenError } from '@signalbox/server';
import { StoreError } from '@signalbox/store';
import { EXIT, CliError } from '../exit-codes.ts';

/** Runs a part of the start; what a user can mend is told in one sentence, with the exit code for it. */
export async function inOneSentence<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof StoreError || error instanceof ListenError || error instanceof KeyError)
      throw new CliError(EXIT.environment, error.message);
    if (error instanceof WeakTokenError) throw new CliError(EXIT.usage, error.message);
    throw error;
  }
}
