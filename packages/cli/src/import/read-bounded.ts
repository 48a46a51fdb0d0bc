import type { FetchResponse } from '@signalbox/api';
import { RemoteProblem } from './remote-problem.ts';

/** Bytes that one answer may have. */
const ANSWER_BYTES = 64 * 1024 * 1024;

/** The text of an answer; a `RemoteProblem` when it is larger than 64 MiB, or breaks off. */
export async function readBounded(response: FetchResponse): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return [...parts, decoder.decode()].join('');
      bytes += value?.byteLength ?? 0;
      if (bytes > ANSWER_BYTES) break;
      parts.push(decoder.decode(value, { stream: true }));
    }
  } catch (cause) {
    throw new RemoteProblem('silent', 'The answer broke off.', { cause });
  }
  await reader.cancel();
  throw new RemoteProblem('too-large', `An answer is larger than ${ANSWER_BYTES / 1024 / 1024} MiB.`);
}
