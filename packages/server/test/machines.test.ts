import type {
  Collection,
  NewTokenView,
  RunView,
  WireDeploymentRecord,
  WireEnvironment,
  WireMachine,
  WirePool,
  WireTimeline,
} from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { makeProject, queue, runOf } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const ROLLING = `
trigger: none
stages:
  - stage: Deploy
    jobs:
      - deployment: Roll
        displayName: Roll out
        environment:
          name: farm
          resourceType: VirtualMachine
          tags: web
        strategy:
          rolling:
            maxParallel: 1
            deploy:
              steps:
                - script: echo deploy
`;

const MATRIX = `
trigger: none
pool: Default
jobs:
  - job: Verify
    displayName: Check
    strategy:
      maxParallel: 1
      matrix:
        north: { region: northeurope }
        west: { region: westeurope }
    steps:
      - checkout: none
      - script: echo $(region)
`;

describe('machines of environments, and legs of a matrix', () => {
  let box: TestServer;
  let project: string;
  let rolling: number;
  let token: string;
  let environment: number;
  const path = (rest: string): string =>
    `/${project}/_apis/distributedtask/environments/${environment}${rest}`;

  beforeAll(async () => {
    box = await testServer();
    const made = await makeProject(box, { name: 'Farm', yaml: ROLLING });
    project = made.project;
    rolling = made.definition.id;
    const body = { name: 'farm' };
    const url = `/${project}/_apis/distributedtask/environments`;
    environment = (await box.json<WireEnvironment>('POST', url, body)).id;
    const wanted = { name: 'farm machines', role: 'agent', environment: { project, name: 'FARM' } };
    token = (await box.json<NewTokenView>('POST', '/_apis/signalbox/tokens', wanted)).secret;
  });

  afterAll(async () => {
    await box.close();
  });

  const machine = (name: string, tags?: readonly string[]): Promise<FakeAgent> =>
    connectAgent(box, { name, token, environment: { name: 'farm', ...(tags && { tags }) } });

  it('register themselves with their tags, and keep them (DEP-12, ENV-5)', async () => {
    await machine('web1', ['web', 'EU', 'Web']);
    await machine('db', ['sql']);
    await machine('web1');
    const { value } = await box.json<Collection<WireMachine>>('GET', path('/providers/virtualmachines'));
    expect(value.map(({ name, tags, agent }) => [name, tags, agent?.status])).toEqual([
      ['db', ['sql'], 'online'],
      ['web1', ['web', 'EU'], 'online'],
    ]);
    const found = await box.json<WireEnvironment>('GET', path('?expands=resourceReferences'));
    expect(found.resources.map(({ name, type }) => [name, type])).toEqual([
      ['db', 'virtualMachine'],
      ['web1', 'virtualMachine'],
    ]);
  });

  it('are reached by no pool token, and their token serves nothing else', async () => {
    const connect = (secret: string, pool: string, more: object): Promise<unknown> =>
      box
        .call('POST', `/_apis/signalbox/agent/v1/pools/${pool}/connect`, {
          token: secret,
          body: { protocol: 1, name: 'x', version: '1', session: 's', capabilities: {}, ...more },
        })
        .then((answer) => [answer.statusCode, answer.json<{ message?: string }>().message]);
    const other = await box.agentToken('Default');
    expect([
      await connect(other, 'Default', { environment: { name: 'farm' } }),
      await connect(token, 'Default', {}),
      await connect(token, 'environments', { environment: { name: 'prod' } }),
      await connect(token, 'environments', { environment: { name: 'farm', tags: ['a,b'] } }),
    ]).toEqual([
      [403, expect.stringContaining('This token is for the pool Default.')],
      [403, expect.stringContaining('This token is for the machines of environment farm')],
      [403, expect.stringContaining('This token is for the machines of environment farm')],
      [400, expect.stringContaining('without commas')],
    ]);
    const { value } = await box.json<Collection<WirePool>>('GET', '/_apis/distributedtask/pools');
    expect(value.find(({ poolType }) => poolType === 'deployment')?.name).toContain('/');
  });

  it('are deployed to batch by batch, each by its own agent (DEP-7, AGENT-15, DEP-11)', async () => {
    const [web1, web2] = [await machine('web1'), await machine('web2', ['web'])];
    const run = await queue(box, project, rolling);
    const first = await web1.poll();
    expect(first?.specification).toMatchObject({ job: 'Roll', hook: 'deploy', leg: 'web1' });
    expect(first?.specification.displayName).toBe('Roll out web1');
    await web1.finish(first!);
    const second = await web2.poll();
    expect(second?.specification).toMatchObject({ leg: 'web2' });
    await web2.finish(second!, 'failed');
    await box.server.settle();
    expect(await runOf(box, project, run.id)).toMatchObject({ result: 'failed' });
    const { value } = await box.json<Collection<WireDeploymentRecord>>(
      'GET',
      path('/environmentdeploymentrecords'),
    );
    const ids = await box.json<Collection<WireMachine>>('GET', path('/providers/virtualmachines'));
    const nameOf = (id?: number): string | undefined => ids.value.find((one) => one.id === id)?.name;
    expect(value.map(({ resourceId, result }) => [nameOf(resourceId), result])).toEqual([
      ['web2', 'failed'],
      ['web1', 'succeeded'],
    ]);
  });

  it('can be given other tags, and be removed with their agents', async () => {
    const list = await box.json<Collection<WireMachine>>('GET', path('/providers/virtualmachines?name=DB'));
    const { id } = list.value[0]!;
    const tagged = await box.json<WireMachine>('PATCH', path('/providers/virtualmachines'), {
      id,
      tags: ['a', 'b'],
    });
    expect(tagged.tags).toEqual(['a', 'b']);
    expect((await box.call('DELETE', path(`/providers/virtualmachines/${id}`))).statusCode).toBe(204);
    expect((await box.call('DELETE', path(`/providers/virtualmachines/${id}`))).statusCode).toBe(404);
    const left = await box.json<Collection<WireMachine>>('GET', path('/providers/virtualmachines'));
    expect(left.value.map(({ name }) => name)).toEqual(['web1', 'web2']);
  });

  it('legs have names and variables of their own, logs, and a place in the timeline (MTX-1, MTX-5, MTX-6)', async () => {
    const { definition } = await makeProject(box, { name: 'Legs', yaml: MATRIX });
    const agent = await connectAgent(box, { name: 'legs' });
    const run = await queue(box, 'Legs', definition.id);
    const north = await agent.poll();
    const value = (name: string): string | undefined =>
      north?.specification.variables.find((one) => one.name === name)?.value;
    expect([value('region'), value('System.JobPositionInPhase'), value('System.TotalJobsInPhase')]).toEqual([
      'northeurope',
      '1',
      '2',
    ]);
    const view = await box.json<RunView>('GET', `/Legs/_apis/signalbox/runs/${run.id}`);
    expect(view.stages[0]?.jobs.map(({ displayName, leg, state }) => [displayName, leg, state])).toEqual([
      ['Check north', 'north', 'running'],
      ['Check west', 'west', 'notStarted'],
    ]);
    await agent.finish(north!);
    const west = await agent.poll();
    await agent.finish(west!);
    await box.server.settle();
    const { records } = await box.json<WireTimeline>('GET', `/Legs/_apis/build/builds/${run.id}/Timeline`);
    const phase = records.find(({ type }) => type === 'Phase');
    const jobs = records.filter(({ type }) => type === 'Job');
    expect(jobs.map(({ name, refName, parentId }) => [name, refName, parentId === phase?.id])).toEqual([
      ['Check north', 'north', true],
      ['Check west', 'west', true],
    ]);
    const logs = records.flatMap(({ type, log }) => (type === 'Task' && log ? [log.id] : []));
    expect(new Set(logs).size).toBe(2);
    expect(await runOf(box, 'Legs', run.id)).toMatchObject({ result: 'succeeded' });
  });
});
