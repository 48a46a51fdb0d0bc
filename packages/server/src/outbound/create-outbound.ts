import type { InProcessFetch } from '../in-process-fetch.ts';
import { OUTBOUND_MS, OUTBOUND_REDIRECTS, URL_BYTES } from '../limits.ts';
import { ended, exchange } from './exchange.ts';
import { failed, type Outbound, type OutboundRequest, type OutboundResult } from './outbound.ts';
import { redirected } from './redirect.ts';
import { checkedAddresses, type OutboundRules } from './resolve.ts';

/** What a way out is made of. */
export interface OutboundOptions extends OutboundRules {
  /** Calls to these origins never leave the process: they go through the ordinary routes and guards. */
  readonly own: { origins(): readonly string[]; readonly fetch: InProcessFetch };
}

type Failed = OutboundResult & { readonly kind: 'failed' };
type Answered = OutboundResult & { readonly kind: 'answered' };

/** The guarded way out (TH5). */
export function createOutbound(options: OutboundOptions): Outbound {
  const stopped = new AbortController();
  return {
    async send(request) {
      const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(request.timeoutMs ?? OUTBOUND_MS)]);
      return follow(request, { options, signal });
    },
    check: async (url) => {
      const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(OUTBOUND_MS)]);
      return (await unlessAborted(checkedAddresses(url, options), signal)) ?? ended(signal, url.host);
    },
    stop: () => stopped.abort(),
  };
}

interface Call {
  readonly options: OutboundOptions;
  readonly signal: AbortSignal;
}

/** Each redirect is a new call with a check of its own. */
async function follow(first: OutboundRequest, call: Call): Promise<OutboundResult> {
  let request = first;
  for (let hops = 0; hops <= OUTBOUND_REDIRECTS; hops += 1) {
    const url = readUrl(request.url);
    if (!(url instanceof URL)) return url;
    const answer = await sendOne(url, request, call);
    if (answer.kind === 'failed' || request.follow === false) return answer;
    const next = redirected(url, request, answer);
    if (next === undefined) return answer;
    if ('kind' in next) return next;
    request = next;
  }
  return failed('redirect-refused', `There were more than ${OUTBOUND_REDIRECTS} redirects.`);
}

function readUrl(text: string): URL | Failed {
  const url = text.length <= URL_BYTES && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return failed('url-invalid', 'The address is no http or https URL.');
  if (url.username !== '' || url.password !== '')
    return failed('url-invalid', 'The address holds a user or password; send them as a header.');
  return url;
}

async function sendOne(url: URL, request: OutboundRequest, call: Call): Promise<Answered | Failed> {
  const { options, signal } = call;
  if (options.own.origins().includes(url.origin)) return inside(url, request, call);
  const checked = await unlessAborted(checkedAddresses(url, options), signal);
  if (checked === undefined) return ended(signal, url.host);
  if (checked.kind === 'failed') return checked;
  return exchange(url, request, { addresses: checked.addresses, signal });
}

/** The system's resolver cannot be interrupted; nobody waits for it any longer than for the call. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  let abort = (): void => undefined;
  const aborted = new Promise<undefined>((done) => {
    abort = () => done(undefined);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function inside(
  url: URL,
  { method, headers, body }: OutboundRequest,
  { options, signal }: Call,
): Promise<Answered | Failed> {
  try {
    const init = { method, headers: { ...headers }, signal, ...(body !== undefined && { body }) };
    const answer = await options.own.fetch(url.href, init);
    const told = Object.fromEntries(answer.headers.entries());
    return { kind: 'answered', status: answer.status, headers: told, body: await answer.text() };
  } catch (error) {
    if (signal.aborted) return ended(signal, url.host);
    return failed('unreachable', error instanceof Error ? error.message : 'The request is not understood.');
  }
}
