import {
  HUMAN_ROLES,
  isForMembers,
  PERMITTED,
  patternsOf,
  ROUTES,
  type Role,
  type RouteName,
} from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personalScope } from '../src/auth/token-scope.ts';
import { hashOf, newSecret } from '../src/auth/secret.ts';
import { createCheckToken } from '../src/checks/check-token.ts';
import { ensureAdministrator } from '../src/index.ts';
import { connectAgent } from './support/fake-agent.ts';
import { makeProject, ONE_JOB, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

// What each parameter is replaced by: something that exists where that matters, so that a refusal is about the role.
const VALUES: Readonly<Record<string, string>> = {
  organization: 'default',
  project: 'Demo',
  projectId: 'Demo',
  pool: 'Default',
  operationId: '00000000-0000-4000-8000-000000000000',
};

/** A user who is signed in and has no role. */
async function memberToken({ store }: TestServer): Promise<string> {
  const secret = newSecret();
  const { id: user } = await store.users.create({ name: 'newcomer' });
  await store.tokens.create({ hash: hashOf(secret), name: 'all', scope: personalScope(['full']), user });
  return secret;
}

describe('role × route', () => {
  let box: TestServer;
  const tokens = new Map<Role, string | undefined>();

  beforeAll(async () => {
    // A job's token ends with its lease, and there are more routes than any lease asks for: no time passes.
    const now = Date.now();
    box = await testServer({ pollWaitMs: 10, clock: () => now });
    const { project, definition } = await makeProject(box, { yaml: ONE_JOB });
    for (const role of HUMAN_ROLES) tokens.set(role, await box.token(role));
    tokens.set('member', await memberToken(box));
    const agent = await connectAgent(box);
    tokens.set('agent', agent.token);
    await queue(box, project, definition.id);
    await box.server.settle();
    tokens.set('job', (await agent.poll())?.accessToken);
    const gate = { name: 'contoso', organizationUrl: 'https://dev.azure.com/contoso/' };
    const made = await box.json<{ secret: string }>('POST', '/Demo/_apis/signalbox/gates/azure', gate);
    tokens.set('gate', made.secret);
    const { id } = (await box.store.projects.find('Demo'))!;
    const place = { run: 1, stage: 0, attempt: 1, check: 1 };
    const ofCheck = { project: id, place, stage: 'Deploy', now: Date.now() };
    tokens.set('check', (await createCheckToken(box.store, ofCheck)).secret);
    tokens.set('anonymous', undefined);
  });

  afterAll(async () => {
    await box.close();
  });

  const roles: readonly Role[] = [...HUMAN_ROLES, 'member', 'agent', 'job', 'check', 'gate', 'anonymous'];
  const names = Object.keys(ROUTES) as RouteName[];

  // Roles of one project: what they open in it, and that nothing of another project is heard of.
  describe.each(['administrator', 'contributor', 'reader'] as const)('%s of another project', (role) => {
    const inProject = /:project(?!Id)/;
    const closed = names.filter((name) => name !== 'feed' && ROUTES[name].permission !== 'public');
    let token = '';

    beforeAll(async () => {
      const { projects, users, roles: given } = box.store;
      if ((await projects.find('Other')) === undefined) await makeProject(box, { name: 'Other' });
      const user = await users.create({ name: `${role} of Other` });
      const place = { project: (await projects.find('Other'))!.id };
      await given.give({ place, kind: 'user', name: user.name, role });
      token = newSecret();
      const scope = personalScope(['full']);
      await box.store.tokens.create({ hash: hashOf(token), name: 'all', scope, user: user.id });
    });

    const ask = async (name: RouteName, pattern: string, project: string): Promise<number> => {
      const { method } = ROUTES[name];
      const values: Readonly<Record<string, string>> = { ...VALUES, project, projectId: project };
      const url = pattern.replaceAll(/:(\w+)/g, (_, parameter: string) => values[parameter] ?? '987654');
      const writes = method !== 'GET' && method !== 'OPTIONS';
      return (await box.call(method, `/${url}`, { token, ...(writes && { body: {} }) })).statusCode;
    };

    it('opens there what the role may, and nothing else', async () => {
      for (const name of closed) {
        const open = PERMITTED[ROUTES[name].permission].includes(role);
        for (const pattern of patternsOf(ROUTES[name]).filter((one) => inProject.test(one)))
          expect([name, (await ask(name, pattern, 'Other')) === 403]).toEqual([name, !open]);
      }
    });

    it('opens nothing elsewhere, and does not say what is there', async () => {
      // Which routes there are is no secret, in whatever project.
      for (const name of closed.filter((one) => one !== 'discover' && one !== 'discoverArea')) {
        for (const pattern of patternsOf(ROUTES[name]).filter((one) => inProject.test(one)))
          expect([name, await ask(name, pattern, 'Demo')]).toEqual([name, 404]);
      }
    });

    it('opens of the organisation what is for everybody or restricts itself, and nothing else', async () => {
      for (const name of closed) {
        const { permission } = ROUTES[name];
        const isOpen = PERMITTED[permission].includes('member');
        const open = isOpen || (isForMembers(name) && PERMITTED[permission].includes(role));
        for (const pattern of patternsOf(ROUTES[name]).filter((one) => !inProject.test(one)))
          expect([name, (await ask(name, pattern, 'Demo')) === 403]).toEqual([name, !open]);
      }
    });
  });

  describe.each(roles)('%s', (role) => {
    // The feed answers by an endless stream; its own test asks it over a socket.
    it.each(names.filter((name) => name !== 'feed'))('%s', async (name) => {
      const route = ROUTES[name];
      const allowed = PERMITTED[route.permission].includes(role);
      for (const pattern of patternsOf(route)) {
        const url = pattern.replaceAll(/:(\w+)/g, (_, parameter: string) => VALUES[parameter] ?? '987654');
        const writes = route.method !== 'GET' && route.method !== 'OPTIONS';
        const response = await box.call(route.method, `/${url}`, {
          token: tokens.get(role),
          ...(writes && { body: {} }),
        });
        // Whoever has no role anywhere does not even hear which projects there are.
        const hidden =
          !allowed && role === 'member' && pattern.includes(':project') && response.statusCode === 404;
        const refused = hidden || response.statusCode === 401 || response.statusCode === 403;
        // Signing in with no token is refused whoever asks; a browser's header is missing here.
        if (route.permission === 'public' && writes) continue;
        expect([url, refused], response.body.slice(0, 300)).toEqual([url, !allowed]);
        if (!allowed && !hidden) expect(response.statusCode).toBe(role === 'anonymous' ? 401 : 403);
        expect(response.statusCode, response.body.slice(0, 300)).toBeLessThan(500);
      }
    });
  });

  it('is complete: every permission is given to somebody, and nobody unknown', () => {
    for (const given of Object.values(PERMITTED)) {
      expect(given.length).toBeGreaterThan(0);
      expect(given.every((role) => roles.includes(role))).toBe(true);
    }
  });

  it('refuses to start with a route that names no permission', async () => {
    const fresh = await testServer();
    expect(() => fresh.server.http.get('/open', () => 'hello')).toThrow(
      /permission|already listening|started/i,
    );
    await fresh.close();
  });

  it('answers 401 with a challenge and a JSON body, never a redirect', async () => {
    for (const path of ['/_apis/projects', '/Demo/_apis/build/builds', '/_apis/no/such/route']) {
      const response = await box.call('GET', path, { token: undefined, headers: { accept: 'text/html' } });
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toMatch(/^Basic realm="http.*Bearer$/);
      expect(response.json()).toMatchObject({ $id: '1', typeKey: 'UnauthorizedRequestException' });
    }
  });

  it('hides other projects from a job', async () => {
    const response = await box.call('GET', '/Other/_apis/build/builds', { token: tokens.get('job') });
    expect(response.statusCode).toBe(404);
    const listed = await box.call('GET', '/_apis/projects', { token: tokens.get('job') });
    expect(listed.json<{ value: { name: string }[] }>().value.map((one) => one.name)).toEqual(['Demo']);
  });

  it('takes Basic with any user name, and refuses a wrong, revoked or empty token', async () => {
    const basic = (user: string, token: string): Record<string, string> => ({
      authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`,
    });
    // Nobody has guessed there yet: the hooks above count as wrong tokens.
    const fresh = await testServer();
    const status = async (token: string | undefined, headers = {}): Promise<number> =>
      (await fresh.call('GET', '/_apis/projects', { token, headers })).statusCode;
    const made = await fresh.json<{ id: number; secret: string }>('POST', '/_apis/signalbox/tokens', {
      name: 'short',
      role: 'reader',
    });
    for (const user of ['', 'PAT', '_', 'OAuth']) {
      expect(await status(undefined, basic(user, made.secret))).toBe(200);
    }
    for (const headers of [basic('x', 'wrong'), basic('x', ''), { authorization: 'Negotiate abc' }]) {
      expect(await status(undefined, headers)).toBe(401);
    }
    expect(await status(made.secret)).toBe(200);
    await fresh.json('DELETE', `/_apis/signalbox/tokens/${made.id}`);
    expect(await status(made.secret)).toBe(401);
    await fresh.close();
  });

  it('answers 429 after ten wrong tokens, to that source alone and with when to come back', async () => {
    const fresh = await testServer();
    const known = await fresh.token('reader');
    await fresh.call('GET', '/_apis/projects', { token: known });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const response = await fresh.call('GET', '/_apis/projects', { token: `wrong-${attempt}` });
      statuses.push(response.statusCode);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    const unseen = await ensureAdministrator(fresh.store, 'another-token-that-is-long-enough');
    const response = await fresh.call('GET', '/_apis/projects', { token: unseen.secret });
    expect(response.statusCode).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    // A token that was good before is no guess: agents of the same machine go on working.
    expect((await fresh.call('GET', '/_apis/projects', { token: known })).statusCode).toBe(200);
    await fresh.close();
  });
});
