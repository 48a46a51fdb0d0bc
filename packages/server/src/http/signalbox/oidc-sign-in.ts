import type { SignInRefusal } from '@signalbox/api';
import { browserToken } from '../../auth/browser-token.ts';
import { admitIdentity } from '../../auth/oidc/admit-identity.ts';
import { openAttempt, returnPath, sealAttempt, type Attempt } from '../../auth/oidc/attempt.ts';
import type { OidcProvider } from '../../auth/oidc/provider.ts';
import { SignInRefused } from '../../auth/oidc/refused.ts';
import { OIDC_ATTEMPT_MS } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { LOOPBACK_HOSTS } from '../guard/host.ts';
import { startSession } from './sign-in.ts';

/** Where a sign-in at the provider begins. */
export const OIDC_PATH = '/signin/oidc';

// What is too long is none of ours, and is told on the page, not as an error of the API.
const LONGEST_QUERY = 16_384;

/** Signing in at a provider: there, and back. */
export const oidcSignInHandlers: Handlers<'beginOidcSignIn' | 'finishOidcSignIn'> = {
  beginOidcSignIn: async (ask) => answered(ask, begin),
  finishOidcSignIn: async (ask) => answered(ask, finish),
};

/** Whatever comes of it, the browser is sent on: to the provider, to a page, or to the form, which says why. */
async function answered(
  ask: Ask,
  step: (ask: Ask, oidc: OidcProvider) => Promise<string>,
): Promise<undefined> {
  const { app, reply } = ask;
  void reply.header('cache-control', 'no-store');
  const to = app.oidc === undefined ? formWith('oidc-off') : await orForm(ask, step(ask, app.oidc));
  await reply.redirect(to, 303);
  return undefined;
}

async function orForm({ app }: Ask, step: Promise<string>): Promise<string> {
  try {
    return await step;
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    app.logger.warn({ code: error.code, detail: error.detail }, 'sign-in-refused');
    return formWith(error.code);
  }
}

function formWith(code: SignInRefusal): string {
  return `/?signin=${code}`;
}

async function begin(ask: Ask, oidc: OidcProvider): Promise<string> {
  const to = returnPath(ask.query.text('to', LONGEST_QUERY));
  const here = ask.request.headers.host ?? '';
  const { host, origin } = oidc.callback();
  // The cookie must be where the provider sends the browser back to: `localhost` and `127.0.0.1` have each their own.
  if (here !== host && isLoopback(here) && isLoopback(host))
    return `${origin}${OIDC_PATH}?to=${encodeURIComponent(to)}`;
  const { url, attempt } = await oidc.begin(to);
  keep(ask, sealAttempt(ask.app.sealer, attempt));
  return url.href;
}

function isLoopback(host: string): boolean {
  return LOOPBACK_HOSTS.includes(host.toLowerCase().replace(/:\d+$/, ''));
}

async function finish(ask: Ask, oidc: OidcProvider): Promise<string> {
  const { app, now } = ask;
  const attempt = attemptOf(ask);
  forget(ask);
  const query = (ask.request.raw.url ?? '').split('?').slice(1).join('?');
  const who = await oidc.finish(query, attempt);
  const user = await admitIdentity(app.store, who, oidc.settings);
  await startSession(ask, await browserToken(app.store, user, now));
  app.logger.info({ user: user.name, issuer: who.issuer }, 'signed-in');
  return attempt.to;
}

/**
 * The attempt that this answer belongs to. Without one, somebody else's answer was slipped in here: the browser would
 * act as that somebody from now on, without its user knowing (login CSRF).
 */
function attemptOf({ app, request, query, now }: Ask): Attempt {
  const attempt = openAttempt(app.sealer, request.cookies[cookieOf(app)] ?? '');
  if (attempt === undefined) throw new SignInRefused('not-begun', 'There is no cookie of an attempt.');
  if (query.text('state', LONGEST_QUERY) !== attempt.state)
    throw new SignInRefused('not-begun', 'The state is not the one of the attempt.');
  if (now > attempt.begunAt + OIDC_ATTEMPT_MS)
    throw new SignInRefused('too-late', 'The attempt was begun more than ten minutes ago.');
  return attempt;
}

/** With that prefix, browsers take the cookie from this very host and over `https` only. */
function cookieOf({ secureCookies }: Ask['app']): string {
  return secureCookies ? '__Host-signalbox_oidc' : 'signalbox_oidc';
}

// Lax: the way back begins at the provider, and a strict cookie would stay at home.
function keep({ app, reply }: Ask, value: string): void {
  void reply.setCookie(cookieOf(app), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: app.secureCookies,
    maxAge: OIDC_ATTEMPT_MS / 1000,
  });
}

/** Each attempt has one answer. */
function forget({ app, reply }: Ask): void {
  void reply.clearCookie(cookieOf(app), { path: '/', secure: app.secureCookies });
}
