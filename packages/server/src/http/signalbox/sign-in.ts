import type { TokenRow } from '@signalbox/store';
import { beginSession, endSession, SESSION_COOKIE } from '../../auth/sessions.ts';
import { hashOf } from '../../auth/secret.ts';
import { SESSION_MS } from '../../limits.ts';
import { isUsable, ownerOf } from '../../auth/users.ts';
import type { Ask, Handlers } from '../ask.ts';
import { forbidden, Problem } from '../problem.ts';
import { checkSameOrigin } from '../guard/same-origin.ts';
import { unauthorized } from '../guard/admit.ts';

/** Signing in and out of the browser. */
export const signInHandlers: Handlers<'signInWithCode' | 'signInWithToken' | 'signOut'> = {
  signInWithCode: async (ask) => withCode(ask),
  signInWithToken: async (ask) => withToken(ask),
  signOut: async (ask) => signOut(ask),
};

/** A good code becomes a session; any other leads to the form, which asks for a token. */
async function withCode(ask: Ask): Promise<undefined> {
  const code = ask.query.text('code');
  const id = code === undefined ? undefined : await ask.app.store.sessions.redeemCode(hashOf(code));
  const token = id === undefined ? undefined : await ask.app.store.tokens.get(id);
  const isGood = token !== undefined && (await isOfActiveUser(ask, token));
  if (isGood) await startSession(ask, token);
  await ask.reply
    .header('cache-control', 'no-store')
    .redirect(isGood || code === undefined ? '/' : '/?signin=expired', 303);
  return undefined;
}

async function withToken(ask: Ask): Promise<undefined> {
  const { app, request } = ask;
  checkSameOrigin(request);
  const wait = app.failedLogins.blockedFor(request.ip, ask.now);
  if (wait !== undefined) {
    throw new Problem(
      429,
      'TooManyFailedSignInsException',
      `Too many wrong tokens. Try again in ${wait} seconds.`,
      {
        headers: { 'retry-after': String(wait) },
      },
    );
  }
  const secret = ask.body().text('token', 512) ?? '';
  const token = await app.store.tokens.find(hashOf(secret.trim()));
  if (token === undefined || !isUsable(token, ask.now)) {
    app.failedLogins.failed(request.ip, ask.now);
    throw unauthorized(app, 'The token is not known, has expired, or was revoked.');
  }
  if (!(await isOfActiveUser(ask, token)))
    throw forbidden('This token is not for people, or its user is disabled.');
  await startSession(ask, token);
  await ask.reply.code(204).send();
  return undefined;
}

async function isOfActiveUser({ app, now }: Ask, token: TokenRow): Promise<boolean> {
  return isUsable(token, now) && (await ownerOf(app.store, token, now))?.active === true;
}

/** Begins a session of the browser with the rights of a token. */
export async function startSession({ app, reply }: Ask, token: TokenRow): Promise<void> {
  const value = await beginSession(app.store, token);
  void reply.setCookie(SESSION_COOKIE, value, {
    path: '/',
    httpOnly: true,
    // Strict works: the page itself is public, and its own requests come from this site.
    sameSite: 'strict',
    secure: app.secureCookies,
    maxAge: SESSION_MS / 1000,
  });
}

async function signOut(ask: Ask): Promise<undefined> {
  checkSameOrigin(ask.request);
  const cookie = ask.request.cookies[SESSION_COOKIE];
  if (cookie !== undefined) await endSession(ask.app.store, cookie);
  await ask.reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send();
  return undefined;
}
