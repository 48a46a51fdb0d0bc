import {
  ENVIRONMENT_ROLES,
  type EnvironmentRole,
  type RoleAssignment,
  type WireEnvironment,
  type WireError,
} from '@signalbox/api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mayAct, type EnvironmentAct } from '../../src/auth/environment-roles.ts';
import { makeProject } from '../support/project.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

const ACTS: readonly EnvironmentAct[] = ['create', 'describe', 'use', 'administer', 'bypass'];

const EXPECTED: Readonly<Record<EnvironmentRole, readonly EnvironmentAct[]>> = {
  Administrator: ACTS,
  User: ['use'],
  Reader: [],
  Creator: ['create'],
};

describe('mayAct (ENV-3)', () => {
  const ann = { name: 'Ann', groups: ['ops'], role: 'contributor' };
  const as = (role: EnvironmentRole, more: Partial<RoleAssignment> = {}): RoleAssignment => ({
    kind: 'user',
    name: 'ann',
    role,
    ...more,
  });
  const acts = (...roles: readonly RoleAssignment[]): readonly EnvironmentAct[] =>
    ACTS.filter((act) => mayAct(ann, act, roles));

  it.each(ENVIRONMENT_ROLES.map((role) => [role, EXPECTED[role]] as const))(
    'lets a person with the role %s do %s and nothing else',
    (role, expected) => {
      expect(acts(as(role))).toEqual(expected);
      expect(acts(as(role, { kind: 'group', name: 'OPS' }))).toEqual(expected);
    },
  );

  it('adds roles up, and counts none that others have', () => {
    expect(acts(as('User'), as('Creator'))).toEqual(['create', 'use']);
    expect(acts(as('Administrator', { name: 'bob' }))).toEqual(['create', 'describe', 'use']);
    expect(acts(as('Administrator', { name: 'ops' }))).toEqual(['create', 'describe', 'use']);
    expect(acts(as('Reader'), as('Administrator', { kind: 'group', name: 'dev' }))).toEqual([]);
  });

  it('lets administrators of the server do everything, and readers nothing without a role', () => {
    const who = (role: string): readonly EnvironmentAct[] =>
      ACTS.filter((act) => mayAct({ ...ann, role }, act, []));
    expect([who('administrator'), who('reader'), who('job')]).toEqual([ACTS, [], []]);
    expect(mayAct({ ...ann, role: 'administrator' }, 'bypass', [as('Reader')])).toBe(true);
  });
});

