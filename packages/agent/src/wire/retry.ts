import type { Millis } from '@signalbox/model';
import type { Clock } from '../clock.ts';
import { RETRY_CEILING_MS, RETRY_FIRST_MS } from '../limits.ts';
import type { Answer } from './answer.ts';

/** The pause before try number `tries + 1`: doubling, with jitter so that many agents do not march in step. */
export function retryPause(tries: number, random: () => number = Math.random): Millis {
  const full = Math.min(RETRY_CEILING_MS, RETRY_FIRST_MS * 2 ** Math.min(tries, 16));
  return full / 2 + (full / 2) * random();
}

/** What a retried request needs besides itself. */
export interface RetryOptions {
  readonly clock: Clock;
  /** Gives up. */
  readonly signal: AbortSignal;
  /** Told about every try that got no answer. */
  readonly onUnreachable?: (message: string, tries: number) => void;
}

/** Asks until there is an answer, whatever it is; undefined when the signal came first. */
export async function untilAnswered<T>(
  ask: () => Promise<Answer<T>>,
  options: RetryOptions,
): Promise<Exclude<Answer<T>, { kind: 'unreachable' }> | undefined> {
  for (let tries = 0; !options.signal.aborted; tries += 1) {
    const answer = await ask();
    if (answer.kind !== 'unreachable') return answer;
    if (options.signal.aborted) break;
    options.onUnreachable?.(answer.message, tries + 1);
    await options.clock.sleep(retryPause(tries), options.signal);
  }
  return undefined;
}
