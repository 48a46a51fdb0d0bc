import { getHandlerFromToken, WebApi } from 'azure-devops-node-api';
import {
  BuildQueryOrder,
  BuildStatus,
  type Build,
} from 'azure-devops-node-api/interfaces/BuildInterfaces.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent } from './support/fake-agent.ts';
import { lockEnvironment, makeProject } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

describe('azure-devops-node-api, unchanged', () => {
  let box: TestServer;
  let api: WebApi;
  let definition: number;

  beforeAll(async () => {
    box = await testServer();
    const made = await makeProject(box);
    definition = made.definition.id;
    await lockEnvironment(box, 'Demo');
    await connectAgent(box);
    const token = await box.token('contributor');
    expect(token).toHaveLength(52);
    api = new WebApi(box.server.baseUrl, getHandlerFromToken(token));
  });

  afterAll(async () => {
    await box.close();
  });

  it('connects', async () => {
    const data = await api.connect();
    expect(data.authenticatedUser?.providerDisplayName).toBe('contributor');
    expect(data.deploymentType).toBeDefined();
  });

  it('Core: projects', async () => {
    const core = await api.getCoreApi();
    expect((await core.getProjects()).map((project) => project.name)).toEqual(['Demo']);
    expect((await core.getProject('demo')).id).toMatch(/^[\da-f-]{36}$/);
    expect(await core.getProject('nothing')).toBeNull();
  });

  it('Build: definitions and builds, with enums as numbers', async () => {
    const builds = await api.getBuildApi();
    const [reference] = await builds.getDefinitions('Demo', 'dep*');
    expect(reference?.id).toBe(definition);
    const whole = await builds.getDefinition('Demo', definition);
    const updated = await builds.updateDefinition({ ...whole, description: 'changed' }, 'Demo', definition);
    expect([updated.revision, updated.description]).toEqual([2, 'changed']);
    await expect(builds.updateDefinition(whole, 'Demo', definition)).rejects.toMatchObject({
      statusCode: 409,
    });

    const first = await builds.queueBuild(
      { definition: { id: definition }, parameters: '{"a":"b"}' } as Build,
      'Demo',
    );
    await builds.queueBuild({ definition: { id: definition } } as Build, 'Demo');
    const unfinished = BuildStatus.InProgress | BuildStatus.NotStarted | BuildStatus.Cancelling;
    // The client takes its filters by position.
    const three = [undefined, undefined, undefined] as const;
    const oldest = await builds.getBuilds(
      'Demo',
      [definition],
      ...three,
      ...three,
      unfinished,
      ...three,
      1,
      ...three,
      BuildQueryOrder.QueueTimeAscending,
    );
    expect(oldest.map((build) => build.id)).toEqual([first.id]);

    const timeline = await builds.getBuildTimeline('Demo', first.id!);
    expect(timeline.records?.map((record) => record.type)).toContain('Stage');
    expect(await builds.getBuildLogs('Demo', first.id!)).toEqual([]);
    expect(await builds.addBuildTag('Demo', first.id!, 'green')).toEqual(['green']);
    expect(await builds.getBuildTags('Demo', first.id!)).toEqual(['green']);
    const cancelled = await builds.updateBuild(
      { status: BuildStatus.Cancelling } as Build,
      'Demo',
      first.id!,
    );
    expect([BuildStatus.Cancelling, BuildStatus.Completed]).toContain(cancelled.status);
    expect(await builds.getBuild('Demo', 987_654)).toBeNull();
  });

  it('Pipelines: list, run, preview', async () => {
    const pipelines = await api.getPipelinesApi();
    expect((await pipelines.listPipelines('Demo')).map((one) => one.name)).toEqual(['deploy']);
    const preview = await pipelines.preview({ previewRun: true }, 'Demo', definition);
    expect(preview.finalYaml).toContain('stage: Build');
    const run = await pipelines.runPipeline({}, 'Demo', definition);
    expect(run.pipeline?.id).toBe(definition);
    expect((await pipelines.getRun('Demo', definition, run.id!)).id).toBe(run.id);
    expect((await pipelines.listRuns('Demo', definition))[0]?.id).toBe(run.id);
  });

  it('TaskAgent: pools, agents, queues, environments, deployment records', async () => {
    const tasks = await api.getTaskAgentApi();
    const [pool] = await tasks.getAgentPools('Default');
    expect(pool?.name).toBe('Default');
    const [agent] = await tasks.getAgents(pool!.id!, undefined, true);
    expect([agent?.name, agent?.systemCapabilities?.['agent.os']]).toEqual(['agent-1', 'Linux']);
    expect((await tasks.getAgentQueues('Demo'))[0]?.name).toBe('Default');
    const [environment] = await tasks.getEnvironments('Demo', 'qa');
    expect(environment?.project?.id).toMatch(/^[\da-f-]{36}$/);
    expect(await tasks.getEnvironmentDeploymentExecutionRecords('Demo', environment!.id!)).toEqual([]);
  });

  it('says why when a token is wrong', async () => {
    const stranger = new WebApi(box.server.baseUrl, getHandlerFromToken('a'.repeat(52)));
    await expect(stranger.connect()).rejects.toThrow(/TF400813/);
  });
});
