import type { NewTokenView, TokenView } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/limits.ts';
import { makeProject, ONE_JOB } from '../support/project.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

describe('personal access tokens', () => {
  let box: TestServer;
  let now = Date.UTC(2026, 10, 22);
  /** Of the user `contributor`: made for the role, and for all that he may. */
  let limited = '';
  let ann = '';

  beforeAll(async () => {
    box = await testServer({ clock: () => now });
    await makeProject(box, { yaml: ONE_JOB });
    await makeProject(box, { name: 'Other', yaml: ONE_JOB });
    limited = await box.token('contributor');
    const body = { name: 'all', scopes: ['full'], user: 'contributor' };
    ann = (await box.json<NewTokenView>('POST', '/_apis/signalbox/tokens', body)).secret;
  });

  afterAll(async () => box.close());

  const make = async (token: string, body: object) =>
    box.call('POST', '/_apis/signalbox/tokens', { token, body });
  const made = async (token: string, body: object): Promise<NewTokenView> =>
    (await make(token, body)).json<NewTokenView>();
  const status = async (token: string, method: string, path: string, body?: unknown): Promise<number> =>
    (await box.call(method, path, { token, ...(body !== undefined && { body }) })).statusCode;

  it('have 52 base32 characters, the words of Azure DevOps, and an end', async () => {
    const token = await made(ann, { name: 'ci', scopes: ['VSO.Build_Execute', 'vso.build'] });
    expect(token.secret).toMatch(/^[a-z2-7]{52}$/);
    expect(token).toMatchObject({
      name: 'ci',
      role: 'personal',
      user: 'contributor',
      scopes: ['vso.build_execute', 'vso.build'],
      expiresOn: new Date(now + 30 * DAY_MS).toISOString(),
    });
    expect(await box.store.tokens.list()).not.toContainEqual(expect.objectContaining({ hash: token.secret }));
  });

  it('allow what their scopes say and their user may, no more', async () => {
    const { secret } = await made(ann, { name: 'reads', scopes: ['vso.build'] });
    expect(await status(secret, 'GET', '/Demo/_apis/build/builds')).toBe(200);
    const refused = await box.call('POST', '/Demo/_apis/build/builds', { token: secret, body: {} });
    expect([refused.statusCode, refused.body]).toEqual([
      403,
      expect.stringContaining('The scopes of the token'),
    ]);
    const pools = await made(ann, { name: 'pools', scopes: ['vso.agentpools_manage'] });
    expect(await status(pools.secret, 'POST', '/_apis/distributedtask/pools', { name: 'X' })).toBe(403);
  });

  it('may be for one project', async () => {
    const { secret } = await made(ann, { name: 'one', scopes: ['full'], project: 'demo' });
    expect(await status(secret, 'GET', '/Demo/_apis/build/builds')).toBe(200);
    expect(await status(secret, 'GET', '/Other/_apis/build/builds')).toBe(404);
    const projects = await box.call('GET', '/_apis/projects', { token: secret });
    expect(projects.json<{ count: number }>().count).toBe(1);
    expect((await make(secret, { name: 'more', scopes: ['full'] })).statusCode).toBe(403);
  });

  it('make no tokens that allow more than they do, or for longer', async () => {
    const narrow = await made(ann, { name: 'narrow', scopes: ['vso.build'] });
    expect((await make(narrow.secret, { name: 'wide', scopes: ['full'] })).statusCode).toBe(403);
    const short = await made(ann, { name: 'short', scopes: ['full'], expiresInDays: 2 });
    expect((await make(short.secret, { name: 'long', scopes: ['full'], expiresInDays: 3 })).statusCode).toBe(
      403,
    );
    expect((await made(short.secret, { name: 'same', scopes: ['full'] })).expiresOn).toBe(short.expiresOn);
    expect((await make(limited, { name: 'wide', scopes: ['full'] })).statusCode).toBe(403);
    expect((await make(limited, { name: 'fits', scopes: ['vso.build_execute'] })).statusCode).toBe(200);
  });

  it.each([
    [{ name: 'x' }, 'lists what the token is for'],
    [{ name: 'x', scopes: ['vso.code_full'] }, 'There is no scope '],
    [{ name: 'x', scopes: [7] }, 'There is no scope 7'],
    [{ name: ' ', scopes: ['full'] }, 'A token needs a'],
    [{ name: 'x', scopes: ['vso.build'], expiresInDays: 366 }, 'from 1 to 365'],
    [{ name: 'x', scopes: ['vso.build'], expiresInDays: 1.5 }, 'whole number'],
  ])('are refused as %j', async (body, message) => {
    const response = await make(ann, body);
    expect([response.statusCode, response.body]).toEqual([400, expect.stringContaining(message)]);
  });

  it('are made for others by administrators only', async () => {
    const body = { name: 'x', scopes: ['vso.build'], user: 'administrator' };
    expect((await make(ann, body)).statusCode).toBe(403);
    expect((await make(ann, { ...body, user: 'nobody' })).statusCode).toBe(403);
    const response = await box.call('POST', '/_apis/signalbox/tokens', {
      body: { ...body, user: 'contributor' },
    });
    expect(response.json<NewTokenView>().user).toBe('contributor');
  });

  it('are seen and revoked by their user, and by administrators', async () => {
    const bob = await box.token('reader');
    const mine = await made(ann, { name: 'mine', scopes: ['vso.build'] });
    const list = async (token: string): Promise<readonly TokenView[]> =>
      (await box.call('GET', '/_apis/signalbox/tokens', { token })).json<{ value: TokenView[] }>().value;
    expect((await list(bob)).every(({ user }) => user === 'reader')).toBe(true);
    expect((await list(ann)).map(({ name }) => name)).toContain('mine');
    expect(await status(bob, 'DELETE', `/_apis/signalbox/tokens/${mine.id}`)).toBe(404);
    expect(await status(ann, 'DELETE', `/_apis/signalbox/tokens/${mine.id}`)).toBe(204);
    expect(await status(mine.secret, 'GET', '/_apis/projects')).toBe(401);
  });

  it('note when they were used last, and end when they said', async () => {
    const token = await made(ann, { name: 'ends', scopes: ['vso.build'], expiresInDays: 1 });
    expect(token).not.toHaveProperty('lastUsedOn');
    expect(await status(token.secret, 'GET', '/_apis/projects')).toBe(200);
    expect((await box.store.tokens.get(token.id))?.lastUsedAt).toBe(now);
    now += DAY_MS;
    expect(await status(token.secret, 'GET', '/_apis/projects')).toBe(401);
  });
});
