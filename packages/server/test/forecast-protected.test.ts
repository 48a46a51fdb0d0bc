import type { ExplainView, LockView, WhatIfView } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { lockEnvironment, makeProject, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const YAML = `
trigger: none
pool: Default
lockBehavior: sequential
stages:
  - stage: Apply
    jobs:
      - deployment: Roll
        environment: qa
        strategy: { runOnce: { deploy: { steps: [{ script: echo apply }] } } }
`;

const PENDING =
  /The run was cancelled by .+ at \S+Z; that takes effect when stage Apply is over, for the lock of qa protects it\.$/;

describe('a cancel that waits for the end of a protected stage (Q6)', () => {
  let box: TestServer;
  let agent: FakeAgent;
  let lock: LockView;
  const locks = '/Demo/_apis/signalbox/locks';

  beforeEach(async () => {
    box = await testServer({ pollWaitMs: 200 });
    const { project, definition } = await makeProject(box, { yaml: YAML });
    await lockEnvironment(box, project);
    [lock] = (await box.json<{ value: [LockView] }>('GET', locks)).value;
    await box.json('PATCH', `${locks}/${lock.id}`, { cancel: 'afterStage' });
    agent = await connectAgent(box);
    for (let run = 0; run < 2; run += 1) await queue(box, project, definition.id);
    await box.server.settle();
  });

  afterEach(() => box.close());

  const whatIf = (): Promise<WhatIfView> => box.json('POST', `${locks}/${lock.id}/whatIf`, { cancelRun: 1 });
  const explain = (run: number): Promise<ExplainView> =>
    box.json('GET', `/Demo/_apis/signalbox/runs/${run}/explain`);

  async function cancel(): Promise<void> {
    await box.call('PATCH', '/Demo/_apis/build/builds/1', { body: { status: 'cancelling' } });
    await box.server.settle();
  }

  it('is named by what-if before anybody asks for it, with those who come afterwards', async () => {
    const told = await whatIf();
    expect(told).toMatchObject({
      requests: [],
      keeps: [{ runId: 1, stage: 'Apply', protectedBy: ['qa'] }],
      afterwards: {
        requests: [
          { runId: 1, to: 'finished' },
          { runId: 2, to: 'inUse' },
        ],
      },
    });
    expect(told.keeps[0]).not.toHaveProperty('pendingCancel');
  });

  it('is named once it waits: in a what-if, for its own stage, and at the end of the chain of others', async () => {
    const job = await agent.poll();
    await cancel();
    expect((await whatIf()).keeps).toMatchObject([
      { runId: 1, pendingCancel: expect.stringMatching(PENDING) },
    ]);
    expect((await explain(1)).stages).toMatchObject([
      { stage: 'Apply', reasons: [], pendingCancel: expect.stringMatching(PENDING) },
    ]);
    const [waiter] = (await explain(2)).stages;
    expect(waiter).not.toHaveProperty('pendingCancel');
    expect(waiter?.chain).toEqual([
      expect.stringMatching(
        /^Stage Apply of run \S+ of deploy has to end\. The run was cancelled by .+ protects it\.$/,
      ),
      expect.stringMatching(/^Job Roll of stage Apply .* runs on an agent\.$/),
    ]);
    await agent.finish(job!);
    await box.server.settle();
    expect((await explain(1)).stages).toEqual([]);
    expect((await explain(2)).stages[0]).not.toHaveProperty('pendingCancel');
  });
});
