import type { RunView, WireTimeline } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { lockEnvironment, makeProject, queue, runOf } from './support/project.ts';
import { commitFiles } from './support/repository.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const YAML = `
trigger: none
pool: Default
stages:
  - stage: Build
    jobs:
      - job: Compile
        steps: [{ checkout: none }, { script: echo compile }]
      - job: Lint
        dependsOn: Compile
        steps: [{ checkout: none }, { script: echo lint }]
  - stage: Deploy
    lockBehavior: sequential
    jobs:
      - deployment: Roll
        environment: qa
        strategy: { runOnce: { deploy: { steps: [{ script: echo deploy }] } } }
  - stage: Hand
    trigger: manual
    jobs:
      - job: Tidy
        steps: [{ checkout: none }, { script: echo tidy }]
`;

describe('a run that goes on: retries and manual stages over REST', () => {
  let box: TestServer;
  let agent: FakeAgent;
  let run: number;
  let definition: number;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    box = await testServer({ pollWaitMs: 50 });
    const made = await makeProject(box, { yaml: YAML });
    const { project } = made;
    folder = made.folder;
    definition = made.definition.id;
    await lockEnvironment(box, project);
    agent = await connectAgent(box);
    run = (await queue(box, project, definition)).id;
    url = `/Demo/_apis/build/builds/${run}`;
    await box.server.settle();
  });

  afterAll(() => box.close());

  /** The agent takes the next job and ends it so; answers which it was. */
  async function finish(result: 'succeeded' | 'failed'): Promise<string> {
    const job = await agent.poll();
    await agent.finish(job!, result);
    await box.server.settle();
    const { stage, stageAttempt, job: name, jobAttempt } = job!.specification;
    return `${stage}#${stageAttempt}.${name}#${jobAttempt}`;
  }

  const view = (): Promise<RunView> => runOf(box, 'Demo', run);
  const stagesOf = async (): Promise<readonly string[]> =>
    (await view()).stages.map(({ name, attempt, result, state }) => `${name}#${attempt} ${result ?? state}`);
  const patch = async (stage: string, body: unknown): Promise<readonly [number, unknown]> => {
    const response = await box.call('PATCH', `${url}/stages/${stage}`, { body });
    await box.server.settle();
    return [response.statusCode, response.body === '' ? undefined : response.json<{ code: string }>().code];
  };

  it('refuses what cannot be run again yet (RETRY-11, RETRY-6)', async () => {
    expect(await patch('build', { state: 'retry' })).toEqual([409, 'stage-under-way']);
    expect(await patch('nowhere', { state: 'retry' })).toEqual([404, undefined]);
    expect(await patch('build', { state: 'run' })).toEqual([409, 'stage-not-startable']);
    expect(await patch('build', {})).toEqual([400, undefined]);
    expect(await patch('hand', { state: 'retry' })).toEqual([409, 'stage-not-started']);
  });

  it('runs the jobs that failed again, and says what can be done (RETRY-1, RETRY-4)', async () => {
    await finish('succeeded');
    expect(await finish('failed')).toBe('Build#1.Lint#1');
    expect(await view()).toMatchObject({ status: 'completed', result: 'failed' });
    expect((await view()).stages.map(({ acts }) => acts)).toEqual([
      ['retry', 'retryAll'],
      ['start', 'retry', 'retryAll'],
      ['start'],
    ]);
    expect(await patch('Build', { state: 'retry' })).toEqual([204, undefined]);
    expect(await view()).toMatchObject({ status: 'inProgress' });
    expect(await finish('succeeded')).toBe('Build#2.Lint#2');
    expect(await stagesOf()).toEqual(['Build#2 succeeded', 'Deploy#2 running', 'Hand#1 notStarted']);
  });

  it('keeps every attempt in the timeline, each in one of its own (RETRY-8, RES-2, RES-4)', async () => {
    const whole = await box.json<WireTimeline>('GET', `${url}/timeline`);
    const records = whole.records.filter(
      ({ type, identifier }) => type === 'Stage' || identifier.endsWith('Lint'),
    );
    const [build] = records;
    expect(build).toMatchObject({ identifier: 'Build', attempt: 2, previousAttempts: [{ attempt: 1 }] });
    const [before] = build!.previousAttempts;
    const earlier = await box.json<WireTimeline>('GET', `${url}/timeline/${before!.timelineId}`);
    expect(earlier.id).toBe(before!.timelineId);
    expect(earlier.records.find(({ id }) => id === before!.recordId)).toMatchObject({
      type: 'Stage',
      attempt: 1,
      result: 'failed',
    });
    const lint = whole.records.find(
      ({ type, identifier }) => type === 'Phase' && identifier === 'Build.Lint',
    );
    expect(lint).toMatchObject({ attempt: 2, previousAttempts: [{ attempt: 1, timelineId: earlier.id }] });
    const compile = whole.records.find(({ identifier }) => identifier === 'Build.Compile');
    expect(compile).toMatchObject({ attempt: 1, previousAttempts: [], result: 'succeeded' });
    const open = whole.records.filter(({ state }) => state !== 'completed');
    expect(open.map(({ result, finishTime }) => [result, finishTime])).toEqual(open.map(() => [null, null]));
    const types = new Set(whole.records.map(({ type }) => type));
    expect([...types].toSorted()).toEqual([
      'Checkpoint',
      'Checkpoint.ExclusiveLock',
      'Job',
      'Phase',
      'Stage',
      'Task',
    ]);
    expect((await box.call('GET', `${url}/timeline/00000000-0000-0000-0000-000000000000`)).statusCode).toBe(
      404,
    );
    const views = (await view()).stages.map(({ previousAttempts, requestedBy }) => [
      requestedBy,
      previousAttempts?.map(({ attempt, result }) => `${attempt} ${result}`),
    ]);
    expect(views).toEqual([
      ['administrator', ['1 failed']],
      ['administrator', ['1 skipped']],
      [undefined, undefined],
    ]);
  });

  it('runs the failed stages of a run again, and records each deployment (RETRY-1, DEP-11)', async () => {
    expect(await finish('failed')).toBe('Deploy#2.Roll#2');
    const response = await box.call('PATCH', `${url}?retry=true`, { body: {} });
    expect([response.statusCode, response.json<{ status: string }>().status]).toEqual([200, 'inProgress']);
    await box.server.settle();
    expect(await finish('succeeded')).toBe('Deploy#3.Roll#3');
    expect(await view()).toMatchObject({ id: run, status: 'completed', result: 'succeeded' });
    const again = await box.call('PATCH', `${url}?retry=true`, { body: {} });
    expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, 'nothing-to-retry']);
    const records = await box.json<{ value: readonly { result: string; stageAttempt: number }[] }>(
      'GET',
      '/Demo/_apis/distributedtask/environments/1/environmentdeploymentrecords',
    );
    expect(records.value.map(({ result, stageAttempt }) => `${stageAttempt} ${result}`)).toEqual([
      '3 succeeded',
      '2 failed',
    ]);
  });

  it('starts a manual stage when the run is over, for those who may queue it (MAN-1, MAN-2, MAN-3)', async () => {
    const reader = await box.token('reader');
    const refused = await box.call('PATCH', `${url}/stages/Hand`, { body: { state: 'run' }, token: reader });
    expect(refused.statusCode).toBe(403);
    expect(await patch('Hand', { state: 'run' })).toEqual([204, undefined]);
    expect(await view()).toMatchObject({ status: 'inProgress' });
    expect(await finish('succeeded')).toBe('Hand#1.Tidy#1');
    expect(await view()).toMatchObject({ status: 'completed', result: 'succeeded' });
    expect((await view()).stages.at(-1)).toMatchObject({ attempt: 1, requestedBy: 'administrator' });
  });

  it('keeps the file of its run, while new runs of the pipeline start beside it (RUN-4, RUN-5)', async () => {
    commitFiles(folder, { 'azure-pipelines.yml': YAML.replace('echo compile', 'echo other') });
    for (let others = 0; others < 2; others += 1) await queue(box, 'Demo', definition);
    await box.server.settle();
    const { value } = await box.json<{ value: readonly { id: number; status: string }[] }>(
      'GET',
      '/Demo/_apis/build/builds?statusFilter=inProgress',
    );
    expect(value).toHaveLength(2);
    expect(await patch('Build', { state: 'retry', forceRetryAllJobs: true })).toEqual([204, undefined]);
    const scripts: (readonly [number, string | undefined])[] = [];
    for (let jobs = 0; jobs < 3; jobs += 1) {
      const job = await agent.poll();
      scripts.push([job!.specification.run, job!.specification.steps.at(-1)?.inputs['script']]);
      await agent.finish(job!);
    }
    await box.server.settle();
    expect(scripts.toSorted((a, b) => a[0] - b[0])).toEqual([
      [run, 'echo compile'],
      [run + 1, 'echo other'],
      [run + 2, 'echo other'],
    ]);
    for (const other of [run, run + 1, run + 2])
      await box.json('PATCH', `/Demo/_apis/build/builds/${other}`, { status: 'cancelling' });
    await box.server.settle();
  });
});
