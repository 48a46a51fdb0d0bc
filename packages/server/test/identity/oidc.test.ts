import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OidcSettings } from '../../src/index.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  localProvider,
  throughProvider,
  type LocalProvider,
} from '../support/local-provider.ts';
import { ADMIN, testServer, type TestServer } from '../support/test-server.ts';

const OURS = { 'x-signalbox-request': '1', 'content-type': 'application/json' };

function settingsOf(issuer: URL, more: Partial<OidcSettings> = {}): OidcSettings {
  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    label: 'Contoso',
    scopes: ['openid', 'profile', 'email'],
    nameClaim: 'preferred_username',
    groupsClaim: 'groups',
    allowedDomains: [],
    allowedGroups: [],
    groups: [],
    ...more,
  };
}

/** A browser that keeps the cookies of the server. */
function browser(box: TestServer) {
  const jar = new Map<string, string>();
  const { host } = new URL(box.server.url);
  return {
    jar,
    /** Where a page of the server leads to. */
    async open(path: string): Promise<string> {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await box.call('GET', `/${path}`, { token: undefined, headers: { host, cookie } });
      expect(response.statusCode, response.body).toBe(303);
      for (const { name, value } of response.cookies)
        if (value === '') jar.delete(name);
        else jar.set(name, encodeURIComponent(value));
      return String(response.headers.location);
    },
    /** The answer of an API route. */
    async ask(method: string, path: string, body?: unknown) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      return box.call(method, path, {
        token: undefined,
        headers: { ...OURS, cookie },
        ...(body !== undefined && { body }),
      });
    },
  };
}

const pathOf = ({ pathname, search }: URL): string => `${pathname}${search}`;

