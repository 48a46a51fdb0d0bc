import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { OUTBOUND_ANSWER_BYTES } from '../limits.ts';
import { failed, type OutboundRequest, type OutboundResult } from './outbound.ts';

/** One request to addresses that were checked; a redirect is an answer like any other. */
export async function exchange(
  url: URL,
  request: Pick<OutboundRequest, 'method' | 'headers' | 'body'>,
  { addresses, signal }: { readonly addresses: readonly string[]; readonly signal: AbortSignal },
): Promise<OutboundResult> {
  const { headers = {}, method, body } = request;
  const options: RequestOptions = {
    method,
    // A connection of its own: one that is kept could lead to an address that was never checked.
    agent: false,
    lookup: pinned(addresses),
    // Whatever is said about compression, what arrives is what is counted.
    headers: { 'user-agent': 'signalbox', ...headers, 'accept-encoding': 'identity', connection: 'close' },
    maxHeaderSize: 16 * 1024,
    signal,
  };
  try {
    const call = url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
    const answer = await answerOf(call, body);
    return await read(answer);
  } catch (error) {
    return failureOf(error, url, signal);
  }
}

/** Answers each question for an address with those that were checked: nobody looks the name up again. */
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, found) => {
    const [first] = all;
    if (options.all) found(null, all);
    else if (first !== undefined) found(null, first.address, first.family);
  };
}

function answerOf(call: ClientRequest, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    call.once('response', resolve);
    call.on('error', reject);
    call.end(body);
  });
}

async function read(answer: IncomingMessage): Promise<OutboundResult> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > OUTBOUND_ANSWER_BYTES)
      return failed('answer-too-large', `The answer is larger than ${OUTBOUND_ANSWER_BYTES} bytes.`);
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    kind: 'answered',
    status: answer.statusCode ?? 0,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function failureOf(error: unknown, { host }: URL, signal: AbortSignal): OutboundResult {
  if (signal.aborted) return ended(signal, host);
  // Texts of certificates and sockets name the host and the cause, and nothing that was sent.
  const cause = error instanceof Error ? error.message || ('code' in error ? String(error.code) : '') : '';
  return failed('unreachable', `${host} could not be reached: ${cause || 'the connection failed'}.`);
}

/** A call that was ended from here: its time was over, or the server stops. */
export function ended(signal: AbortSignal, host: string): OutboundResult & { readonly kind: 'failed' } {
  const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return isLate
    ? failed('timed-out', `${host} did not answer in time.`)
    : failed('stopped', `The call to ${host} was given up, because the server stops.`);
}
