import type { MeView, NewTokenView, RoleView, UserView } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../src/auth/secret.ts';
import { makeProject, ONE_JOB } from '../support/project.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

describe('users and their roles', () => {
  let box: TestServer;

  beforeAll(async () => {
    box = await testServer();
    await makeProject(box, { yaml: ONE_JOB });
    await makeProject(box, { name: 'Other', yaml: ONE_JOB });
  });

  afterAll(async () => box.close());

  /** A user with a token for everything that he may. */
  async function user(name: string): Promise<string> {
    await box.json('POST', '/_apis/signalbox/users', { name });
    const body = { name: 'all', scopes: ['full'], user: name };
    return (await box.json<NewTokenView>('POST', '/_apis/signalbox/tokens', body)).secret;
  }

  const give = async (role: object, project = ''): Promise<RoleView> =>
    box.json('POST', `${project}/_apis/signalbox/roles`, role);
  const status = async (token: string, method: string, path: string, body?: unknown): Promise<number> =>
    (await box.call(method, path, { token, ...(body !== undefined && { body }) })).statusCode;

  it('may do nothing before they have a role, and hear of no project', async () => {
    const ann = await user('ann');
    expect(await status(ann, 'GET', '/_apis/connectionData')).toBe(200);
    expect(await status(ann, 'GET', '/Demo/_apis/build/builds')).toBe(404);
    expect(await status(ann, 'GET', '/Nowhere/_apis/build/builds')).toBe(404);
    expect(await status(ann, 'GET', '/_apis/projects')).toBe(403);
    const me = (await box.call('GET', '/_apis/signalbox/me', { token: ann })).json<MeView>();
    expect(me).toMatchObject({ name: 'ann', role: 'member', groups: [], projects: [] });
  });

  it('see the project that they have a role in, and no other one', async () => {
    const bob = await user('bob');
    await give({ name: 'BOB', role: 'contributor' }, '/Demo');
    const listed = (await box.call('GET', '/_apis/projects', { token: bob })).json<{
      value: { name: string }[];
    }>();
    expect(listed.value.map(({ name }) => name)).toEqual(['Demo']);
    expect(await status(bob, 'GET', '/Demo/_apis/build/builds')).toBe(200);
    expect(await status(bob, 'GET', '/Other/_apis/build/builds')).toBe(404);
    expect(await status(bob, 'DELETE', '/Demo/_apis/build/builds/1')).toBe(403);
    expect(await status(bob, 'POST', '/Other/_apis/build/builds', { definition: { id: 2 } })).toBe(404);
    const me = (await box.call('GET', '/Demo/_apis/signalbox/me', { token: bob })).json<MeView>();
    expect(me).toMatchObject({ role: 'contributor', projects: [{ name: 'Demo', role: 'contributor' }] });
    expect(me.permissions).toContain('queueRuns');
    expect((await box.call('GET', '/_apis/signalbox/me', { token: bob })).json<MeView>().role).toBe('member');
  });

  it('who read one project and write another get 403 where they read, not 404', async () => {
    const cat = await user('cat');
    await give({ name: 'cat', role: 'reader' }, '/Demo');
    await give({ name: 'cat', role: 'administrator' }, '/Other');
    expect(await status(cat, 'POST', '/Demo/_apis/build/builds', { definition: { id: 1 } })).toBe(403);
    const group = {
      name: 'g',
      type: 'Vsts',
      variables: { a: { value: '1' } },
      variableGroupProjectReferences: [{ name: 'g', projectReference: { name: 'Demo' } }],
    };
    // Without a project in the address: the one in the body counts.
    expect(await status(cat, 'POST', '/_apis/distributedtask/variablegroups', group)).toBe(403);
    const there = [{ name: 'g', projectReference: { name: 'Other' } }];
    const other = { ...group, variableGroupProjectReferences: there };
    expect(await status(cat, 'POST', '/_apis/distributedtask/variablegroups', other)).toBe(200);
  });

  it('who administer a project give roles in it, and nowhere else', async () => {
    const dan = await user('dan');
    await give({ name: 'dan', role: 'administrator' }, '/Demo');
    const role = { name: 'dan', role: 'administrator' };
    expect(await status(dan, 'POST', '/Demo/_apis/signalbox/roles', { name: 'ann', role: 'reader' })).toBe(
      200,
    );
    expect(await status(dan, 'POST', '/_apis/signalbox/roles', role)).toBe(403);
    expect(await status(dan, 'POST', '/Other/_apis/signalbox/roles', role)).toBe(404);
    expect(await status(dan, 'GET', '/_apis/signalbox/roles')).toBe(403);
    expect(await status(dan, 'GET', '/_apis/signalbox/users')).toBe(403);
    expect(await status(dan, 'DELETE', '/Demo/_apis/signalbox/roles?name=ann&role=reader')).toBe(204);
    expect(await status(dan, 'DELETE', '/Demo/_apis/signalbox/roles?name=ann&role=reader')).toBe(404);
  });

  it('have the roles of their groups, from the moment that they are in them', async () => {
    const eve = await user('eve');
    await box.json('PUT', '/_apis/signalbox/groups/leads', { members: ['eve'] });
    await box.json('PUT', '/_apis/signalbox/groups/all', { members: [], groups: ['leads'] });
    await give({ kind: 'group', name: 'all', role: 'agentManager' });
    expect(await status(eve, 'POST', '/_apis/distributedtask/pools', { name: 'Farm' })).toBe(200);
    const agents = { name: 'farm', role: 'agent', pool: 'Farm' };
    expect(await status(eve, 'POST', '/_apis/signalbox/tokens', agents)).toBe(200);
    expect(await status(eve, 'POST', '/_apis/signalbox/tokens', { name: 'eve', role: 'administrator' })).toBe(
      403,
    );
    const circle = await box.call('PUT', '/_apis/signalbox/groups/leads', {
      body: { members: [], groups: ['all'] },
    });
    expect([circle.statusCode, circle.body]).toEqual([400, expect.stringContaining('leads › all › leads')]);
    await box.json('DELETE', '/_apis/signalbox/groups/all');
    expect(await status(eve, 'POST', '/_apis/distributedtask/pools', { name: 'Farm2' })).toBe(403);
    // Another group of the name has none of its roles.
    await box.json('PUT', '/_apis/signalbox/groups/all', { members: ['eve'] });
    expect(await status(eve, 'POST', '/_apis/distributedtask/pools', { name: 'Farm2' })).toBe(403);
  });

  it('administer one resource by a role on it, beside a role that lets them see the project', async () => {
    const fay = await user('fay');
    const { id } = await box.json<{ id: number }>('POST', '/Demo/_apis/distributedtask/environments', {
      name: 'qa',
    });
    const second = await box.json<{ id: number }>('POST', '/Demo/_apis/distributedtask/environments', {
      name: 'b',
    });
    const resource = { type: 'environment', id: String(id) };
    await give({ name: 'fay', role: 'Administrator', resource }, '/Demo');
    const roles = (environment: number): string => `/Demo/_apis/signalbox/environments/${environment}/roles`;
    expect(await status(fay, 'PUT', roles(id), [])).toBe(404);
    await give({ name: 'fay', role: 'reader' }, '/Demo');
    const assigned = [{ kind: 'user', name: 'fay', role: 'Administrator' }];
    expect(await status(fay, 'PUT', roles(id), assigned)).toBe(200);
    expect(await status(fay, 'PUT', roles(second.id), assigned)).toBe(403);
    expect(await status(fay, 'PUT', roles(id), [])).toBe(200);
    expect(await status(fay, 'PUT', roles(id), assigned)).toBe(403);
  });

  it.each([
    [{ name: 'ghost', role: 'reader' }, 404, 'The user ghost does not exist.'],
    [{ kind: 'group', name: 'ghosts', role: 'reader' }, 404, 'The group ghosts does not exist.'],
    [{ name: 'ann', role: 'god' }, 400, 'is one of: administrator, contributor, agentManager'],
    [{ name: 'ann', role: 'reader', until: 1 }, 400, 'not \\"until'],
    [{ name: 'ann', role: 'User', resource: { type: 'environment', id: 1 } }, 400, 'name the project'],
  ])('refuses the role %j', async (body, code, message) => {
    const response = await box.call('POST', '/_apis/signalbox/roles', { body });
    expect([response.statusCode, response.body]).toEqual([code, expect.stringContaining(message)]);
  });

  it('who are disabled are refused at once, with their tokens and their sessions', async () => {
    const gus = await user('gus');
    await give({ name: 'gus', role: 'reader' });
    const own = { host: '127.0.0.1', 'x-signalbox-request': '1' };
    const signedIn = await box.call('POST', '//signin', {
      token: undefined,
      headers: own,
      body: { token: gus },
    });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!;
    const session = async (): Promise<number> =>
      (await box.call('GET', '/_apis/projects', { token: undefined, headers: { ...own, cookie } }))
        .statusCode;
    expect([await status(gus, 'GET', '/_apis/projects'), await session()]).toEqual([200, 200]);
    await box.json('PATCH', '/_apis/signalbox/users/GUS', { active: false });
    expect([await status(gus, 'GET', '/_apis/projects'), await session()]).toEqual([401, 401]);
    const again = await box.call('POST', '//signin', {
      token: undefined,
      headers: own,
      body: { token: gus },
    });
    expect(again.statusCode).toBe(403);
    await box.json('PATCH', '/_apis/signalbox/users/gus', { active: true });
    expect(await session()).toBe(200);
  });

  it('never lose the last administrator, nor lock themselves out', async () => {
    const last = async (method: string, path: string, body?: unknown): Promise<unknown> =>
      (await box.call(method, path, { ...(body !== undefined && { body }) })).json<{ typeKey: string }>()
        .typeKey;
    const off = { active: false };
    expect(await last('PATCH', '/_apis/signalbox/users/administrator', off)).toBe('UserInUseException');
    const mine = '/_apis/signalbox/roles?name=administrator&role=administrator';
    expect(await last('DELETE', mine)).toBe('LastAdministratorException');
    await box.json('PUT', '/_apis/signalbox/groups/admins', { members: ['ann'] });
    await give({ kind: 'group', name: 'admins', role: 'administrator' });
    expect((await box.call('DELETE', mine)).statusCode).toBe(204);
    const ann = await box.store.users.find('ann');
    expect(ann?.active).toBe(true);
    // The administrator is one no more, his token all the same his; the store gives it back for the other tests.
    expect((await box.call('GET', '/_apis/signalbox/users')).statusCode).toBe(403);
    await box.store.roles.give({ place: {}, kind: 'user', name: 'administrator', role: 'administrator' });
  });

  it('are known to clients by an id that is the same as before there were users', async () => {
    const { value } = await box.json<{ value: UserView[] }>('GET', '/_apis/signalbox/users');
    const ann = value.find(({ name }) => name === 'ann')!;
    await box.json('PATCH', '/_apis/signalbox/users/ann', {
      displayName: 'Ann Lee',
      mail: 'ann@example.com',
    });
    const found = await box.json<{ value: object[] }>('GET', '/_apis/identities?filterValue=ANN@example.com');
    expect(found.value).toMatchObject([
      { id: ann.id, displayName: 'Ann Lee', uniqueName: 'ann', isActive: true },
    ]);
  });
});

