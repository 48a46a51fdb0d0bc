import { createClient, type ClientOptions, type Route } from '@signalbox/api';
import { createEngine, ensureAdministrator, startServer, type RunningServer } from '@signalbox/server';
import { openStore, type Store } from '@signalbox/store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/exit-codes.ts';
import { runProgram } from '../../src/program.ts';
import { recordingTerminal } from '../support.ts';

const APPROVAL = '8c6f20a7-a545-4486-9777-f762fafe0d4d';
const LOCK = '2ef31ad6-baa0-403a-8b45-2cbc9b4e5563';
const EXTENDS = '4020e66e-b0f3-47e1-bc88-48f3cc59b5f3';
const TASK = 'fe1de3ee-a436-41b4-bb20-f6eb4cb879a7';
const HOURS = { id: '445fde2f-6c39-441c-807f-8a59ff2e075f', name: 'evaluateBusinessHours', version: '0.0.1' };
const BRANCHES = { id: '86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b', name: 'x', version: '0.0.1' };
const REST = { id: '9c3e8943-130d-4c78-ac63-8af81df62dfb', name: 'InvokeRESTAPI', version: '1.220.0' };

interface Box {
  readonly server: RunningServer;
  readonly store: Store;
  readonly options: ClientOptions & { readonly token: string };
  readonly folder: string;
}

interface Row {
  readonly result: string;
  readonly area: string;
  readonly name: string;
  readonly remark?: { readonly code: string; readonly what: string };
}

async function box(organization: string): Promise<Box> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-import-'));
  const store = await openStore({ kind: 'memory', engine: createEngine() });
  const { secret } = await ensureAdministrator(store);
  const listen = { host: '127.0.0.1', port: 0, organization };
  const server = await startServer({ store, ...listen, dataFolder: folder, logLevel: 'silent' });
  return {
    server,
    store,
    folder,
    options: { baseUrl: server.baseUrl, token: secret, fetch: (url, init) => fetch(url, init) },
  };
}

