import type { LockView, WireBuild, WireDefinition, WireError, WireRun } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProject, ONE_JOB, TWO_STAGES } from './support/project.ts';
import { commitFiles, git } from './support/repository.ts';
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

  it('refuses a commit that is not on the branch, so that no run says that it is of a branch (CHK-61)', async () => {
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    const topic = commitFiles(folder, { topic: '1' });
    git(folder, 'checkout', '--quiet', 'main');
    const refused = await post({ sourceVersion: topic });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([400, 'repository-unusable']);
    expect(refused.body).toContain(`The commit ${topic} is not on refs/heads/main`);
    const named = await post({ sourceBranch: 'topic', sourceVersion: topic });
    expect(named.json<WireBuild>()).toMatchObject({ sourceBranch: 'refs/heads/topic', sourceVersion: topic });
  });

  it('refuses a pipeline that is disabled (TRIG-60)', async () => {
    await update({ queueStatus: 'disabled' });
    const response = await post({});
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([
      400,
      'definition-disabled',
    ]);
    await update({ queueStatus: 'enabled' });
  });

  it('holds the runs of a pipeline that is paused until it is enabled (TRIG-60, X-23)', async () => {
    const going = (await post({})).json<WireBuild>();
    await box.server.settle();
    await update({ queueStatus: 'paused' });
    const held = (await post({})).json<WireBuild>();
    const canceled = (await post({})).json<WireBuild>();
    await box.server.settle();
    const statuses = async (): Promise<readonly string[]> =>
      Promise.all(
        [going, held, canceled].map(
          async ({ id }) => (await box.json<WireBuild>('GET', `/Demo/_apis/build/builds/${id}`)).status,
        ),
      );
    expect(await statuses()).toEqual(['inProgress', 'notStarted', 'notStarted']);
    await box.json('PATCH', `/Demo/_apis/build/builds/${canceled.id}`, { status: 'cancelling' });
    await update({ description: 'still paused' });
    await box.server.settle();
    expect(await statuses()).toEqual(['inProgress', 'notStarted', 'completed']);
    await update({ queueStatus: 'enabled' });
    await box.server.settle();
    expect(await statuses()).toEqual(['inProgress', 'inProgress', 'completed']);
  });

  it('tells of a run which values it was given for the parameters of the file (PARM-3)', async () => {
    const yaml = `parameters:\n  - { name: color, type: string }\n  - { name: sizes, type: object }\n${ONE_JOB}`;
    commitFiles(folder, { 'asked.yml': yaml });
    const asked = {
      name: 'asked',
      process: { yamlFilename: 'asked.yml' },
      repository: { type: 'Git', url: folder },
    };
    const { id } = await box.json<WireDefinition>('POST', '/Demo/_apis/build/definitions', asked);
    const run = await box.json<WireRun>('POST', `/Demo/_apis/pipelines/${id}/runs`, {
      templateParameters: { color: 'red', sizes: [1, 2] },
    });
    const given = { color: 'red', sizes: '[1,2]' };
    expect(run.templateParameters).toEqual(given);
    const build = await box.json<WireBuild>('GET', `/Demo/_apis/build/builds/${run.id}`);
    expect(build.templateParameters).toEqual(given);
    const plain = (await post({})).json<WireBuild>();
    expect(plain).not.toHaveProperty('templateParameters');
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

  it('makes environments once, however many runs come at once (GAP-47, DEP-4)', async () => {
    commitFiles(folder, { 'azure-pipelines.yml': TWO_STAGES });
    const answers = await Promise.all(Array.from({ length: 6 }, () => post({})));
    expect(answers.map((one) => one.statusCode)).toEqual([200, 200, 200, 200, 200, 200]);
    const environments = await box.json<{ count: number }>('GET', '/Demo/_apis/distributedtask/environments');
    expect(environments.count).toBe(1);
    const locks = await box.json<{ value: { resourceType: string }[] }>('GET', '/Demo/_apis/signalbox/locks');
    expect(locks.value.map((one) => one.resourceType)).toEqual(['persistedStage']);
  });

  it('asks for the lock of an environment once, however many jobs of the stage deploy there (X-10, X-11)', async () => {
    const resource = { type: 'environment', name: 'wide' };
    const lock = await box.json<LockView>('POST', '/Demo/_apis/signalbox/locks', { resource });
    const job = (name: string, environment: string): string =>
      `  - deployment: ${name}\n    environment: ${environment}\n` +
      '    strategy: {runOnce: {deploy: {steps: [{script: x}]}}}\n';
    const jobs = `${job('a', 'wide')}${job('b', 'WIDE')}${job('c', 'other')}`;
    commitFiles(folder, { 'azure-pipelines.yml': `stages:\n- stage: Deploy\n  jobs:\n${jobs}` });
    const { id } = (await post({})).json<WireBuild>();
    await box.server.settle();
    const { holders } = await box.json<LockView>('GET', `/Demo/_apis/signalbox/locks/${lock.id}`);
    expect(holders.map(({ runId, token }) => [runId, token])).toEqual([[id, 1]]);
  });

  it('makes environments for runs, not for previews (DEP-4, REC-152)', async () => {
    commitFiles(folder, {
      'azure-pipelines.yml': TWO_STAGES.replaceAll('environment: qa', 'environment: new'),
    });
    const preview = (): ReturnType<TestServer['call']> =>
      box.call('POST', `/Demo/_apis/pipelines/${definition.id}/preview`, { body: {} });
    const codes = async (): Promise<readonly string[]> =>
      ((await preview()).json<WireError>().diagnostics ?? []).map(({ code }) => code);
    expect(await codes()).toEqual(['environment-not-found']);
    // The refusal has made nothing.
    expect(await codes()).toEqual(['environment-not-found']);
    expect((await post({})).statusCode).toBe(200);
    expect((await preview()).statusCode).toBe(200);
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

describe('what a file sees while it is compiled (PVAR-1, PARM-3)', () => {
  it('knows the branch and the values of its parameters', async () => {
    const yaml = `
trigger: none
pool: Default
parameters:
  - { name: target, type: string, values: [blue, green] }
  - { name: rounds, type: number, default: 1 }
jobs:
  - job: A
    displayName: \${{ parameters.target }} \${{ parameters.rounds }} \${{ variables['Build.SourceBranchName'] }}
    steps:
      - \${{ if eq(variables['Build.SourceBranch'], 'refs/heads/main') }}:
          - script: echo main
`;
    const box = await testServer();
    try {
      const { project, definition } = await makeProject(box, { yaml });
      const send = { templateParameters: { target: 'green', rounds: 3 } };
      const { finalYaml } = await box.json<{ finalYaml: string }>(
        'POST',
        `/${project}/_apis/pipelines/${definition.id}/preview`,
        send,
      );
      expect(finalYaml).toContain('green 3 main');
      expect(finalYaml).toContain('echo main');
      const run = await box.json<{ id: number }>(
        'POST',
        `/${project}/_apis/pipelines/${definition.id}/runs`,
        send,
      );
      const plan = await box.store.runs.plan(run.id);
      expect(plan?.stages[0]?.jobs[0]?.displayName).toBe('green 3 main');
      const refused = await box.call('POST', `/${project}/_apis/build/builds`, {
        body: { definition: { id: definition.id }, templateParameters: { target: 'red' } },
      });
      expect(refused.statusCode).toBe(400);
    } finally {
      await box.close();
    }
  });
});
