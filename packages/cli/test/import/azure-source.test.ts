import { createClient } from '@signalbox/api';
import { createEngine, ensureAdministrator, startServer, type RunningServer } from '@signalbox/server';
import { openStore, type Store } from '@signalbox/store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { importProject } from '../../src/import/import-project.ts';
import { printReport } from '../../src/import/print-report.ts';
import { createRemote, type Remote } from '../../src/import/remote.ts';
import { RemoteProblem } from '../../src/import/remote-problem.ts';
import type { ReportRow } from '../../src/import/report.ts';
import { recordingTerminal } from '../support.ts';
import { azure, list, type Answer, type Azure } from './azure.ts';

const GUID = '11111111-1111-4111-8111-111111111111';
const APPROVAL = '8c6f20a7-a545-4486-9777-f762fafe0d4d';
const GENERIC = { id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'gate', type: 'generic' };

const definition = (id: number, name: string, process: unknown): Answer => ({
  json: {
    id,
    name,
    path: '\\',
    process,
    repository: {
      id: GUID,
      type: 'TfsGit',
      name: 'web',
      url: 'https://acme@dev.example.org/acme/Shop/_git/web',
      defaultBranch: 'refs/heads/main',
    },
    queue: { id: 9, name: 'Azure Pipelines', pool: { id: 9, name: 'Azure Pipelines', isHosted: true } },
  },
});

/** A small project in the words of the service, with what it has and we have not. */
const SHOP: Readonly<Record<string, Answer>> = {
  '/_apis/projects/Shop': { json: { id: GUID, name: 'Shop', description: 'there' } },
  '/Shop/_apis/build/retention': {
    json: { purgeRuns: { min: 30, max: 731, value: 60 }, purgePullRequestRuns: { value: 10 } },
  },
  '/Shop/_apis/build/generalsettings': { json: { enforceJobAuthScope: false, statusBadgesArePrivate: true } },
  '/Shop/_apis/distributedtask/queues': list({ id: 9, name: 'Azure Pipelines', pool: { isHosted: true } }),
  '/Shop/_apis/serviceendpoint/endpoints': list(
    {
      ...GENERIC,
      url: 'https://gate.example.org/',
      authorization: { scheme: 'Token', parameters: { apitoken: null } },
    },
    {
      id: 'aaaaaaaa-0000-4000-8000-000000000002',
      name: 'cloud',
      type: 'azurerm',
      url: 'https://x.example.org/',
    },
  ),
  '/Shop/_apis/distributedtask/variablegroups': list(
    {
      id: 3,
      name: 'plain',
      type: 'Vsts',
      variables: { a: { value: '1' }, s: { value: null, isSecret: true } },
    },
    { id: 4, name: 'vault', type: 'AzureKeyVault', variables: { k: { isSecret: true } } },
  ),
  '/Shop/_apis/distributedtask/securefiles': list({ id: GUID, name: 'cert.pem' }),
  '/Shop/_apis/distributedtask/environments?': {
    ...(list({ id: 5, name: 'prod' }) as object),
    next: 'two',
  } as Answer,
  '/Shop/_apis/distributedtask/environments?continuationToken=two': list({ id: 6, name: 'qa' }),
  '/Shop/_apis/distributedtask/environments/5': {
    json: {
      id: 5,
      resources: [
        { id: 1, name: 'vm1', type: 'virtualMachine' },
        { id: 2, name: 'k8s', type: 'kubernetes' },
      ],
    },
  },
  '/Shop/_apis/distributedtask/environments/6': { json: { id: 6, resources: [] } },
  '/Shop/_apis/git/repositories': list(
    { id: GUID, name: 'web', remoteUrl: 'https://dev.example.org/acme/Shop/_git/web' },
    { id: GUID.replaceAll('1', '2'), name: 'old', isDisabled: true },
  ),
  '/Shop/_apis/build/folders': list({ path: '\\' }),
  '/Shop/_apis/build/definitions?': list({ id: 1, name: 'web' }, { id: 2, name: 'classic' }),
  '/Shop/_apis/build/definitions/1': definition(1, 'web', { type: 2, yamlFilename: '/azure-pipelines.yml' }),
  '/Shop/_apis/build/definitions/2': definition(2, 'classic', { type: 1, phases: [] }),
  '/Shop/_apis/pipelines/checks/configurations': list(),
  '/Shop/_apis/pipelines/checks/configurations?resourceType=environment&resourceId=5': list({
    id: 7,
    type: { id: APPROVAL.toUpperCase(), name: 'Approval' },
    timeout: 43200,
    settings: { approvers: [{ id: GUID, displayName: '[Shop]\\Release Team' }], minRequiredApprovers: 0 },
  }),
  '/Shop/_apis/pipelines/pipelinePermissions': { json: { pipelines: [] } },
  '/Shop/_apis/pipelines/pipelinePermissions/environment/5': {
    json: {
      pipelines: [
        { id: 1, authorized: true },
        { id: 2, authorized: true },
      ],
    },
  },
  '/Shop/_apis/pipelines/pipelinePermissions/environment/6': {
    json: { allPipelines: { authorized: true }, pipelines: [] },
  },
};