/** One call without the client, so that what the import reads with is not what it is judged with. */
async function ask(
  { options: { baseUrl, token } }: Box,
  method: Route['method'],
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect([answer.status, path, text.slice(0, 300)]).toEqual([
    expect.toSatisfy((status: number) => status < 300),
    path,
    expect.anything(),
  ]);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

async function populate(source: Box): Promise<void> {
  const client = createClient(source.options);
  await client.createProject({ name: 'Shop', description: 'what we sell' });
  const pool = await client.createPool('linux');
  await ask(source, 'POST', '/Shop/_apis/distributedtask/queues', { pool: { id: pool.id } });
  const gate = await client.createConnection('Shop', {
    name: 'gate',
    description: 'asks the desk',
    type: 'generic',
    url: 'https://gate.example.org/',
    authorization: { scheme: 'UsernamePassword', parameters: { username: 'robot', password: 'hunter2' } },
  });
  const group = await client.createVariableGroup('Shop', {
    name: 'shared',
    description: 'for all',
    type: 'Vsts',
    variables: { region: { value: 'west' }, key: { value: 'hunter2', isSecret: true } },
  });
  await client.uploadSecureFile('Shop', 'cert.pem', new Uint8Array([1]));
  const prod = await ask(source, 'POST', '/Shop/_apis/distributedtask/environments', {
    name: 'prod',
    description: 'the real one',
  });
  await ask(source, 'POST', '/Shop/_apis/distributedtask/environments', { name: 'qa' });
  await client.addRepository('Shop', { name: 'tools', url: 'https://git.example.org/tools.git' });
  await ask(source, 'PUT', '/Shop/_apis/build/folders?path=%5Cteam', { description: 'ours' });
  const web = await ask(source, 'POST', '/Shop/_apis/build/definitions', {
    name: 'web',
    path: '\\team',
    process: { type: 2, yamlFilename: 'ci/web.yml' },
    repository: {
      type: 'Git',
      name: 'web',
      url: 'https://git.example.org/web.git',
      defaultBranch: 'refs/heads/trunk',
    },
    queue: { name: 'linux' },
    variables: { level: { value: '3', allowOverride: true }, pin: { value: 'hunter2', isSecret: true } },
    variableGroups: [{ id: group.id, name: 'shared' }],
    triggers: [{ triggerType: 'continuousIntegration', settingsSourceType: 2 }],
    buildNumberFormat: '$(Rev:r)',
  });
  const checks: readonly Record<string, unknown>[] = [
    { type: { id: LOCK }, settings: {}, timeout: 60 },
    {
      type: { id: APPROVAL },
      settings: {
        approvers: [{ displayName: 'ann' }, { displayName: 'ops', isContainer: true }],
        minRequiredApprovers: 1,
        instructions: 'Look twice.',
        requesterCannotBeApprover: true,
      },
      timeout: 120,
    },
    {
      type: { id: TASK },
      settings: {
        displayName: 'office',
        definitionRef: HOURS,
        inputs: { businessDays: 'Monday, Tuesday', timeZone: 'UTC', startTime: '07:00', endTime: '15:30' },
      },
    },
    {
      type: { id: TASK },
      settings: {
        displayName: 'trunk',
        definitionRef: BRANCHES,
        inputs: { allowedBranches: 'refs/heads/trunk' },
      },
    },
    {
      type: { id: TASK },
      settings: {
        displayName: 'desk',
        definitionRef: REST,
        retryInterval: 5,
        inputs: {
          connectedServiceName: gate.id,
          connectedServiceNameSelector: 'connectedServiceName',
          method: 'GET',
          waitForCompletion: 'false',
          successCriteria: "eq(root['ok'], true)",
        },
      },
      timeout: 30,
    },
    {
      type: { id: EXTENDS },
      settings: {
        extendsChecks: [
          {
            repositoryType: 'git',
            repositoryName: 'Shop/tools',
            repositoryRef: 'refs/heads/main',
            templatePath: 'safe.yml',
          },
        ],
      },
    },
  ];
  const resource = { type: 'environment', id: String(prod['id']) };
  for (const check of checks)
    await ask(source, 'POST', '/Shop/_apis/pipelines/checks/configurations', { ...check, resource });
  await ask(source, 'POST', '/Shop/_apis/pipelines/checks/configurations', {
    type: { id: LOCK },
    settings: {},
    resource: { type: 'repository', id: 'tools' },
  });
  await client.changePipelinePermissions(
    'Shop',
    { type: 'environment', id: String(prod['id']) },
    { allPipelines: { authorized: false }, pipelines: [{ id: Number(web['id']), authorized: true }] },
  );
  await client.changePipelinePermissions(
    'Shop',
    { type: 'endpoint', id: gate.id },
    { allPipelines: { authorized: true } },
  );
  await ask(source, 'PATCH', '/Shop/_apis/build/retention', { runRetention: { value: 30 } });
  await ask(source, 'PATCH', '/Shop/_apis/build/generalsettings', { disableImpliedYAMLCiTrigger: true });
}

describe('signalbox import azure-devops, from one Signalbox into another', () => {
  let source: Box;
  let target: Box;

  beforeAll(async () => {
    source = await box('old');
    target = await box('new');
    // Other numbers on the other side, so that no number can be taken along by mistake.
    const client = createClient(target.options);
    await client.createProject({ name: 'Other' });
    await client.createPool('other');
    for (const name of ['a', 'b', 'c'])
      await ask(target, 'POST', '/Other/_apis/distributedtask/environments', { name });
    await client.createVariableGroup('Other', { name: 'x', type: 'Vsts', variables: {} });
    await populate(source);
  });

  afterEach(() => {
    delete process.env['AZURE_DEVOPS_EXT_PAT'];
  });

  afterAll(async () => {
    for (const one of [source, target]) {
      await one.server.close();
      await one.store.close();
      rmSync(one.folder, { recursive: true, force: true });
    }
  });

  async function imported(
    ...more: readonly string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string; readonly rows: Row[] }> {
    const terminal = recordingTerminal(false, `${source.options.token}\n`);
    const at = ['--url', target.options.baseUrl, '--token', target.options.token, '--output', 'json'];
    const from = ['--organization', source.options.baseUrl, '--project', 'shop', '--token-stdin'];
    const code = await runProgram([...at, 'import', 'azure-devops', ...from, ...more], terminal);
    const out = terminal.printed();
    const rows = out.startsWith('[') ? (JSON.parse(out) as Row[]) : [];
    return { code, out, err: terminal.said(), rows };
  }

  const results = (rows: readonly Row[], result: string): readonly string[] =>
    rows.filter((row) => row.result === result).map(({ area, name }) => `${area} ${name}`);

  it('says what it would make, and makes nothing', async () => {
    const { code, rows, err } = await imported('--into', 'Shop', '--dry-run');
    expect([code, results(rows, 'created')]).toEqual([EXIT.ok, []]);
    expect(err).toMatch(/to be made/);
    const names = (await ask(target, 'GET', '/_apis/projects'))['value'] as readonly { name: string }[];
    expect(names.map(({ name }) => name)).toEqual(['Other']);
  });

  it('makes everything, names what is to be done by hand, and shows no secret', async () => {
    const { code, out, rows } = await imported('--into', 'Shop');
    expect(results(rows, 'cannot').concat(results(rows, 'unreadable'), results(rows, 'differs'))).toEqual([]);
    expect(code).toBe(EXIT.ok);
    expect(results(rows, 'created')).toEqual(
      expect.arrayContaining([
        'project Shop',
        'setting runRetention',
        'queue linux',
        'connection gate',
        'variable-group shared',
        'environment prod',
        'environment qa',
        'repository tools',
        'folder \\team',
        'pipeline \\team\\web',
        'check environment prod: approval',
        'check environment prod: desk',
        'check repository tools: exclusive lock',
        'permission environment prod',
        'permission endpoint gate',
      ]),
    );
    const toDo = rows.filter(({ result }) => result === 'to-do').map(({ remark }) => remark?.code);
    expect(new Set(toDo)).toEqual(
      new Set([
        'secret-to-enter',
        'file-to-upload',
        'agents-to-start',
        'repository-access',
        'approver-unknown',
      ]),
    );
    expect(out).not.toContain('hunter2');
  });

  it('has made the same as there is on the other side', async () => {
    const strip = (value: unknown): unknown => {
      // Numbers, addresses and people are each side's own; `resource` and groups are told by their names below.
      const own =
        /^(id|url|uri|_links|project|projectId|created.*|modified.*|lastM.*|lastChanged.*|authored.*|revision|pool|purge.*)$/i;
      if (Array.isArray(value)) return value.map(strip);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .filter(
            ([name]) => !own.test(name) && !/references$/i.test(name) && name !== 'connectedServiceName',
          )
          .map(([name, one]) => [name, strip(one)]),
      );
    };
    for (const path of [
      '/Shop/_apis/distributedtask/queues',
      '/Shop/_apis/serviceendpoint/endpoints',
      '/Shop/_apis/distributedtask/variablegroups',
      '/Shop/_apis/distributedtask/environments',
      '/Shop/_apis/signalbox/repositories',
      '/Shop/_apis/build/folders',
      '/Shop/_apis/build/definitions?includeAllProperties=true',
      '/Shop/_apis/pipelines/checks/configurations?$expand=settings',
      '/Shop/_apis/build/generalsettings',
    ]) {
      const [there, here] = await Promise.all([ask(source, 'GET', path), ask(target, 'GET', path)]);
      expect(strip(here), path).toEqual(strip(there));
    }
    const kept = (await ask(target, 'GET', '/Shop/_apis/build/retention'))['purgeRuns'];
    expect(kept).toMatchObject({ value: 30 });
  });

  it('has put ids of this side in the place of those of the other', async () => {
    const client = createClient(target.options);
    const [gate] = (await client.listConnections('Shop')).value;
    const [web] = (await client.listDefinitions('Shop')).items;
    const [group] = (await client.listVariableGroups('Shop')).value;
    const environments = (await client.listEnvironments('Shop')).items;
    const prod = environments.find(({ name }) => name === 'prod')?.id ?? 0;
    const checks = (await client.listAllChecks('Shop')).items;
    const settings = checks.map((check) => check.settings as { inputs?: Record<string, string> });
    expect(settings.map((one) => one.inputs?.['connectedServiceName']).filter(Boolean)).toEqual([gate?.id]);
    expect(web).toMatchObject({ variableGroups: [{ id: group?.id }], queue: { name: 'linux' } });
    expect(checks.filter(({ resource }) => resource.id === String(prod))).toHaveLength(6);
    const permissions = await client.getPipelinePermissions('Shop', { type: 'environment', id: prod });
    expect(permissions).toMatchObject({
      allPipelines: { authorized: false },
      pipelines: [{ id: web?.id, authorized: true }],
    });
  });

  it('changes nothing when it is done again', async () => {
    const before = await ask(target, 'GET', '/Shop/_apis/build/definitions?includeAllProperties=true');
    const { code, rows } = await imported();
    expect(code).toBe(EXIT.ok);
    expect(new Set(rows.map(({ result }) => result))).toEqual(new Set(['same', 'to-do']));
    expect(await ask(target, 'GET', '/Shop/_apis/build/definitions?includeAllProperties=true')).toEqual(
      before,
    );
  });

  it('goes on where it was broken off, and leaves alone what is different', async () => {
    const client = createClient(target.options);
    const environments = (await client.listEnvironments('Shop')).items;
    const qa = environments.find(({ name }) => name === 'qa')?.id;
    await ask(target, 'DELETE', `/Shop/_apis/distributedtask/environments/${qa}`);
    const checks = (await client.listAllChecks('Shop')).items;
    const approval = checks.find(({ type }) => type.id === APPROVAL);
    await ask(target, 'DELETE', `/Shop/_apis/pipelines/checks/configurations/${approval?.id}`);
    const [group] = (await client.listVariableGroups('Shop')).value;
    await client.updateVariableGroup('Shop', group?.id ?? 0, {
      name: 'shared',
      type: 'Vsts',
      description: 'for all',
      variables: { region: { value: 'east' }, key: { value: null, isSecret: true } },
    });
    await client.changePipelinePermissions(
      'Shop',
      { type: 'endpoint', id: (await client.listConnections('Shop')).value[0]?.id ?? '' },
      { allPipelines: { authorized: false } },
    );
    const { code, rows } = await imported();
    expect(code).toBe(EXIT.failed);
    expect(results(rows, 'created')).toEqual(['environment qa', 'check environment prod: approval']);
    const different = rows.filter(({ result }) => result === 'differs');
    expect(different.map(({ area, remark }) => `${area}: ${remark?.what}`)).toEqual([
      'variable-group: variables[1].value is west there and east here.',
      'permission: allPipelines is true there and empty here.',
    ]);
    expect((await client.listVariableGroups('Shop')).value[0]?.variables['region']).toEqual({
      value: 'east',
    });
  });

  it('tells a wrong address, a wrong token and a project that is not there apart', async () => {
    const run = async (from: readonly string[], input = source.options.token): Promise<[number, string]> => {
      const terminal = recordingTerminal(false, input);
      const at = ['--url', target.options.baseUrl, '--token', target.options.token];
      return [await runProgram([...at, 'import', 'azure-devops', ...from], terminal), terminal.said()];
    };
    const organization = ['--organization', source.options.baseUrl];
    expect(await run(['--organization', 'dev.azure.com/acme', '--project', 'Shop'])).toEqual([
      EXIT.usage,
      expect.stringContaining('https://dev.azure.com/NAME'),
    ]);
    expect(await run([...organization, '--project', 'Shop'])).toEqual([
      EXIT.denied,
      expect.stringContaining('AZURE_DEVOPS_EXT_PAT'),
    ]);
    expect((await run([...organization, '--project', 'Shop', '--token-stdin'], 'x'.repeat(52)))[0]).toBe(
      EXIT.denied,
    );
    expect((await run([...organization, '--project', 'None', '--token-stdin']))[0]).toBe(EXIT.notFound);
    process.env['AZURE_DEVOPS_EXT_PAT'] = source.options.token;
    const nowhere = 'http://127.0.0.1:9/none';
    expect((await run(['--organization', nowhere, '--project', 'Shop']))[0]).toBe(EXIT.unreachable);
  });
});
