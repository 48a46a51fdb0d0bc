import type { Collection, WireApproval, WireRecord, WireRun } from '@signalbox/api';
import { afterEach, describe, expect, it } from 'vitest';
import { httpReceiver, type HttpReceiver } from './support/http-receiver.ts';
import { makeProject, queue, runOf } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const MINUTE = 60_000;

const RELEASE = `
trigger: none
jobs:
  - job: Soak
    pool: server
    steps:
      - task: Delay@1
        inputs: { delayForMinutes: '10' }
  - job: Ask
    dependsOn: Soak
    pool: server
    timeoutInMinutes: 1440
    steps:
      - task: ManualValidation@1
        displayName: Look at $(Build.BuildId)
        timeoutInMinutes: 60
        inputs:
          notifyUsers: ''
          approvers: administrator
          instructions: Is **all** well?
  - job: Tell
    dependsOn: Ask
    pool: server
    steps:
      - task: InvokeRESTAPI@1
        inputs:
          serviceConnection: ops
          method: POST
          urlSuffix: /released/$(Build.BuildId)
          body: '{"run": $(Build.BuildId)}'
          successCriteria: eq(root['ok'], true)
`;

describe('jobs on the server', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  interface Place {
    readonly box: TestServer;
    readonly service: HttpReceiver;
    readonly run: number;
    pass(minutes: number): Promise<void>;
  }

  async function start(yaml: string): Promise<Place> {
    let now = Date.UTC(2026, 10, 23, 7);
    const service = await httpReceiver();
    const box = await testServer({ clock: () => now, outbound: [service.target] });
    open.push(box, service);
    const { definition } = await makeProject(box, { yaml });
    const { id } = await box.json<{ id: string }>('GET', '/_apis/projects/Demo');
    await box.json('POST', '/_apis/serviceendpoint/endpoints', {
      name: 'ops',
      type: 'generic',
      url: service.url,
      authorization: { scheme: 'None', parameters: {} },
      serviceEndpointProjectReferences: [{ projectReference: { id, name: 'Demo' }, name: 'ops' }],
    });
    const run = (await queue(box, 'Demo', definition.id)).id;
    await box.server.settle();
    const pass = async (minutes: number): Promise<void> => {
      now += minutes * MINUTE;
      await box.server.settle();
    };
    return { box, service, run, pass };
  }

  const pending = async ({ box }: Place): Promise<readonly WireApproval[]> =>
    (
      await box.json<Collection<WireApproval>>(
        'GET',
        '/Demo/_apis/pipelines/approvals?state=pending&$expand=steps',
      )
    ).value;
  const explained = async ({ box, run }: Place): Promise<string> =>
    (await box.call('GET', `/Demo/_apis/signalbox/runs/${run}/explain`)).body;
  const decide = ({ box }: Place, approvalId: string, status: string): Promise<unknown> =>
    box.json('PATCH', '/Demo/_apis/pipelines/approvals', [{ approvalId, status, comment: 'seen' }]);
  const resultOf = async ({ box, run }: Place): Promise<string | undefined> =>
    (await runOf(box, 'Demo', run)).result;

  it('run without an agent: a delay, an approval, a call [JOB-7, APPR-19, TIME-3]', async () => {
    const at = await start(RELEASE);
    at.service.answer = () => ({ status: 200, body: '{"ok": true}' });
    expect(await pending(at)).toEqual([]);
    await at.pass(10);
    expect(await explained(at)).toContain('waits for approval of ');
    expect(await explained(at)).toContain(
      'by administrator since 2026-11-23 07:10 UTC, times out at 2026-11-23 08:10 UTC.',
    );
    const [asked] = await pending(at);
    expect(asked).toMatchObject({ status: 'pending', instructions: 'Is **all** well?' });
    expect(asked?.steps?.[0]?.assignedApprover.displayName).toBe('administrator');
    await decide(at, asked?.id ?? '', 'approved');
    await at.box.server.settle();
    expect(await resultOf(at)).toBe('succeeded');
    expect(at.service.received.map(({ path, body }) => [path, body])).toEqual([
      [`/released/${at.run}`, `{"run": ${at.run}}`],
    ]);
    const { records } = await at.box.json<{ records: readonly WireRecord[] }>(
      'GET',
      `/Demo/_apis/build/builds/${at.run}/timeline`,
    );
    const tasks = records.filter(({ type }) => type === 'Task');
    expect(tasks.map(({ name, result, workerName }) => [name, result, workerName])).toEqual([
      ['Delay', 'succeeded', null],
      [`Look at ${at.run}`, 'succeeded', null],
      ['InvokeRESTAPI', 'succeeded', null],
    ]);
    expect((await at.box.store.poolWork.requests(1)).items).toEqual([]);
  });

  it('that fail where they may make a partial success, of which newer clients hear as a success [RES-3]', async () => {
    const step = `{ task: Delay@1, continueOnError: true, inputs: { delayForMinutes: soon } }`;
    const at = await start(`jobs: [{ job: Soak, pool: server, steps: [${step}] }]`);
    const builds = await at.box.json('GET', `/Demo/_apis/build/builds/${at.run}`);
    expect(builds).toMatchObject({ status: 'completed', result: 'partiallySucceeded' });
    const { pipeline, ...run } = await at.box.json<WireRun>('GET', `/Demo/_apis/pipelines/1/runs/${at.run}`);
    expect([pipeline.id, run.state, run.result]).toEqual([1, 'completed', 'succeeded']);
  });

  it('fail when somebody rejects, or nobody decides in time [APPR-19, TIME-3]', async () => {
    const at = await start(RELEASE);
    await at.pass(10);
    const [asked] = await pending(at);
    await decide(at, asked?.id ?? '', 'rejected');
    await at.box.server.settle();
    expect(await resultOf(at)).toBe('failed');
    const other = await start(RELEASE);
    await other.pass(10);
    await other.pass(60);
    expect(await resultOf(other)).toBe('failed');
    expect(await pending(other)).toEqual([]);
  });

  it('fail when the service says no', async () => {
    const at = await start(RELEASE);
    at.service.answer = () => ({ status: 200, body: '{"ok": false}' });
    await at.pass(10);
    await decide(at, (await pending(at))[0]?.id ?? '', 'approved');
    await at.box.server.settle();
    expect(await resultOf(at)).toBe('failed');
    const timeline = await at.box.call('GET', `/Demo/_apis/build/builds/${at.run}/timeline`);
    expect(timeline.body).toContain('The success criteria are false');
  });

  it('go on after a restart', async () => {
    const at = await start(RELEASE);
    at.service.answer = () => ({ status: 200, body: '{"ok": true}' });
    await at.box.restart();
    await at.pass(10);
    await at.box.restart();
    await decide(at, (await pending(at))[0]?.id ?? '', 'approved');
    await at.box.server.settle();
    expect(await resultOf(at)).toBe('succeeded');
  });

  it.each([
    ['PublishToAzureServiceBus@1', 'AMQP'],
    ['Delay@7', 'versions 1'],
    ['QueryWorkItems@0', 'it has Delay, ManualValidation, InvokeRESTAPI, AzureFunction'],
  ])('refuse %s when the run is queued, with the reason', async (task, reason) => {
    const box = await testServer();
    open.push(box);
    const { definition } = await makeProject(box, {
      yaml: `trigger: none\npool: server\nsteps:\n  - task: ${task}\n`,
    });
    const body = { definition: { id: definition.id } };
    const answer = await box.call('POST', '/Demo/_apis/build/builds', { body });
    expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining(reason)]);
  });
});
