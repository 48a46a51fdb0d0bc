import type {
  AgentJob,
  LockView,
  WireBuild,
  WireConnection,
  WireError,
  WireVariableGroup,
} from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent } from '../support/fake-agent.ts';
import { makeProject, queue, runOf } from '../support/project.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

const USES_LIBRARY = `
trigger: none
pool: Default
variables:
- name: which
  value: Gate
- group: Shared
stages:
- stage: Call
  variables:
  - name: host
    value: of the stage
  jobs:
  - job: A
    steps:
    - checkout: none
    - script: echo $(key) $(host)
    - task: AzureCLI@2
      inputs: { azureSubscription: $(which) }
`;

const LOCK = { id: '2EF31AD6-BAA0-403A-8B45-2CBC9B4E5563', name: 'ExclusiveLock' };

describe('what the stages of a run use of the library', () => {
  let box: TestServer;

  beforeEach(async () => {
    box = await testServer({ pollWaitMs: 10 });
  });

  afterEach(async () => {
    await box.close();
  });

  async function connection(name: string): Promise<string> {
    const body = { name, url: 'https://example.org/', authorization: { scheme: 'None' } };
    return (await box.json<WireConnection>('POST', '/Demo/_apis/serviceendpoint/endpoints', body)).id;
  }

  async function group(name: string, variables: object): Promise<number> {
    const path = '/Demo/_apis/distributedtask/variablegroups';
    return (await box.json<WireVariableGroup>('POST', path, { name, type: 'Vsts', variables })).id;
  }

  async function lock(type: string, id: string): Promise<void> {
    const body = { type: LOCK, resource: { type, id }, settings: {} };
    await box.json('POST', '/Demo/_apis/pipelines/checks/configurations', body);
  }

  it('refuses a run whose connection or group does not exist, and says where it stands', async () => {
    const { definition } = await makeProject(box, { yaml: USES_LIBRARY });
    const body = { definition: { id: definition.id } };
    const answer = await box.call('POST', '/Demo/_apis/build/builds', { body });
    expect(answer.statusCode).toBe(400);
    const { diagnostics = [] } = answer.json<WireError>();
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "resource-not-found: The variable group 'Shared' does not exist.",
      "resource-not-found: The service connection 'Gate' does not exist.",
    ]);
    expect(diagnostics[1]?.line).toBe(18);
  });

  it('refuses a name that is known only while the run goes on', async () => {
    const yaml = USES_LIBRARY.replace('value: Gate', "value: $[ lower('GATE') ]");
    const { definition } = await makeProject(box, { yaml });
    await group('Shared', {});
    await connection('Gate');
    const body = { definition: { id: definition.id } };
    const answer = await box.call('POST', '/Demo/_apis/build/builds', { body });
    expect(answer.json<WireError>().message).toContain("The name of the service connection '$(which)'");
  });

  it('gives jobs the variables of a group, secrets in clear and sealed everywhere else (VARD-5, VARD-11)', async () => {
    const { definition } = await makeProject(box, { yaml: USES_LIBRARY });
    await connection('gate');
    await group('shared', { key: { value: 'pa55', isSecret: true }, host: { value: 'of the group' } });
    const agent = await connectAgent(box);
    const run = await queue(box, 'Demo', definition.id);
    const job = await agent.poll();
    const given = (name: string): unknown =>
      job?.specification.variables.find(
        (one: AgentJob['specification']['variables'][number]) => one.name === name,
      );
    expect(given('key')).toMatchObject({ value: 'pa55', secret: true });
    expect(given('host')).toMatchObject({ value: 'of the stage', secret: false });
    const journal = await box.store.journal.read({ kind: 'run', id: run.id });
    expect(JSON.stringify(journal)).not.toContain('pa55');
  });

  it('locks a connection, a group, and a pool that has a lock (LOCK-10, LOCK-14)', async () => {
    const { definition } = await makeProject(box, { yaml: USES_LIBRARY });
    await lock('endpoint', await connection('Gate'));
    await lock('variablegroup', String(await group('Shared', {})));
    const first = await queue(box, 'Demo', definition.id);
    const second = await queue(box, 'Demo', definition.id);
    await box.server.settle();
    const states = async ({ id }: WireBuild): Promise<unknown> =>
      (await runOf(box, 'Demo', id)).stages.map(({ state }) => state);
    expect([await states(first), await states(second)]).toEqual([['running'], ['waiting']]);
    const locks = await box.json<{ value: LockView[] }>('GET', '/Demo/_apis/signalbox/locks');
    expect(locks.value.map(({ name }) => name).sort()).toEqual(['Gate', 'Shared']);
    expect(locks.value.every(({ waitersTotal }) => waitersTotal === 1)).toBe(true);
  });

  it('counts a pool and a repository once they have a lock or a check, in any stage that uses them', async () => {
    const { definition } = await makeProject(box, {
      yaml: 'trigger: none\npool: Default\nsteps:\n- script: a',
    });
    const before = await queue(box, 'Demo', definition.id);
    const pool = await box.store.pools.upsert('Default');
    const { id } = await box.store.pools.upsertQueue(1, pool.id);
    await lock('queue', String(id));
    const after = await queue(box, 'Demo', definition.id);
    const resources = async ({ id: run }: WireBuild): Promise<unknown> =>
      Object.values((await box.store.runs.get(run))?.resources ?? {}).flat();
    expect(await resources(before)).toEqual([]);
    expect(await resources(after)).toEqual([{ type: 'queue', id: String(id), name: 'Default' }]);
  });

  it('takes checks and locks on every type of resource, and refuses what does not exist', async () => {
    const { project } = await makeProject(box);
    const { id: guid } = await box.json<{ id: string }>('GET', `/_apis/projects/${project}`);
    const path = '/Demo/_apis/pipelines/checks/configurations';
    await lock('repository', `${guid}.Tools`);
    await lock('secureFile', 'sign.pfx');
    const unknown = { type: LOCK, resource: { type: 'endpoint', id: guid }, settings: {} };
    expect((await box.call('POST', path, { body: unknown })).statusCode).toBe(404);
    const other = {
      type: LOCK,
      resource: { type: 'repository', id: `${guid.replace(/./, (first) => (first === '0' ? '1' : '0'))}.x` },
    };
    expect((await box.call('POST', path, { body: other })).statusCode).toBe(404);
    const wrong = { type: LOCK, resource: { type: 'printer', id: '1' } };
    expect((await box.call('POST', path, { body: wrong })).json<WireError>().message).toContain(
      'must be one of',
    );
  });
});
