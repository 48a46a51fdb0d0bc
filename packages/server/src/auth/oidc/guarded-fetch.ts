import type { CustomFetch, CustomFetchOptions } from 'openid-client';
import type { Outbound, OutboundMethod } from '../../outbound/outbound.ts';
import { SignInRefused } from './refused.ts';

/**
 * Every call to the provider goes the guarded way out (TH5), and follows no redirect: what is sent holds secrets. Where
 * its documents lead to an address that the server may not call, the sign-in ends there.
 */
export function guardedFetch(outbound: Outbound): CustomFetch {
  return async (url, { method, headers, body }) => {
    const text = textOf(body);
    const result = await outbound.send({
      url,
      method: methodOf(method),
      headers,
      follow: false,
      ...(text !== undefined && { body: text }),
    });
    if (result.kind === 'failed') throw new SignInRefused('provider-down', result.message);
    if (result.status >= 500)
      throw new SignInRefused('provider-down', `${new URL(url).host} answered ${result.status}.`);
    return new Response(result.body, { status: result.status, headers: result.headers });
  };
}

function methodOf(method: string): OutboundMethod {
  if (method === 'GET' || method === 'POST') return method;
  throw new TypeError(`A sign-in needs no ${method}.`);
}

function textOf(body: CustomFetchOptions['body']): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof URLSearchParams) return body.toString();
  throw new TypeError('A sign-in sends text only.');
}
