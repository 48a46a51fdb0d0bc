import type { WireBuild, WireDefinition } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProject, ONE_JOB, TWO_STAGES } from './support/project.ts';
import { commitFiles } from './support/repository.ts';
import { testServer, type TestServer } from './support/test-server.ts';

describe('queueing a run', () => {
  let box: TestServer;
  let definition: WireDefinition;
  let folder: string;

  beforeAll(async () => {
    box = await testServer();
    ({ definition, folder } = await makeProject(box, { yaml: ONE_JOB }));
  });

  afterAll(async () => {
    await box.close();
  });

  const post = (body: object, headers: Record<string, string> = {}): ReturnType<TestServer['call']> =>
    box.call('POST', '/Demo/_apis/build/builds', {
      body: { definition: { id: definition.id }, ...body },
      headers,
    });
  const update = async (change: object): Promise<void> => {
    const path = `/Demo/_apis/build/definitions/${definition.id}`;
    const now = await box.json<WireDefinition>('GET', path);
    await box.json('PUT', path, { ...now, ...change });
  };

  it('gives the same run for the same key and body, and refuses the key for another (INV-70)', async () => {
    const key = { 'idempotency-key': 'one' };
    const first = (await post({}, key)).json<WireBuild>();
    expect((await post({}, key)).json<WireBuild>().id).toBe(first.id);
    commitFiles(folder, { other: 'the branch has moved on' });
    expect((await post({}, key)).json<WireBuild>().id).toBe(first.id);
    const reused = await post({ sourceBranch: 'refs/heads/main' }, key);
    expect([reused.statusCode, reused.json<{ code: string }>().code]).toEqual([422, 'key-reused']);
    expect((await post({})).json<WireBuild>().id).toBeGreaterThan(first.id);
  });

  it('runs the commit that the branch has now, and the one that is named', async () => {
    const commit = commitFiles(folder, { more: '1' });
    const newest = (await post({})).json<WireBuild>();
    expect(newest.sourceVersion).toBe(commit);
    commitFiles(folder, { more: '2' });
    expect((await post({ sourceVersion: commit.slice(0, 10) })).json<WireBuild>().sourceVersion).toBe(commit);
  });

  it('refuses a pipeline that is paused or disabled', async () => {
    for (const queueStatus of ['paused', 'disabled']) {
      await update({ queueStatus });
      const response = await post({});
      expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([
        400,
        `definition-${queueStatus}`,
      ]);
    }
    await update({ queueStatus: 'enabled' });
  });

  it('sets only variables that the pipeline lets be set (TH18)', async () => {
    await update({ variables: { fixed: { value: 'a' }, open: { value: 'b', allowOverride: true } } });
    expect((await post({ parameters: '{"OPEN":"c","free":"d"}' })).statusCode).toBe(200);
    const refused = await post({ parameters: '{"Fixed":"c"}' });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([
      400,
      'variable-not-settable',
    ]);
  });

  it('makes environments once, however many runs come at once (GAP-47)', async () => {
    commitFiles(folder, { 'azure-pipelines.yml': TWO_STAGES });
    const answers = await Promise.all(Array.from({ length: 6 }, () => post({})));
    expect(answers.map((one) => one.statusCode)).toEqual([200, 200, 200, 200, 200, 200]);
    const environments = await box.json<{ count: number }>('GET', '/Demo/_apis/distributedtask/environments');
    expect(environments.count).toBe(1);
    const locks = await box.json<{ value: { resourceType: string }[] }>('GET', '/Demo/_apis/signalbox/locks');
    expect(locks.value.map((one) => one.resourceType)).toEqual(['persistedStage']);
  });

  it('tells every mistake of a file, and makes nothing', async () => {
    commitFiles(folder, {
      'azure-pipelines.yml': 'stages:\n- stage: a\n  dependsOn: [b, c]\n  jobs: [{ job: x }]\n',
    });
    const before = (await box.json<{ count: number }>('GET', '/Demo/_apis/build/builds?$top=1000')).count;
    const response = await post({});
    expect(response.statusCode).toBe(400);
    expect(response.json<{ diagnostics: unknown[] }>().diagnostics.length).toBeGreaterThanOrEqual(2);
    expect((await box.json<{ count: number }>('GET', '/Demo/_apis/build/builds?$top=1000')).count).toBe(
      before,
    );
  });
});