describe('what older versions kept', () => {
  it('becomes users, groups and roles at the start, once', async () => {
    const box = await testServer();
    const { store } = box;
    await makeProject(box, { yaml: ONE_JOB });
    const old = 'a-token-of-an-older-version-0001';
    const { id } = await store.tokens.create({ hash: hashOf(old), name: 'Zoe', scope: 'contributor' });
    const gone = await store.tokens.create({ hash: 'b'.repeat(64), name: 'yan', scope: 'administrator' });
    await store.tokens.revoke(gone.id);
    await store.settings.set('group:ops', JSON.stringify({ name: 'Ops', members: ['zoe', 'new'] }));
    await store.settings.set('role:1:all', JSON.stringify([{ kind: 'group', name: 'ops', role: 'User' }]));
    await box.restart();
    await box.restart();
    const zoe = await store.users.find('zoe');
    expect(await store.tokens.get(id)).toMatchObject({ user: zoe!.id });
    expect(await store.roles.of('zoe', [])).toMatchObject([{ place: {}, role: 'contributor' }]);
    expect(await store.roles.of('yan', [])).toEqual([]);
    expect(await store.groups.of('zoe')).toEqual(['Ops']);
    expect(await box.json('GET', '/Demo/_apis/signalbox/environmentroles')).toMatchObject({
      value: [{ kind: 'group', name: 'ops', role: 'User' }],
    });
    expect(await store.settings.list('group:')).toEqual([]);
    expect((await box.call('GET', '/_apis/projects', { token: old })).statusCode).toBe(200);
    await box.close();
  });
});