describe('signing in at a provider', () => {
  let provider: LocalProvider;
  let box: TestServer;
  const clock = { ahead: 0 };

  beforeAll(async () => {
    provider = await localProvider();
    box = await testServer({
      clock: () => Date.now() + clock.ahead,
      oidc: settingsOf(provider.issuer, {
        groups: [
          { theirs: '/deployers', ours: 'ops' },
          { theirs: '/leads', ours: 'leads' },
        ],
      }),
    });
    provider.serve(`${box.server.url}/signin/oidc/callback`);
    for (const name of ['ops', 'leads', 'others'])
      await box.json('PUT', `/_apis/signalbox/groups/${name}`, { members: [] });
  });

  afterAll(async () => {
    await box.close();
    await provider.close();
  });

  const signIn = async (login: string, to = '/') => {
    const page = browser(box);
    const there = await page.open(`/signin/oidc?to=${encodeURIComponent(to)}`);
    const back = await throughProvider(there, { login });
    return { page, back, landed: await page.open(pathOf(back)) };
  };

  it('is offered to the page', async () => {
    const config = await box.call('GET', '//_signalbox/config.json', { token: undefined });
    expect(config.json()).toEqual({
      organization: 'default',
      signIn: { label: 'Contoso', url: '/signin/oidc' },
    });
  });

  it('makes a user who may do nothing, and opens the page that was asked for', async () => {
    provider.say('s-1', {
      preferred_username: 'ann',
      name: 'Ann Lee',
      email: 'ann@example.com',
      email_verified: true,
    });
    const { page, landed } = await signIn('s-1', '/default/Shop/runs?x=1');
    expect(landed).toBe('/default/Shop/runs?x=1');
    expect([...page.jar.keys()]).toEqual(['signalbox_session']);
    const me = (await page.ask('GET', '/_apis/signalbox/me')).json();
    expect(me).toMatchObject({ name: 'ann', displayName: 'Ann Lee', role: 'member', session: true });
    expect(await box.store.users.find('ann')).toMatchObject({
      issuer: provider.issuer.origin,
      subject: 's-1',
      mail: 'ann@example.com',
      kind: 'person',
    });
  });

  it('knows a user again by the subject, whatever else changed, and follows how he is shown', async () => {
    provider.say('s-1', {
      preferred_username: 'anna',
      name: 'Ann Smith',
      email: 'as@example.com',
      email_verified: true,
    });
    const { page } = await signIn('s-1');
    const me = (await page.ask('GET', '/_apis/signalbox/me')).json();
    expect(me).toMatchObject({ name: 'ann', displayName: 'Ann Smith' });
    expect(await box.store.users.find('anna')).toBeUndefined();
    expect((await box.store.users.find('ann'))?.mail).toBe('as@example.com');
  });

  it('takes nobody for somebody else who has the same name or address', async () => {
    provider.say('s-2', { preferred_username: 'ANN', email: 'as@example.com', email_verified: true });
    const { page, landed } = await signIn('s-2');
    expect(landed).toBe('/?signin=name-taken');
    expect([...page.jar.keys()]).toEqual([]);
    provider.say('s-3', { preferred_username: 'administrator' });
    expect((await signIn('s-3')).landed).toBe('/?signin=name-taken');
  });

  it('keeps an address only when the provider made sure of it', async () => {
    provider.say('s-4', { preferred_username: 'dan', email: 'boss@example.com', email_verified: false });
    await signIn('s-4');
    expect((await box.store.users.find('dan'))?.mail).toBe('');
  });

  it('puts into mapped groups, takes out of them, and leaves the others alone', async () => {
    await box.json('PUT', '/_apis/signalbox/groups/others', { members: ['bob'] });
    provider.say('s-5', { preferred_username: 'bob', groups: ['/deployers', 'others', 'leads'] });
    await signIn('s-5');
    expect(await box.store.groups.of('bob')).toEqual(['ops', 'others']);
    provider.say('s-5', { preferred_username: 'bob', groups: ['/leads'] });
    await signIn('s-5');
    expect(await box.store.groups.of('bob')).toEqual(['leads', 'others']);
    provider.say('s-5', { preferred_username: 'bob' });
    await signIn('s-5');
    expect(await box.store.groups.of('bob')).toEqual(['others']);
  });

  it('refuses a disabled user, and ends the sessions that he has', async () => {
    provider.say('s-6', { preferred_username: 'cy' });
    const { page } = await signIn('s-6');
    expect((await page.ask('GET', '/_apis/signalbox/me')).statusCode).toBe(200);
    await box.json('PATCH', '/_apis/signalbox/users/cy', { active: false });
    expect((await page.ask('GET', '/_apis/signalbox/me')).statusCode).toBe(401);
    expect((await signIn('s-6')).landed).toBe('/?signin=user-disabled');
  });

  it('lists one token for all sessions of a user; revoking it ends them, and nobody can use it otherwise', async () => {
    provider.say('s-7', { preferred_username: 'eve' });
    const first = await signIn('s-7');
    const second = await signIn('s-7');
    const { value } = await box.json<{ value: { id: number; user?: string; name: string }[] }>(
      'GET',
      '/_apis/signalbox/tokens',
    );
    const mine = value.filter(({ user }) => user === 'eve');
    expect(mine).toMatchObject([{ name: 'sign-in in the browser', role: 'personal', scopes: ['full'] }]);
    await box.json('DELETE', `/_apis/signalbox/tokens/${mine[0]?.id}`);
    for (const { page } of [first, second])
      expect((await page.ask('GET', '/_apis/signalbox/me')).statusCode).toBe(401);
    expect((await (await signIn('s-7')).page.ask('GET', '/_apis/signalbox/me')).statusCode).toBe(200);
  });

  it('lets a person make a token of his own, and sign out', async () => {
    provider.say('s-8', { preferred_username: 'fay' });
    const { page } = await signIn('s-8');
    const made = await page.ask('POST', '/_apis/signalbox/tokens', {
      name: 'cli',
      scopes: ['full'],
      expiresInDays: 90,
    });
    expect(made.statusCode, made.body).toBe(200);
    const { secret } = made.json<{ secret: string }>();
    const me = await box.call('GET', '/_apis/signalbox/me', { token: secret });
    expect(me.json()).toMatchObject({ name: 'fay', session: false });
    await page.ask('POST', '//signout', {});
    expect((await page.ask('GET', '/_apis/signalbox/me')).statusCode).toBe(401);
  });

  it('is refused when the same answer comes again, with its cookie and without', async () => {
    provider.say('s-9', { preferred_username: 'gus' });
    const page = browser(box);
    const back = await throughProvider(await page.open('/signin/oidc'), { login: 's-9' });
    const cookie = page.jar.get('signalbox_oidc')!;
    expect(await page.open(pathOf(back))).toBe('/');
    expect(await page.open(pathOf(back))).toBe('/?signin=not-begun');
    page.jar.set('signalbox_oidc', cookie);
    expect(await page.open(pathOf(back))).toBe('/?signin=not-begun');
  });

  it("is refused in another browser than it was begun in: a stranger's answer signs nobody in", async () => {
    provider.say('mallory', { preferred_username: 'mallory' });
    const attacker = browser(box);
    const back = await throughProvider(await attacker.open('/signin/oidc'), { login: 'mallory' });
    const victim = browser(box);
    expect(await victim.open(pathOf(back))).toBe('/?signin=not-begun');
    await victim.open('/signin/oidc');
    expect(await victim.open(pathOf(back))).toBe('/?signin=not-begun');
    expect(victim.jar.has('signalbox_session')).toBe(false);
  });

  it('takes no cookie that this server did not seal', async () => {
    const page = browser(box);
    await page.open('/signin/oidc');
    const sealed = decodeURIComponent(page.jar.get('signalbox_oidc')!);
    const forged = {
      kind: 'oidc-attempt',
      state: 's',
      nonce: 'n',
      verifier: 'v',
      to: '/',
      begunAt: Date.now(),
    };
    const around = `${JSON.stringify(forged).slice(0, -1)},"z":${sealed}}`;
    for (const cookie of [
      JSON.stringify(forged),
      around,
      box.server.url,
      sealed.replace(/.{5}\}$/, 'AAAAA}'),
    ]) {
      page.jar.set('signalbox_oidc', encodeURIComponent(cookie));
      expect(await page.open('/signin/oidc/callback?code=c&state=s')).toBe('/?signin=not-begun');
    }
  });

  it('is refused when somebody cancels at the provider', async () => {
    const page = browser(box);
    const back = await throughProvider(await page.open('/signin/oidc'), { login: 'x', abort: true });
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(await page.open(pathOf(back))).toBe('/?signin=denied');
  });

  it('is refused after ten minutes', async () => {
    const page = browser(box);
    const back = await throughProvider(await page.open('/signin/oidc'), { login: 's-9' });
    clock.ahead = 11 * 60_000;
    expect(await page.open(pathOf(back))).toBe('/?signin=too-late');
    clock.ahead = 0;
  });

  it('begins where the provider sends the browser back to', async () => {
    const { port } = new URL(box.server.url);
    const headers = { host: `localhost:${port}` };
    const begun = await box.call('GET', '//signin/oidc?to=/a', { token: undefined, headers });
    expect(begun.headers.location).toBe(`${box.server.url}/signin/oidc?to=%2Fa`);
    expect(begun.headers['set-cookie']).toBeUndefined();
  });

  it('sends the browser to the provider with state, nonce and a challenge, and keeps the rest to itself', async () => {
    const page = browser(box);
    const url = new URL(await page.open('/signin/oidc'));
    expect(url.origin).toBe(provider.issuer.origin);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: CLIENT_ID,
      code_challenge_method: 'S256',
      redirect_uri: `${box.server.url}/signin/oidc/callback`,
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(url.searchParams.get(name)?.length).toBeGreaterThan(40);
    expect(page.jar.get('signalbox_oidc')).not.toContain(url.searchParams.get('state'));
  });
});