describe('signalbox import azure-devops, from the service itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-import-'));
  let store: Store;
  let server: RunningServer;
  let target: Remote;
  let source: Azure | undefined;
  const waits: number[] = [];
  const token = { secret: '' };

  beforeAll(async () => {
    store = await openStore({ kind: 'memory', engine: createEngine() });
    ({ secret: token.secret } = await ensureAdministrator(store));
    const listen = { host: '127.0.0.1', port: 0, organization: 'default' };
    server = await startServer({ store, ...listen, dataFolder: folder, logLevel: 'silent' });
    target = remote(server.baseUrl, `Bearer ${token.secret}`);
  });

  afterEach(async () => {
    waits.length = 0;
    await source?.close();
    source = undefined;
  });

  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const remote = (baseUrl: string, authorization = 'Basic Og=='): Remote =>
    createRemote({
      baseUrl,
      authorization,
      fetch: (url, init) => fetch(url, init),
      wait: async (milliseconds) => void waits.push(milliseconds),
    });

  async function imported(
    answers: Readonly<Record<string, Answer>>,
    into: string,
  ): Promise<readonly ReportRow[]> {
    source = await azure(answers);
    const options = { target, project: 'Shop', into, dryRun: false, onArea: () => undefined };
    return importProject({ ...options, source: remote(source.baseUrl) });
  }

  const told = (rows: readonly ReportRow[], ...results: readonly string[]): readonly string[] =>
    rows
      .filter(({ result }) => results.includes(result))
      .map(({ area, name, remark }) => `${area} ${name}: ${remark?.code ?? 'made'}`);

  it('brings over what can be here, and says of the rest why not', async () => {
    const rows = await imported(SHOP, 'Shop');
    expect(told(rows, 'cannot', 'unreadable', 'differs')).toEqual([
      'setting enforceJobAuthScope: refused',
      'connection cloud: connection-type',
      'variable-group vault: variable-group-type',
      'pipeline \\classic: classic-pipeline',
    ]);
    expect(told(rows, 'to-do')).toEqual([
      'queue Azure Pipelines: agents-to-start',
      'connection gate: secret-to-enter',
      'variable-group plain: secret-to-enter',
      'secure-file cert.pem: file-to-upload',
      'environment prod: machine-to-register',
      'environment prod: resource-type',
      'repository web: repository-access',
      'approver Release Team: approver-unknown',
      'permission environment prod: pipeline-not-here',
    ]);
    expect(source?.asked.every((one) => /^(GET|OPTIONS) /.test(one))).toBe(true);
    const client = createClient({ baseUrl: server.baseUrl, token: token.secret, fetch: server.fetch });
    const [web] = (await client.listDefinitions('Shop')).items;
    expect(web).toMatchObject({ name: 'web', queue: { name: 'Azure Pipelines' } });
    const [prod, qa] = (await client.listEnvironments('Shop')).items;
    // Nothing said means nothing permitted there, and everything here: it is said.
    const permissions = await Promise.all(
      [prod, qa].map((one) =>
        client.getPipelinePermissions('Shop', { type: 'environment', id: one?.id ?? 0 }),
      ),
    );
    expect(permissions).toMatchObject([
      { allPipelines: { authorized: false }, pipelines: [{ id: web?.id }] },
      { allPipelines: { authorized: true }, pipelines: [] },
    ]);
    const [check] = (await client.listAllChecks('Shop')).items;
    expect(check).toMatchObject({
      resource: { name: 'prod' },
      settings: { approvers: [{ displayName: 'Release Team', isContainer: true }] },
    });
    const again = await imported(SHOP, 'Shop');
    expect(told(again, 'created', 'would-create')).toEqual([]);
  });

  it('goes on without an area that the token may not read, or that fails', async () => {
    const rows = await imported(
      {
        ...SHOP,
        '/Shop/_apis/serviceendpoint/endpoints': { status: 403, text: '{"message":"TF401019: not for you"}' },
        '/Shop/_apis/distributedtask/variablegroups': { status: 401 },
        '/Shop/_apis/distributedtask/securefiles': { status: 404 },
        '/Shop/_apis/git/repositories': { status: 500, text: 'a page' },
        '/Shop/_apis/build/folders': {
          status: 203,
          headers: { 'content-type': 'text/html' },
          text: '<html>sign in</html>',
        },
      },
      'Denied',
    );
    expect(told(rows, 'unreadable')).toEqual([
      'connection all at the source: unreadable',
      'variable-group all at the source: unreadable',
      'secure-file all at the source: unreadable',
      'repository all at the source: unreadable',
      'folder all at the source: unreadable',
    ]);
    expect(rows.find(({ area }) => area === 'connection')?.remark?.what).toContain('TF401019: not for you');
    expect(told(rows, 'created')).toContain('environment prod: made');
  });

  it('waits as long as it is told to, and asks again', async () => {
    let calls = 0;
    const rows = await imported(
      {
        ...SHOP,
        '/Shop/_apis/distributedtask/queues': (_, response) => {
          calls += 1;
          const busy = { status: calls === 1 ? 429 : 503, after: calls === 1 ? '7' : '99999' };
          if (calls <= 2) response.writeHead(busy.status, { 'retry-after': busy.after }).end();
          else response.writeHead(200).end('{"count":0,"value":null}');
        },
      },
      'Slow',
    );
    expect([calls, waits]).toEqual([3, [7000, 300_000]]);
    expect(told(rows, 'unreadable')).toEqual([]);
  });

  it.each<[string, Answer, string]>([
    [
      'sends the token elsewhere',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      'redirected',
    ],
    ['answers no JSON', { status: 200, text: '<html>' }, 'not-understood'],
    ['answers no list', { json: { value: { a: 1 } } }, 'not-understood'],
    ['answers a list in a list', { json: [1] }, 'not-understood'],
    ['answers the same page for ever', { json: { value: [] }, next: 'again' }, 'endless'],
    ['never has time', { status: 429 }, 'limited'],
  ])('reads no area of a server that %s', async (_, answer, code) => {
    source = await azure({ '/Shop': answer });
    const reading = remote(source.baseUrl).all(
      { method: 'GET', scope: 'project', path: '/_apis/things', permission: 'read', summary: '' },
      { path: { project: 'Shop' } },
    );
    await expect(reading).rejects.toEqual(
      expect.toSatisfy((error) => error instanceof RemoteProblem && error.code === code),
    );
  });

  it('stops reading an answer without an end', async () => {
    let closed = false;
    source = await azure({
      '/_apis': (_, response) => {
        const chunk = Buffer.alloc(4 * 1024 * 1024, ' ');
        const more = (): void => {
          while (!closed && response.write(chunk));
          if (!closed) response.once('drain', more);
        };
        response.on('close', () => void (closed = true));
        more();
      },
    });
    const reading = remote(source.baseUrl).json(
      {
        method: 'GET',
        scope: 'organization',
        path: '/_apis/projects/:projectId',
        permission: 'read',
        summary: '',
      },
      { path: { projectId: 'Shop' } },
    );
    await expect(reading).rejects.toMatchObject({ code: 'too-large' });
    await expect.poll(() => closed, { timeout: 60_000 }).toBe(true);
  });

  it('is not led astray by things that have no shape, no name or hostile names', async () => {
    const odd = [null, 7, 'text', [], {}, { name: 5 }, { id: {}, name: '' }, { id: 1, name: '../../etc' }];
    const rows = await imported(
      {
        ...SHOP,
        '/Shop/_apis/distributedtask/queues': list(...odd, { id: 1, name: 'a\u0000b' }),
        '/Shop/_apis/serviceendpoint/endpoints': list(...odd, { id: 'x', name: 'y', type: { a: 1 } }),
        '/Shop/_apis/distributedtask/variablegroups': list(...odd, {
          id: 2,
          name: 'z',
          variables: { '__proto__x y/': 1 },
        }),
        '/Shop/_apis/distributedtask/environments?': list(...odd, { id: '5', name: 'n'.repeat(5000) }),
        '/Shop/_apis/build/definitions?': list(...odd.filter((one) => one !== null)),
        '/Shop/_apis/build/folders': list(...odd, { path: '\\a\\..\\b' }),
        '/Shop/_apis/pipelines/pipelinePermissions': { json: [1, 2] },
        '/Shop/_apis/pipelines/checks/configurations': list(null, { type: null, settings: [] }),
      },
      'Odd',
    );
    expect(told(rows, 'unreadable')).toEqual([]);
    const cannot = told(rows, 'cannot').filter((one) => !/^(check|permission|pipeline) /.test(one));
    expect(cannot.map((one) => one.replace(/n{100,}/, 'n…'))).toEqual([
      'setting enforceJobAuthScope: refused',
      'queue ../../etc: refused',
      'queue a\u0000b: refused',
      'connection 5: connection-type',
      'connection ../../etc: connection-type',
      'connection y: connection-type',
      'variable-group z: refused',
      'environment n…: refused',
      'folder \\a\\..\\b: refused',
    ]);
    const terminal = recordingTerminal();
    printReport(terminal, 'table', rows);
    expect(terminal.printed()).toMatch(/queue +a\?b +refused/);
    expect((await fetch(`${server.baseUrl.replace(/\/[^/]*$/, '')}/health/live`)).status).toBeLessThan(500);
  });

  it('ends with a sentence when the source falls silent in the middle', async () => {
    const silent = imported(
      { ...SHOP, '/Shop/_apis/distributedtask/environments?': (request) => void request.socket.destroy() },
      'Broken',
    );
    await expect(silent).rejects.toMatchObject({ code: 'silent' });
    const rows = await imported(SHOP, 'Broken');
    expect(told(rows, 'created')).toContain('environment prod: made');
    expect(told(rows, 'differs')).toEqual(['setting enforceJobAuthScope: differs']);
  });
});
