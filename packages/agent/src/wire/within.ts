import { ApiError } from '@signalbox/api';
import type { Millis } from '@signalbox/model';
import { REQUEST_TIMEOUT_MS } from '../limits.ts';
import { isFinal, type Answer } from './answer.ts';

/** How long a call may take, and what ends it early. */
export interface CallOptions {
  readonly timeoutMs?: Millis;
  readonly signal?: AbortSignal;
}

/** One call with its time limit, as an answer. */
export async function within<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { timeoutMs = REQUEST_TIMEOUT_MS, signal }: CallOptions = {},
): Promise<Answer<T>> {
  // By hand and not with AbortSignal.any: Node 20 keeps every derived signal as long as its source lives.
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const timer = setTimeout(end, timeoutMs);
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted === true) end();
  try {
    return { kind: 'ok', value: await ask(ending.signal) };
  } catch (error) {
    return failedAnswer(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

function failedAnswer(error: unknown): Answer<never> {
  if (!(error instanceof Error)) return { kind: 'unreachable', message: String(error) };
  if (error instanceof ApiError && isFinal(error.status)) {
    return { kind: 'refused', status: error.status, message: error.message };
  }
  // `fetch` says only "fetch failed"; the reason is the innermost cause.
  let cause: Error = error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return { kind: 'unreachable', message: `${cause.message}${hintOf(cause)}` };
}

/** Certificates that Node does not trust are the likeliest mistake of an agent on another machine. */
function hintOf(cause: Error): string {
  const code = 'code' in cause ? String(cause.code) : '';
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)
    ? ' (name the authority of the server with --ca)'
    : '';
}