describe('a provider of another kind', () => {
  const boxes: { close(): Promise<void> }[] = [];

  afterAll(async () => {
    for (const one of boxes) await one.close();
  });

  const landing = async (
    more: Partial<OidcSettings>,
    { atUserInfo = false, ahead = 0 } = {},
  ): Promise<readonly [string, TestServer]> => {
    const provider = await localProvider({ atUserInfo });
    const oidc = settingsOf(provider.issuer, more);
    const box = await testServer({ oidc, clock: () => Date.now() + ahead });
    boxes.push(box, provider);
    provider.serve(`${box.server.url}/signin/oidc/callback`);
    provider.say('s', { preferred_username: 'ann', groups: ['staff'] });
    const page = browser(box);
    const back = await throughProvider(await page.open('/signin/oidc'), { login: 's' });
    return [await page.open(pathOf(back)), box];
  };

  it('is asked once more for what its token does not say; a newcomer gets the role of the settings', async () => {
    const more = { allowedGroups: ['staff'], newcomerRole: 'reader' } as const;
    const [landed, box] = await landing(more, { atUserInfo: true });
    expect(landed).toBe('/');
    expect(await box.store.users.find('ann')).toMatchObject({ subject: 's' });
    const roles = await box.store.roles.of('ann', []);
    expect(roles.map(({ role, place }) => [role, place])).toEqual([['reader', {}]]);
  });

  it('is refused when its clock differs by hours', async () => {
    expect((await landing({}, { ahead: 3 * 3_600_000 }))[0]).toBe('/?signin=clock-skew');
  });

  it('is refused when it does not take the secret of the client', async () => {
    expect((await landing({ clientSecret: 'another one' }))[0]).toBe('/?signin=provider-failed');
  });
});

