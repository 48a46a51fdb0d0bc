import type { Ask } from '../ask.ts';

/** Aborts when the caller hangs up, so that nobody waits for nobody. */
export function goneSignal({ reply }: Ask): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
