import type { Instant } from '@signalbox/model';
import type { Store, TokenRow, UserRow } from '@signalbox/store';
import { SESSION_MS } from '../limits.ts';
import { hashOf, newSecret } from './secret.ts';
import { SESSION_SCOPE } from './token-scope.ts';

/** The cookie of browser sessions. */
export const SESSION_COOKIE = 'signalbox_session';

/** Begins a browser's session with the rights of a token; answers the cookie's value. */
export async function beginSession(store: Store, token: TokenRow): Promise<string> {
  const secret = newSecret();
  await store.sessions.create({ hash: hashOf(secret), token: token.id, lasts: SESSION_MS });
  return `${secret}.${token.hash}`;
}

/** Begins a session of a user who showed no token of ours: an issuer signed him in. */
export async function beginUserSession(store: Store, user: UserRow, now: Instant): Promise<string> {
  // The secret goes nowhere: the row is the ground that the session stands on.
  const hash = hashOf(newSecret());
  const grounds = { hash, name: user.name, scope: SESSION_SCOPE, user: user.id };
  return beginSession(store, await store.tokens.create({ ...grounds, expiresAt: now + SESSION_MS }));
}

/** Ends the session of a cookie, if there is one. */
export async function endSession(store: Store, cookie: string): Promise<void> {
  const hash = hashOf(cookie.split('.')[0] ?? '');
  const session = await store.sessions.find(hash);
  await store.sessions.remove(hash);
  const token = session && (await store.tokens.get(session.token));
  if (token?.scope === SESSION_SCOPE) await store.tokens.revoke(token.id);
}