describe('a server whose provider is not there', () => {
  it('starts, says so on the page, and lets people in with tokens', async () => {
    const gone = await localProvider();
    await gone.close();
    const box = await testServer({ oidc: settingsOf(gone.issuer) });
    expect(await browser(box).open('/signin/oidc')).toBe('/?signin=provider-down');
    const signedIn = await box.call('POST', '//signin', {
      token: undefined,
      body: { token: ADMIN },
      headers: OURS,
    });
    expect(signedIn.statusCode).toBe(204);
    await box.close();
  });

  it('signs in again as soon as it is back', async () => {
    const provider = await localProvider();
    const box = await testServer({ oidc: settingsOf(provider.issuer) });
    // 503 until it serves.
    expect(await browser(box).open('/signin/oidc')).toBe('/?signin=provider-down');
    provider.serve(`${box.server.url}/signin/oidc/callback`);
    expect(await browser(box).open('/signin/oidc')).toContain(provider.issuer.origin);
    await box.close();
    await provider.close();
  });

  it('has no such sign-in without settings', async () => {
    const box = await testServer();
    expect(await browser(box).open('/signin/oidc')).toBe('/?signin=oidc-off');
    expect(await browser(box).open('/signin/oidc/callback?code=c&state=s')).toBe('/?signin=oidc-off');
    await box.close();
  });

  it('calls no private address but the issuer, wherever its documents lead', async () => {
    let asked = 0;
    const inside = createServer((_, response) => {
      asked += 1;
      response.end('{}');
    });
    await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done));
    const { port } = inside.address() as { port: number };
    const elsewhere = `http://127.0.0.1:${port}`;
    const outside = createServer((request, response) => {
      const issuer = `http://${request.headers.host}`;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${elsewhere}/token`,
          jwks_uri: `${elsewhere}/keys`,
          response_types_supported: ['code'],
        }),
      );
    });
    await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done));
    const issuer = new URL(`http://127.0.0.1:${(outside.address() as { port: number }).port}`);
    const box = await testServer({ oidc: settingsOf(issuer) });
    const page = browser(box);
    const url = new URL(await page.open('/signin/oidc'));
    const state = url.searchParams.get('state') ?? '';
    expect(await page.open(`/signin/oidc/callback?code=c&state=${state}`)).toBe('/?signin=provider-down');
    expect(asked).toBe(0);
    await box.close();
    for (const one of [inside, outside]) await new Promise((done) => one.close(done));
  });
});
