import type { Collection, WireDeploymentRecord, WireEnvironment } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent } from '../support/fake-agent.ts';
import { lockEnvironment, makeProject, queue, runOf } from '../support/project.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

const PATH = '/Demo/_apis/distributedtask/environments';

/** One stage that deploys to `prod`, and one with a plain job. */
const TO_PROD = `
trigger: none
pool: Default
stages:
- stage: Test
  jobs:
  - job: Plain
    steps: [ { checkout: none }, { script: a } ]
- stage: Deploy
  dependsOn: []
  jobs:
  - deployment: Web
    environment: Prod
    strategy: { runOnce: { deploy: { steps: [ { script: a } ] } } }
`;

describe('environments', () => {
  let box: TestServer;

  beforeEach(async () => {
    box = await testServer({ pollWaitMs: 10 });
  });

  afterEach(async () => {
    await box.close();
  });

  const make = (name: string): Promise<WireEnvironment> => box.json('POST', PATH, { name, description: 'd' });

  it('are made, read, changed and deleted at both addresses, 204 and then 404 (ENV-1, ENV-2)', async () => {
    await box.json('POST', '/_apis/projects', { name: 'Demo' });
    const made = await make('prod');
    const { id: guid } = await box.json<{ id: string }>('GET', '/_apis/projects/Demo');
    expect(made).toMatchObject({ id: 1, name: 'prod', description: 'd', resources: [] });
    expect(made.project).toEqual({ id: guid, name: 'Demo' });
    expect(made.createdBy.displayName).toBe('administrator');
    const twin = await box.call('POST', PATH, { body: { name: 'PROD' } });
    expect(twin.statusCode).toBe(409);
    const also = `/Demo/_apis/pipelines/environments/${made.id}`;
    expect(await box.json('GET', `${also}?expands=resourceReferences`)).toEqual(made);
    const changed = await box.json<WireEnvironment>('PATCH', also, { description: 'e' });
    expect(changed).toMatchObject({ name: 'prod', description: 'e' });
    expect((await box.call('DELETE', also)).statusCode).toBe(204);
    expect((await box.call('GET', also)).statusCode).toBe(404);
    expect((await box.call('DELETE', also)).statusCode).toBe(404);
    expect((await make('prod')).id).toBeGreaterThan(made.id);
  });

  it('are listed by name, by the beginning of a name, and page by page', async () => {
    await box.json('POST', '/_apis/projects', { name: 'Demo' });
    for (const name of ['qa', 'Prod-2', 'prod-1']) await make(name);
    const names = async (query: string): Promise<readonly string[]> =>
      (await box.json<Collection<WireEnvironment>>('GET', `${PATH}${query}`)).value.map(({ name }) => name);
    expect(await names('')).toEqual(['prod-1', 'Prod-2', 'qa']);
    expect(await names('?name=PROD')).toEqual(['prod-1', 'Prod-2']);
    const first = await box.call('GET', `${PATH}?$top=2`);
    expect(first.json<Collection<WireEnvironment>>().count).toBe(2);
    const next = encodeURIComponent(String(first.headers['x-ms-continuationtoken']));
    expect(await names(`?$top=2&continuationToken=${next}`)).toEqual(['qa']);
    expect((await box.call('GET', `${PATH}?continuationToken=x`)).statusCode).toBe(400);
  });

  it('gate the stages that deploy to them, as a whole, and no plain job (ENV-6, ENV-7)', async () => {
    const { definition } = await makeProject(box, { yaml: TO_PROD });
    const { resource } = await lockEnvironment(box, 'Demo', 'prod');
    await box.json('PATCH', `/Demo/_apis/pipelines/pipelinePermissions/environment/${resource.id}`, {
      allPipelines: { authorized: false },
    });
    const run = await queue(box, 'Demo', definition.id);
    await box.server.settle();
    expect((await runOf(box, 'Demo', run.id)).stages.map(({ state }) => state)).toEqual([
      'running',
      'waiting',
    ]);
  });

  it('tell a deployment their name and number, and keep its record (ENV-4, ENV-8, DEP-4, DEP-11)', async () => {
    const { definition } = await makeProject(box, { yaml: TO_PROD });
    const agent = await connectAgent(box);
    const run = await queue(box, 'Demo', definition.id);
    const given = new Map<string, string>();
    for (let job = await agent.poll(); job !== undefined; job = await agent.poll()) {
      const { variables } = job.specification;
      const deploys = variables.some(({ name }) => name === 'Environment.Name');
      if (deploys) for (const { name, value } of variables) given.set(name, value);
      await agent.finish(job, deploys ? 'failed' : 'succeeded');
      await box.server.settle();
    }
    const { value: environments } = await box.json<Collection<WireEnvironment>>('GET', PATH);
    const [made] = environments;
    expect(environments.map(({ name }) => name)).toEqual(['Prod']);
    const known = ['Environment.Name', 'Environment.Id'].map((one) => given.get(one));
    expect(known).toEqual(['Prod', String(made?.id)]);
    const path = `${PATH}/${made?.id}/environmentdeploymentrecords`;
    const { value } = await box.json<Collection<WireDeploymentRecord>>('GET', path);
    expect(value).toHaveLength(1);
    expect(value[0]).toMatchObject({
      environmentId: made?.id,
      stageName: 'Deploy',
      jobName: 'Web',
      stageAttempt: 1,
      requestIdentifier: 'Deploy.Web',
      result: 'failed',
      definition: { id: definition.id, name: 'deploy' },
      owner: { id: run.id },
      requestedFor: { displayName: 'administrator' },
    });
  });

  it('page through their history, newest first (DEP-11)', async () => {
    await box.json('POST', '/_apis/projects', { name: 'Demo' });
    const { id } = await make('prod');
    for (const run of [1, 2, 3]) {
      const times = { queueTime: 1, startTime: 2, finishTime: 3 };
      const record = { environment: id, run, stage: 'S', stageAttempt: 1, job: 'J', result: 'succeeded' };
      await box.store.environments.recordDeployment(`${run}`, { ...record, ...times });
    }
    const path = `${PATH}/${id}/environmentdeploymentrecords`;
    const first = await box.call('GET', `${path}?top=2`);
    const runs = (list: Collection<WireDeploymentRecord>): readonly number[] =>
      list.value.map(({ owner }) => owner.id);
    expect(runs(first.json())).toEqual([3, 2]);
    const next = encodeURIComponent(String(first.headers['x-ms-continuationtoken']));
    expect(runs(await box.json('GET', `${path}?top=2&continuationToken=${next}`))).toEqual([1]);
  });
});
