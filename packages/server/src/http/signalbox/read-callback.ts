import type { EnumTable } from '@signalbox/api';
import type { CallerChannel } from '@signalbox/engine';
import { callbackChannel, type Callback } from '../../callers/callback.ts';
import { CALLBACK_SECRET_LEAST } from '../../limits.ts';
import type { Ask } from '../ask.ts';
import { badRequest } from '../problem.ts';
import type { Fields } from '../read/fields.ts';

const SCHEME: EnumTable<Callback['scheme']> = { hmac: 0, bearer: 1 };
const KNOWN = ['url', 'secret', 'scheme'];

/** The `callback` of a lease request, ready to be stored: the secret leaves this function sealed only. */
export function readCallback(ask: Ask, body: Fields): CallerChannel | undefined {
  if (!body.has('callback')) return undefined;
  const fields = body.object('callback');
  const unknown = fields.entries().find(([name]) => !KNOWN.includes(name.toLowerCase()));
  if (unknown !== undefined) throw badRequest(`A callback has no property "${unknown[0].slice(0, 60)}".`);
  const callback = {
    url: readUrl(fields.text('url', 2048) ?? ''),
    secret: readSecret(fields.text('secret', 512) ?? ''),
    scheme: fields.word('scheme', SCHEME) ?? 'hmac',
  };
  return callbackChannel(ask.app.sealer, callback);
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url !== undefined && isWeb && url.username === '' && url.password === '') return url.href;
  throw badRequest('"callback.url" is an http or https address without user and password.');
}

/** Visible ASCII, because it may be sent as a header. */
function readSecret(text: string): string {
  if (text.length >= CALLBACK_SECRET_LEAST && /^[\x21-\x7e]+$/.test(text)) return text;
  throw badRequest(
    `"callback.secret" has at least ${CALLBACK_SECRET_LEAST} characters, letters, digits and signs without spaces.`,
  );
}
