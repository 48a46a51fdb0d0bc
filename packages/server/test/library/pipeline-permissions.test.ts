import type { WireDefinition, WireEnvironment, WireError, WirePipelinePermissions } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent } from '../support/fake-agent.ts';
import { makeProject, queue, runOf } from '../support/project.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

describe('pipelinePermissions', () => {
  let box: TestServer;
  let definition: WireDefinition;
  let environment: WireEnvironment;
  let path = '';

  beforeEach(async () => {
    box = await testServer();
    ({ definition } = await makeProject(box));
    environment = await box.json('POST', '/Demo/_apis/distributedtask/environments', { name: 'qa' });
    path = `/Demo/_apis/pipelines/pipelinePermissions/environment/${environment.id}`;
  });

  afterEach(async () => {
    await box.close();
  });

  const authorizedBy = { displayName: 'administrator' };

  it('say nothing of a resource that nobody said anything of', async () => {
    const resource = { type: 'environment', id: String(environment.id), name: 'qa' };
    expect(await box.json('GET', path)).toEqual({ resource, pipelines: [] });
    expect((await box.call('GET', path.replace('environment', 'Environment'))).statusCode).toBe(200);
  });

  it('permit one pipeline and all of them, with who said so, and take it back', async () => {
    const one = { pipelines: [{ id: definition.id, authorized: true }] };
    expect(await box.json('PATCH', path, one)).toMatchObject({
      allPipelines: { authorized: false },
      pipelines: [{ id: definition.id, authorized: true, authorizedBy }],
    });
    expect(await box.json('PATCH', path, { allPipelines: { authorized: true } })).toMatchObject({
      allPipelines: { authorized: true, authorizedBy },
      pipelines: [{ id: definition.id }],
    });
    const none = {
      allPipelines: { authorized: false },
      pipelines: [{ id: definition.id, authorized: false }],
    };
    expect(await box.json('PATCH', path, none)).toMatchObject({
      allPipelines: { authorized: false },
      pipelines: [],
    });
  });

  it('are changed for several resources at once, all or none', async () => {
    const other = await box.json<WireEnvironment>('POST', '/Demo/_apis/distributedtask/environments', {
      name: 'prod',
    });
    const many = '/Demo/_apis/pipelines/pipelinePermissions';
    const item = (id: number | string): object => ({
      resource: { type: 'environment', id: String(id) },
      pipelines: [{ id: definition.id, authorized: true }],
    });
    const bad = await box.call('PATCH', many, { body: [item(environment.id), item(987)] });
    expect(bad.statusCode).toBe(404);
    expect(await box.json('GET', path)).not.toHaveProperty('allPipelines');
    const done = await box.json<{ value: WirePipelinePermissions[] }>('PATCH', many, [
      item(environment.id),
      item(other.id),
    ]);
    expect(done.value.map(({ resource, pipelines }) => [resource.name, pipelines.length])).toEqual([
      ['qa', 1],
      ['prod', 1],
    ]);
  });

  it.each([
    ['nothing', {}, /nothing is to be changed/],
    ['a pipeline that is not there', { pipelines: [{ id: 987, authorized: true }] }, /no pipeline 987/],
    ['a pipeline without a word', { pipelines: [{ id: 1 }] }, /has the "id" of a pipeline/],
  ])('refuse %s', async (_, body, message) => {
    const answer = await box.call('PATCH', path, { body });
    expect([answer.statusCode, answer.json<WireError>().message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
  });

  it('make a stage wait until somebody permits its pipeline, and wake it then (CHK-23, ENV-3)', async () => {
    await box.json('PATCH', path, { allPipelines: { authorized: false } });
    const run = await queue(box, 'Demo', definition.id);
    const agent = await connectAgent(box);
    const job = await agent.poll();
    if (job !== undefined) await agent.finish(job);
    await box.server.settle();
    const stage = async (): Promise<unknown> => (await runOf(box, 'Demo', run.id)).stages[1]?.state;
    expect(await stage()).toBe('waiting');
    await box.json('PATCH', path, { pipelines: [{ id: definition.id, authorized: true }] });
    await box.server.settle();
    expect(await stage()).toBe('running');
  });

  it('leave a stage denied that waits for a resource when that is deleted (CHK-54)', async () => {
    await box.json('PATCH', path, { allPipelines: { authorized: false } });
    const run = await queue(box, 'Demo', definition.id);
    const agent = await connectAgent(box);
    const job = await agent.poll();
    if (job !== undefined) await agent.finish(job);
    await box.server.settle();
    await box.call('DELETE', `/Demo/_apis/distributedtask/environments/${environment.id}`);
    await box.server.settle();
    expect((await runOf(box, 'Demo', run.id)).stages[1]?.result).toBe('failed');
  });

  it('refuse a type that is none, and a resource that is not there', async () => {
    expect((await box.call('GET', path.replace('environment', 'printer'))).statusCode).toBe(400);
    expect((await box.call('GET', `${path}987`)).statusCode).toBe(404);
  });
});
