import { failed, type OutboundRequest, type OutboundResult } from './outbound.ts';

const SAFE: readonly string[] = ['GET', 'HEAD'];
// All that another origin than the one that was meant gets: any other header may prove who we are.
const HARMLESS: readonly string[] = ['accept', 'content-type'];

/**
 * The request that a redirect leads to; undefined when the answer is none. Only 307 and 308 repeat a request that
 * changes something: the others would make a GET of it, which says nothing to the other side. From `https` to `http`
 * nobody is led.
 */
export function redirected(
  from: URL,
  request: OutboundRequest,
  { status, headers }: OutboundResult & { readonly kind: 'answered' },
): OutboundRequest | (OutboundResult & { readonly kind: 'failed' }) | undefined {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  if (!SAFE.includes(request.method) && status !== 307 && status !== 308)
    return failed('redirect-refused', `${from.host} redirects a ${request.method} with ${status}.`);
  if (!URL.canParse(location, from.href))
    return failed('redirect-refused', `${from.host} redirects to no URL.`);
  const to = new URL(location, from);
  if (from.protocol === 'https:' && to.protocol !== 'https:')
    return failed('redirect-refused', `${from.host} redirects from https to ${to.protocol.slice(0, -1)}.`);
  const kept = Object.entries(request.headers ?? {}).filter(
    ([name]) => to.origin === from.origin || HARMLESS.includes(name.toLowerCase()),
  );
  return { ...request, url: to.href, headers: Object.fromEntries(kept) };
}
