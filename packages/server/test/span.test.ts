import type { ExplainView, LockView } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { lockEnvironment, makeProject, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const stage = (name: string, after: string): string => `
  - stage: ${name}
    dependsOn: ${after}
    jobs:
      - deployment: Roll
        environment: qa
        strategy: { runOnce: { deploy: { steps: [{ script: echo }] } } }
`;

const YAML = `
trigger: none
pool: Default
lockBehavior: sequential
stages:${stage('Apply', '[]')}${stage('East', 'Apply')}${stage('West', 'Apply')}${stage('VerifyAll', '[East, West]')}`;

describe('a lock that is held through a span (LOCK-65)', () => {
  let box: TestServer;
  let agent: FakeAgent;
  const locks = '/Demo/_apis/signalbox/locks';

  beforeEach(async () => {
    box = await testServer({ pollWaitMs: 200 });
    const { project, definition } = await makeProject(box, { yaml: YAML });
    await lockEnvironment(box, project);
    await box.json('PATCH', `${locks}/1`, { span: { through: { deploy: 'verifyall' } } });
    agent = await connectAgent(box);
    for (let run = 0; run < 2; run += 1) await queue(box, project, definition.id);
    await box.server.settle();
  });

  afterEach(() => box.close());

  const explain = (run: number): Promise<ExplainView> =>
    box.json('GET', `/Demo/_apis/signalbox/runs/${run}/explain`);

  async function holder(): Promise<LockView['holders'][number] | undefined> {
    const lock = await box.json<LockView>('GET', `${locks}/1`);
    expect(lock.holders).toHaveLength(1);
    return lock.holders[0];
  }

  async function finish(): Promise<void> {
    const job = await agent.poll();
    await agent.finish(job!);
    await box.server.settle();
  }

  it('lists who is inside now and who waits there, with every stage', async () => {
    const seen: unknown[] = [];
    for (let stages = 0; stages < 4; stages += 1) {
      const { runId, nodeName, span } = (await holder()) ?? {};
      expect([runId, nodeName]).toEqual([1, 'Apply']);
      seen.push(span);
      await finish();
    }
    const until = ['VerifyAll'];
    expect(seen).toEqual([
      { until, over: false, inside: ['Apply'], waiting: [] },
      { until, over: false, inside: ['East'], waiting: ['West'] },
      { until, over: false, inside: ['West'], waiting: [] },
      { until, over: false, inside: ['VerifyAll'], waiting: [] },
    ]);
    expect(await holder()).toMatchObject({ runId: 2, token: 2 });
  });

  it('is explained to those who wait before it, and to those who wait inside', async () => {
    await finish();
    const [outside] = (await explain(2)).stages;
    expect(outside).toMatchObject({
      stage: 'Apply',
      places: [{ lockName: 'qa', position: 1 }],
      reasons: [
        {
          kind: 'heldBy',
          text: expect.stringMatching(/from stage Apply until its stage VerifyAll is over/),
          inside: [expect.stringMatching(/^Run \S+ of deploy: Inside now: East\. Waits inside: West\.$/)],
        },
      ],
    });
    const inside = (await explain(1)).stages.find((one) => one.stage === 'West');
    expect(inside).toMatchObject({ places: [], reasons: [{ kind: 'heldBy' }] });
    expect(inside?.reasons[0]?.text).toMatch(/\(stage East\)/);
    expect(inside?.reasons[0]).not.toHaveProperty('inside');
  });

  it('shows the stages of runs that may still come as their plan writes them', async () => {
    const { expected } = await box.json<LockView>('GET', `${locks}/1`);
    expect(new Set(expected.map((one) => one.stage))).toEqual(new Set(['East', 'West', 'VerifyAll']));
  });
});
