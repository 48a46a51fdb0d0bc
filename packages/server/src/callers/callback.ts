import { createHash, createHmac } from 'node:crypto';
import type { CallbackBody } from '@signalbox/api';
import type { CallerChannel, CallerNews } from '@signalbox/engine';
import type { Sealer } from '../auth/sealer.ts';
import type { OutboundRequest } from '../outbound/outbound.ts';

/** Where a caller wants to be called, and how the call proves that it comes from this server. */
export interface Callback {
  readonly url: string;
  readonly secret: string;
  /** `hmac`: the secret signs; `bearer`: it is sent as a token. */
  readonly scheme: 'hmac' | 'bearer';
}

/** The channel of a callback. The path of an address may be a secret, so it is not shown. */
export function callbackChannel(sealer: Sealer, callback: Callback): CallerChannel {
  const { origin } = new URL(callback.url);
  const id = createHash('sha256').update(callback.url).digest('hex').slice(0, 32);
  return { kind: 'callback', id, shown: `${origin}/…`, sealed: sealer.seal(JSON.stringify(callback)) };
}

/** The callback of a channel; undefined when it was sealed with another key than this server has. */
export function openCallback(sealer: Sealer, { sealed }: CallerChannel): Callback | undefined {
  const text = sealer.open(sealed);
  return text.startsWith('{"') ? (JSON.parse(text) as Callback) : undefined;
}

/**
 * The call itself. The signature covers the time, so that a captured call cannot be sent again later (TH17);
 * `delivery` is the same for each try.
 */
export function callbackRequest(
  { url, secret, scheme }: Callback,
  what: {
    readonly delivery: string;
    readonly news: CallerNews;
    readonly body: CallbackBody;
    readonly at: number;
  },
): OutboundRequest {
  const body = JSON.stringify(what.body);
  const timestamp = String(Math.floor(what.at / 1000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return {
    method: 'POST',
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'x-signalbox-event': `lease.${what.news}`,
      'x-signalbox-delivery': createHash('sha256').update(what.delivery).digest('hex').slice(0, 32),
      'x-signalbox-timestamp': timestamp,
      ...(scheme === 'bearer'
        ? { authorization: `Bearer ${secret}` }
        : { 'x-signalbox-signature': `sha256=${signature}` }),
    },
  };
}
