import type { Collection, WireConnection, WireVariableGroup } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSealer } from '../../src/auth/sealer.ts';
import { ownKeys } from '../../src/secrets/key-source.ts';
import { openConnection } from '../../src/work/open-connection.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

const ENDPOINTS = '/_apis/serviceendpoint/endpoints';
const GROUPS = '/_apis/distributedtask/variablegroups';
const PASSWORD = 'pa55-in-clear';

const BASIC = {
  name: 'Gate',
  type: 'Generic',
  url: 'https://gate.example.org/api',
  authorization: { scheme: 'UsernamePassword', parameters: { username: 'robot', password: PASSWORD } },
};

describe('the library', () => {
  let box: TestServer;
  let guid = '';

  beforeEach(async () => {
    box = await testServer();
    await box.json('POST', '/_apis/projects', { name: 'Demo' });
    guid = (await box.json<{ id: string }>('GET', '/_apis/projects/Demo')).id;
  });

  afterEach(async () => {
    await box.close();
  });

  function references(list: string, name: string): object {
    return { [list]: [{ projectReference: { id: guid, name: 'Demo' }, name, description: 'd' }] };
  }

  describe('service connections', () => {
    it('are written in the scope of the organisation and of the project, and never give their secret', async () => {
      const over = references('serviceEndpointProjectReferences', 'Other');
      const first = await box.json<WireConnection>('POST', ENDPOINTS, { ...BASIC, ...over });
      const second = await box.json<WireConnection>('POST', `/Demo${ENDPOINTS}`, BASIC);
      expect(first).toMatchObject({ name: 'Other', description: 'd', type: 'generic', isReady: true });
      expect(second).toMatchObject({
        name: 'Gate',
        authorization: { scheme: 'UsernamePassword', parameters: { username: 'robot', password: null } },
      });
      const list = await box.json<Collection<WireConnection>>('GET', `/Demo${ENDPOINTS}?endpointNames=gate`);
      expect(list.value.map(({ id }) => id)).toEqual([second.id]);
      expect(JSON.stringify([first, second, list])).not.toContain(PASSWORD);
      const kept = await box.store.connections.list(1);
      expect(kept).toHaveLength(2);
      expect(JSON.stringify(kept)).not.toContain(PASSWORD);
    });

    it('are opened for a call by GUID and by name', async () => {
      const { id } = await box.json<WireConnection>('POST', `/Demo${ENDPOINTS}`, BASIC);
      const keys = { store: box.store, sealer: createSealer(ownKeys(box.folder)) };
      const opened = await openConnection(keys, 1, id.toUpperCase());
      expect(opened).toMatchObject({ url: BASIC.url, username: 'robot', secret: PASSWORD });
      expect(await openConnection(keys, 1, 'GATE')).toEqual(opened);
      expect(await openConnection(keys, 1, 'nobody')).toBeUndefined();
      expect(await openConnection(keys, 2, id)).toBeUndefined();
    });

    it('keep a secret that is not given, but not for another host', async () => {
      const { id } = await box.json<WireConnection>('POST', `/Demo${ENDPOINTS}`, BASIC);
      const authorization = { scheme: 'UsernamePassword', parameters: { username: 'rob', password: null } };
      const path = `${ENDPOINTS}/${id}`;
      const moved = { ...BASIC, authorization, url: 'https://gate.example.org/other' };
      const over = references('serviceEndpointProjectReferences', 'Gate');
      await box.json('PUT', path, { ...moved, ...over });
      const keys = { store: box.store, sealer: createSealer(ownKeys(box.folder)) };
      expect(await openConnection(keys, 1, id)).toMatchObject({ username: 'rob', secret: PASSWORD });
      const away = { ...moved, ...over, url: 'https://evil.example.org/' };
      const refused = await box.call('PUT', path, { body: away });
      expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining('again')]);
    });

    it('answer 200 and null for an unknown one, and 404 to a change of it', async () => {
      for (const id of ['987654', '00000000-0000-4000-8000-000000000000']) {
        const answer = await box.call('GET', `/Demo${ENDPOINTS}/${id}`);
        expect([answer.statusCode, answer.body]).toEqual([200, 'null']);
        expect((await box.call('DELETE', `/Demo${ENDPOINTS}/${id}`)).statusCode).toBe(404);
      }
    });

    it('are deleted with what was said about their pipelines', async () => {
      const { id } = await box.json<WireConnection>('POST', `/Demo${ENDPOINTS}`, BASIC);
      const resource = { type: 'endpoint', id } as const;
      await box.store.permissions.change(1, resource, { allPipelines: true, pipelines: [], by: 'ann' });
      const gone = await box.call('DELETE', `${ENDPOINTS}/${id}?projectIds=${guid}`);
      expect(gone.statusCode).toBe(204);
      expect(await box.store.permissions.get(1, resource)).toBeUndefined();
      expect((await box.call('GET', `/Demo${ENDPOINTS}/${id}`)).body).toBe('null');
    });

    const wrong: readonly (readonly [string, object, RegExp])[] = [
      ['another type', { type: 'azurerm' }, /azurerm are not supported; use "generic"/],
      ['data', { data: { x: '1' } }, /"data" of a generic/],
      ['no address', { url: 'gate' }, /"url" must be/],
      ['another protocol', { url: 'file:///etc/passwd' }, /"url" must be/],
      ['a password in the address', { url: 'https://a:b@example.org/' }, /holds a user or a password/],
      ['an unknown scheme', { authorization: { scheme: 'OAuth' } }, /must be one of: None/],
      [
        'a parameter of another scheme',
        { authorization: { scheme: 'Token', parameters: { password: 'x' } } },
        /has apitoken, not "password"/,
      ],
      ['no name', { name: ' ' }, /needs a "name"/],
    ];

    it.each(wrong)('refuse %s', async (_, change, message) => {
      const answer = await box.call('POST', `/Demo${ENDPOINTS}`, { body: { ...BASIC, ...change } });
      expect([answer.statusCode, answer.json<{ message: string }>().message]).toEqual([
        400,
        expect.stringMatching(message),
      ]);
    });

    it('belong to one project, which a write to the organisation names', async () => {
      const none = await box.call('POST', ENDPOINTS, { body: BASIC });
      expect([none.statusCode, none.body]).toEqual([400, expect.stringContaining('must name the project')]);
      const one = { projectReference: { id: guid } };
      const two = { ...BASIC, serviceEndpointProjectReferences: [one, one] };
      expect((await box.call('POST', ENDPOINTS, { body: two })).statusCode).toBe(400);
      await box.json('POST', `/Demo${ENDPOINTS}`, BASIC);
      const twin = { ...BASIC, name: 'GATE' };
      expect((await box.call('POST', `/Demo${ENDPOINTS}`, { body: twin })).statusCode).toBe(409);
    });
  });

  describe('variable groups', () => {
    const GROUP = {
      name: 'Shared',
      type: 'Vsts',
      variables: { host: { value: 'db' }, key: { value: PASSWORD, isSecret: true } },
    };

    it('are written in both scopes, and give their secrets as null', async () => {
      const over = references('variableGroupProjectReferences', 'Second');
      const first = await box.json<WireVariableGroup>('POST', `/Demo${GROUPS}`, GROUP);
      const second = await box.json<WireVariableGroup>('POST', GROUPS, { ...GROUP, ...over });
      const key = { value: null, isSecret: true };
      expect(first.variables).toEqual({ host: { value: 'db' }, key });
      expect(second).toMatchObject({ name: 'Second', description: 'd', variables: { key } });
      expect(await box.json('GET', `/Demo${GROUPS}/${first.id}`)).toEqual(first);
      const found = await box.json<Collection<WireVariableGroup>>('GET', `/Demo${GROUPS}?groupName=s*d`);
      expect(found.value.map(({ name }) => name)).toEqual(['Second', 'Shared']);
      expect(JSON.stringify(await box.store.variableGroups.list(1))).not.toContain(PASSWORD);
    });

    it('keep a secret that comes as null, and lose one that is left out', async () => {
      const { id } = await box.json<WireVariableGroup>('POST', `/Demo${GROUPS}`, GROUP);
      const sealer = createSealer(ownKeys(box.folder));
      const opened = async (): Promise<string> => {
        const row = await box.store.variableGroups.get(1, id);
        return sealer.open(row?.variables['key']?.value ?? '');
      };
      const path = `/Demo${GROUPS}/${id}`;
      await box.json('PUT', path, { ...GROUP, variables: { key: { value: null, isSecret: true } } });
      expect(await opened()).toBe(PASSWORD);
      await box.json('PUT', path, { ...GROUP, variables: { host: { value: 'x' } } });
      expect(await opened()).toBe('');
    });

    it('are deleted, 204 then 404', async () => {
      const { id } = await box.json<WireVariableGroup>('POST', `/Demo${GROUPS}`, GROUP);
      expect((await box.call('DELETE', `${GROUPS}/${id}?projectIds=${guid}`)).statusCode).toBe(204);
      expect((await box.call('GET', `/Demo${GROUPS}/${id}`)).statusCode).toBe(404);
      expect((await box.call('DELETE', `/Demo${GROUPS}/${id}`)).statusCode).toBe(404);
    });

    const wrong: readonly (readonly [string, object, RegExp])[] = [
      ['a vault', { type: 'AzureKeyVault' }, /AzureKeyVault are not supported/],
      ['a name that is none', { variables: { 'a=b': { value: '1' } } }, /"a=b" is not a name/],
      [
        'two spellings of a name',
        { variables: { a: { value: '1' }, A: { value: '2' } } },
        /"A" is there twice/,
      ],
      ['a value that is no text', { variables: { a: { value: [1] } } }, /must be text/],
    ];

    it.each(wrong)('refuse %s', async (_, change, message) => {
      const answer = await box.call('POST', `/Demo${GROUPS}`, { body: { ...GROUP, ...change } });
      expect([answer.statusCode, answer.json<{ message: string }>().message]).toEqual([
        400,
        expect.stringMatching(message),
      ]);
    });
  });
});
