import { CONTENT_TYPE } from '@signalbox/api';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignInCode, ensureAdministrator } from '../src/index.ts';
import { ADMIN, testServer, type TestServer } from './support/test-server.ts';

const OURS = { 'x-signalbox-request': '1', 'content-type': 'application/json' };

describe('a browser', () => {
  let box: TestServer;
  let cookie: string;

  beforeAll(async () => {
    const webDirectory = mkdtempSync(join(tmpdir(), 'signalbox-web-'));
    mkdirSync(join(webDirectory, 'assets'));
    writeFileSync(join(webDirectory, 'index.html'), '<!doctype html><title>Signalbox</title>');
    writeFileSync(join(webDirectory, 'assets', 'main-abc.js'), 'export {};');
    box = await testServer({ webDirectory });
    const signedIn = await box.call('POST', '//signin', {
      token: undefined,
      body: { token: ADMIN },
      headers: OURS,
    });
    expect(signedIn.statusCode).toBe(204);
    cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
  });

  afterAll(async () => {
    await box.close();
  });

  const as = (headers: Record<string, string>): { token: undefined; headers: Record<string, string> } => ({
    token: undefined,
    headers: { cookie, ...headers },
  });

  it('gets the page without a session, and 401 from the API', async () => {
    const page = await box.call('GET', '//', { token: undefined });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    for (const path of ['default/Demo/runs/5', 'default/my.shop', 'default/Demo/_build/results?buildId=5']) {
      expect((await box.call('GET', `//${path}`, { token: undefined })).body).toContain('Signalbox');
    }
    expect(
      (await box.call('GET', '//assets/main-abc.js', { token: undefined })).headers['cache-control'],
    ).toContain('immutable');
    expect((await box.call('GET', '//assets/none.js', { token: undefined })).statusCode).toBe(404);
    expect((await box.call('GET', '/_apis/signalbox/me', { token: undefined })).statusCode).toBe(401);
    const config = await box.call('GET', '//_signalbox/config.json', { token: undefined });
    expect(config.json()).toEqual({ organization: 'default' });
  });

  it('gets a cookie that scripts and other sites cannot use', async () => {
    const signedIn = await box.call('POST', '//signin', {
      token: undefined,
      body: { token: ADMIN },
      headers: OURS,
    });
    expect(String(signedIn.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Strict/);
    expect(String(signedIn.headers['set-cookie'])).not.toContain(ADMIN);
    const me = await box.call('GET', '/_apis/signalbox/me', as({}));
    expect(me.json()).toMatchObject({ role: 'administrator', session: true });
  });

  it('signs in with a code once, and only once', async () => {
    const { token } = await ensureAdministrator(box.store, ADMIN);
    const code = await createSignInCode(box.store, token.id);
    const first = await box.call('GET', `//signin?code=${code}`, { token: undefined });
    expect([first.statusCode, first.headers.location]).toEqual([303, '/']);
    expect(first.headers['set-cookie']).toBeDefined();
    const second = await box.call('GET', `//signin?code=${code}`, { token: undefined });
    expect(second.headers.location).toBe('/?signin=expired');
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['without our header', { 'content-type': 'application/json' }],
    ['as a form', { ...OURS, 'content-type': 'application/x-www-form-urlencoded' }],
    ['from another origin', { ...OURS, origin: 'https://evil.example' }],
    ['from another site', { ...OURS, 'sec-fetch-site': 'cross-site' }],
    ['from another port', { ...OURS, origin: 'http://127.0.0.1:9' }],
  ])('changes nothing %s', async (_, headers) => {
    const response = await box.call('POST', '/_apis/projects', { ...as(headers), body: '{"name":"Evil"}' });
    expect([403, 415]).toContain(response.statusCode);
    expect((await box.call('GET', '/_apis/projects/Evil')).statusCode).toBe(404);
  });

  it('changes things from our own page', async () => {
    const headers = { ...OURS, origin: 'http://127.0.0.1', 'sec-fetch-site': 'same-origin' };
    const response = await box.call('POST', '/_apis/projects', { ...as(headers), body: { name: 'Good' } });
    expect(response.statusCode).toBe(202);
  });

  it('gets a file from our own page, and from no other', async () => {
    const path = '/Good/_apis/distributedtask/securefiles?name=key.pem';
    const content = { ...OURS, 'content-type': CONTENT_TYPE };
    const foreign = { ...as({ ...content, origin: 'https://evil.example' }), body: 'key' };
    expect((await box.call('POST', path, foreign)).statusCode).toBe(403);
    const own = { ...as({ ...content, origin: 'http://127.0.0.1' }), body: 'key' };
    expect((await box.call('POST', path, own)).statusCode).toBe(200);
  });

  it('signs out', async () => {
    const signedIn = await box.call('POST', '//signin', {
      token: undefined,
      body: { token: ADMIN },
      headers: OURS,
    });
    const own = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
    const headers = { ...OURS, cookie: own };
    expect((await box.call('POST', '//signout', { token: undefined, headers, body: {} })).statusCode).toBe(
      204,
    );
    expect((await box.call('GET', '/_apis/signalbox/me', { token: undefined, headers })).statusCode).toBe(
      401,
    );
  });

  it.each(['evil.example', 'evil.example:8080', '169.254.169.254'])(
    'is refused when the host is %j (DNS rebinding)',
    async (host) => {
      const response = await box.call('GET', '/_apis/projects', { headers: { host } });
      expect([400, 421]).toContain(response.statusCode);
      expect(response.body).not.toContain('evil');
    },
  );

  it('does not allow other origins, and does not answer preflights', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
    const preflight = await box.call('OPTIONS', '/Demo/_apis/build/builds', { headers });
    expect(preflight.statusCode).toBe(404);
    const read = await box.call('GET', '/_apis/projects', { headers });
    expect(read.headers['access-control-allow-origin']).toBeUndefined();
  });
});
