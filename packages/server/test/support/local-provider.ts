import { createServer, type RequestListener } from 'node:http';
import Provider from 'oidc-provider';

/** A provider of OpenID Connect on this machine; its sign-in page takes any name and password. */
export interface LocalProvider {
  readonly issuer: URL;
  /** Makes the client known to it, with the one address that browsers are sent back to. */
  serve(callback: string): void;
  /** What it says of a subject from now on. */
  say(subject: string, claims: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

export const CLIENT_ID = 'signalbox';
export const CLIENT_SECRET = 'a-secret-of-the-client-for-tests-only';

const CLAIMS = ['preferred_username', 'name', 'email', 'email_verified', 'groups'];

/** Starts the real thing (`oidc-provider`) on a free port. */
export async function localProvider({ atUserInfo = false } = {}): Promise<LocalProvider> {
  const known = new Map<string, Readonly<Record<string, unknown>>>();
  let answer: RequestListener = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const issuer = new URL(`http://127.0.0.1:${address.port}`);
  return {
    issuer,
    serve(callback) {
      const provider = new Provider(issuer.origin, {
        clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [callback] }],
        // Some providers put what they know into the ID token, others want to be asked for it.
        conformIdTokenClaims: atUserInfo,
        claims: { openid: ['sub'], profile: CLAIMS },
        pkce: { required: () => true },
        cookies: { keys: ['for-tests'] },
        findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...known.get(sub) }) }),
      });
      const listener = provider.callback();
      answer = (request, response) => void listener(request, response);
    },
    say: (subject, claims) => void known.set(subject, claims),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Where a browser ends up that follows the provider from `start` to the way back: signs in and consents, or aborts. */
export async function throughProvider(
  start: string,
  { login, abort = false }: { readonly login: string; readonly abort?: boolean },
): Promise<URL> {
  const jar = new Map<string, string>();
  let url = new URL(start);
  const { origin } = url;
  let form: string | undefined;
  for (let steps = 0; steps < 20; steps += 1) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    form = undefined;
    const location = response.headers.get('location');
    if (location !== null) {
      url = new URL(location, url);
      if (url.origin !== origin) return url;
      continue;
    }
    const page = await response.text();
    if (!url.pathname.startsWith('/interaction/')) throw new Error(`${url.pathname}: ${page.slice(0, 300)}`);
    if (abort) url = new URL(`${url.pathname}/abort`, url);
    else form = page.includes('name="login"') ? `prompt=login&login=${login}&password=x` : 'prompt=consent';
  }
  throw new Error('The provider leads nowhere.');
}
