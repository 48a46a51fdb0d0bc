import type { Store, TokenRow } from '@signalbox/store';
import { SESSION_MS } from '../limits.ts';
import { hashOf, newSecret } from './secret.ts';

/** The cookie of browser sessions. */
export const SESSION_COOKIE = 'signalbox_session';

/** Begins a browser's session with the rights of a token; answers the cookie's value. */
export async function beginSession(store: Store, token: TokenRow): Promise<string> {
  const secret = newSecret();
  await store.sessions.create({ hash: hashOf(secret), token: token.id, lasts: SESSION_MS });
  return `${secret}.${token.hash}`;
}

/** Ends the session of a cookie, if there is one. */
export async function endSession(store: Store, cookie: string): Promise<void> {
  await store.sessions.remove(hashOf(cookie.split('.')[0] ?? ''));
}