describe('the roles of people on environments', () => {
  let box: TestServer;
  let environment: WireEnvironment;
  let definition: number;
  let token = '';

  beforeAll(async () => {
    box = await testServer();
    definition = (await makeProject(box)).definition.id;
    environment = await box.json('POST', '/Demo/_apis/distributedtask/environments', { name: 'qa' });
    token = await box.token('contributor');
  });

  afterEach(async () => {
    await box.json('PUT', '/Demo/_apis/signalbox/environmentroles', []);
    await give();
  });

  afterAll(async () => {
    await box.close();
  });

  function give(...roles: readonly EnvironmentRole[]): Promise<unknown> {
    const list = roles.map((role) => ({ kind: 'user', name: 'contributor', role }));
    return box.json('PUT', `/Demo/_apis/signalbox/environments/${environment.id}/roles`, list);
  }

  /** The status that each act of the contributor is answered with. */
  async function tried(): Promise<Readonly<Record<string, number>>> {
    const own = `/Demo/_apis/distributedtask/environments/${environment.id}`;
    const status = async (method: string, path: string, body: unknown): Promise<number> =>
      (await box.call(method, path, { body, token })).statusCode;
    return {
      describe: await status('PATCH', own, { description: 'x' }),
      use: await status('POST', '/Demo/_apis/build/builds', { definition: { id: definition } }),
      permit: await status(
        'PATCH',
        `/Demo/_apis/pipelines/pipelinePermissions/environment/${environment.id}`,
        {
          allPipelines: { authorized: true },
        },
      ),
      check: await status('POST', '/Demo/_apis/pipelines/checks/configurations', {
        type: { id: '8c6f20a7-a545-4486-9777-f762fafe0d4d' },
        resource: { type: 'environment', id: String(environment.id) },
        settings: { approvers: [{ displayName: 'ann' }] },
      }),
      give: await status('PUT', `/Demo/_apis/signalbox/environments/${environment.id}/roles`, [
        { kind: 'user', name: 'contributor', role: 'Administrator' },
      ]),
    };
  }

  it.each([
    [[], { describe: 200, use: 200, permit: 403, check: 403, give: 403 }],
    [['Reader'], { describe: 403, use: 403, permit: 403, check: 403, give: 403 }],
    [['User'], { describe: 403, use: 200, permit: 403, check: 403, give: 403 }],
    [['Administrator'], { describe: 200, use: 200, permit: 200, check: 200, give: 200 }],
  ] as const)('with %j decide what a contributor may', async (roles, expected) => {
    await give(...roles);
    expect(await tried()).toEqual(expected);
  });

  it('say which role is missing', async () => {
    await give('Reader');
    const body = { definition: { id: definition } };
    const refused = (await box.call('POST', '/Demo/_apis/build/builds', { body, token })).json<WireError>();
    expect(refused).toMatchObject({
      code: 'environment-not-usable',
      message: 'contributor may not deploy to qa; an administrator can give a role that may.',
    });
  });

  it('on all environments of a project count as well, and name who may make new ones', async () => {
    const make = (name: string): Promise<number> =>
      box
        .call('POST', '/Demo/_apis/distributedtask/environments', { body: { name }, token })
        .then(({ statusCode }) => statusCode);
    const all = (role: string): Promise<unknown> =>
      box.json('PUT', '/Demo/_apis/signalbox/environmentroles', [{ name: 'contributor', role }]);
    await all('Reader');
    expect([await make('a'), (await tried())['use']]).toEqual([403, 403]);
    await all('User');
    await box.json('DELETE', `/Demo/_apis/distributedtask/environments/${environment.id}`);
    const body = { definition: { id: definition } };
    const queued = await box.call('POST', '/Demo/_apis/build/builds', { body, token });
    expect(queued.json<WireError>().message).toContain('may not make the environment qa');
    environment = await box.json('POST', '/Demo/_apis/distributedtask/environments', { name: 'qa' });
    await all('Creator');
    expect(await make('b')).toBe(200);
    const own = await box.call('PUT', '/Demo/_apis/signalbox/environmentroles', { body: [], token });
    expect(own.statusCode).toBe(403);
  });

  it('are gone with their environment', async () => {
    const path = '/Demo/_apis/distributedtask/environments';
    const made = await box.json<WireEnvironment>('POST', path, { name: 'short' });
    const roles = `/Demo/_apis/signalbox/environments/${made.id}/roles`;
    await box.json('PUT', roles, [{ name: 'contributor', role: 'Administrator' }]);
    expect((await box.call('DELETE', `${path}/${made.id}`, { token })).statusCode).toBe(204);
    expect(await box.store.settings.list(`role:1:${made.id}`)).toEqual([]);
  });

  it.each([
    ['a role that is none', { name: 'ann', role: 'Owner' }, /"role" must be one of/],
    ['nobody', { role: 'User' }, /has the "name"/],
    ['a kind that is none', { kind: 'team', name: 'a', role: 'User' }, /"kind" must be/],
    ['an unknown field', { name: 'ann', role: 'User', until: 'x' }, /not "until"/],
    ['a creator of one environment', { name: 'ann', role: 'Creator' }, /Creator is a role on all/],
  ])('refuse %s', async (_, role, message) => {
    const path = `/Demo/_apis/signalbox/environments/${environment.id}/roles`;
    const answer = await box.call('PUT', path, { body: [role] });
    expect([answer.statusCode, answer.json<WireError>().message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
  });
});
