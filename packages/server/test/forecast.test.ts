import type {
  ExplainView,
  ForecastView,
  LockRequestView,
  LockView,
  WhatIfView,
  WireTimeline,
} from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { lockEnvironment, makeProject, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

/** Deploys to `qa` at once: run 1 holds the lock, the others wait. */
const DEPLOY = `
trigger: none
pool: Default
stages:
  - stage: Deploy
    lockBehavior: sequential
    jobs:
      - deployment: Roll
        environment: qa
        strategy:
          runOnce:
            deploy:
              steps:
                - script: echo deploy
  - stage: After
    jobs:
      - job: Tidy
        steps:
          - checkout: none
          - script: echo tidy
`;

describe('the queue ahead', () => {
  let box: TestServer;
  let agent: FakeAgent;
  const locks = '/Demo/_apis/signalbox/locks';
  /** The lock of the environment; the stage has one of its own. */
  let environment: LockView;

  beforeEach(async () => {
    box = await testServer({ pollWaitMs: 200 });
    const { project, definition } = await makeProject(box, { yaml: DEPLOY });
    await lockEnvironment(box, project);
    agent = await connectAgent(box);
    for (let run = 0; run < 3; run += 1) await queue(box, project, definition.id);
    await box.server.settle();
    const { value } = await box.json<{ value: LockView[] }>('GET', locks);
    environment = value.find(({ name }) => name === 'qa')!;
  });

  afterEach(() => box.close());

  const ask = (question: unknown): Promise<WhatIfView> =>
    box.json<WhatIfView>('POST', `${locks}/${environment.id}/whatIf`, question);
  const forecast = (): Promise<ForecastView> => box.json('GET', `${locks}/${environment.id}/forecast`);
  const explain = (run: number): Promise<ExplainView> =>
    box.json('GET', `/Demo/_apis/signalbox/runs/${run}/explain`);

  async function finishOne(): Promise<void> {
    const job = await agent.poll();
    await agent.finish(job!);
    await box.server.settle();
  }

  it('says what a larger capacity would do, and changes nothing', async () => {
    const told = await ask({ policy: { capacity: 2 } });
    // The stage has a lock of its own with room for one: two locks at the environment are of no use.
    expect(told).toMatchObject({ requests: [], queues: [], bounded: false, waitersTotal: 2 });
    const { value } = await box.json<{ value: LockView[] }>('GET', locks);
    expect(
      value.map(({ policy, holders, waitersTotal }) => [policy.capacity, holders.length, waitersTotal]),
    ).toEqual([
      [1, 1, 2],
      [1, 1, 2],
    ]);
  });

  it('says what comes of a move, and refuses one beside nothing', async () => {
    const [, last] = environment.waiters;
    const told = await ask({ move: { runId: 2, stage: 'Deploy', after: last!.bundleId } });
    expect(told.queues.find(({ lockId }) => lockId === environment.id)).toMatchObject({
      before: [{ runId: 2 }, { runId: 3 }],
      after: [{ runId: 3 }, { runId: 2 }],
    });
    const nowhere = { move: { runId: 2, stage: 'Deploy' } };
    const refused = await box.call('POST', `${locks}/${environment.id}/whatIf`, { body: nowhere });
    expect(refused.statusCode).toBe(400);
  });

  it('lists the line from anywhere, and those who held the lock', async () => {
    const line = `${locks}/${environment.id}/waiters`;
    const { value } = await box.json<{ value: LockRequestView[] }>('GET', `${line}?skip=1&$top=5`);
    expect(value).toMatchObject([{ runId: 3, position: 2, status: 'queued' }]);
    expect(value[0]!.reasons).not.toEqual([]);
    expect(await box.json('GET', `${locks}/${environment.id}/history`)).toMatchObject({ count: 0 });
    await finishOne();
    const past = await box.json<{ value: LockRequestView[] }>('GET', `${locks}/${environment.id}/history`);
    expect(past.value).toMatchObject([{ runId: 1, status: 'finished', token: 1, result: 'succeeded' }]);
  });

  it('says what comes of a cancel: now of one who waits, afterwards of one who holds', async () => {
    const waiter = await ask({ cancelRun: 2 });
    expect(waiter.requests).toMatchObject([{ runId: 2, stage: 'Deploy', from: 'queued', to: 'canceled' }]);
    expect(waiter.keeps).toEqual([]);
    expect(waiter.queues.find(({ lockId }) => lockId === environment.id)).toMatchObject({
      before: [{ runId: 2 }, { runId: 3 }],
      after: [{ runId: 3 }],
    });
    const holder = await ask({ cancelRun: 1 });
    expect(holder).toMatchObject({
      requests: [],
      keeps: [{ runId: 1, stage: 'Deploy' }],
      afterwards: {
        requests: [
          { runId: 1, from: 'inUse', to: 'finished' },
          { runId: 2, from: 'queued', to: 'inUse' },
        ],
      },
    });
  });

  it('then really does what it said', async () => {
    const told = await ask({ cancelRun: 2 });
    await box.call('PATCH', '/Demo/_apis/build/builds/2', { body: { status: 'cancelling' } });
    await box.server.settle();
    const lock = await box.json<LockView>('GET', `${locks}/${environment.id}`);
    const after = told.queues.find(({ lockId }) => lockId === environment.id)?.after;
    expect(lock.waiters.map(({ runId }) => runId)).toEqual(after?.map(({ runId }) => runId));
  });

  it('takes a freeze, a hold, a withdrawal and a force, and refuses what it does not know', async () => {
    expect(await ask({ freeze: { exempt: ['refs/heads/hotfix/*'] } })).toMatchObject({ requests: [] });
    expect(await ask({ withdraw: { runId: 3, stage: 'deploy' } })).toMatchObject({
      requests: [{ runId: 3, to: 'canceled' }],
    });
    expect((await ask({ force: { runId: 3, stage: 'Deploy' } })).queues[0]?.after).toMatchObject([
      { runId: 3 },
      { runId: 2 },
    ]);
    expect(await ask({ hold: { runId: 1, stage: 'Deploy' } })).toMatchObject({
      refusal: { code: 'request-not-waiting' },
    });
    for (const body of [
      {},
      { capacity: 2 },
      { policy: {}, cancelRun: 1 },
      { unfreeze: false },
      { freeze: { forever: 1 } },
    ]) {
      const refused = await box.call('POST', `${locks}/${environment.id}/whatIf`, { body });
      expect(refused.statusCode, refused.body).toBe(400);
    }
    const missing = await box.call('POST', `${locks}/${environment.id}/whatIf`, { body: { cancelRun: 99 } });
    expect(missing.statusCode).toBe(404);
  });

  it('forecasts nothing without a past, and a range once there is one, with its recorded error', async () => {
    const before = await forecast();
    expect(before.waiters.map(({ runId, position, p50 }) => [runId, position, p50.kind])).toEqual([
      [2, 1, 'unknown'],
      [3, 2, 'unknown'],
    ]);
    expect(before.unknown).toMatchObject([{ definitionName: 'deploy', stage: 'Deploy' }]);
    expect(before.error).toBeUndefined();
    await finishOne();
    const after = await forecast();
    expect(after.holders).toMatchObject([{ runId: 2, basis: { stage: 'Deploy', count: 1 } }]);
    expect(after.waiters.map(({ runId, position }) => [runId, position])).toEqual([[3, 1]]);
  });

  it('tells how far earlier forecasts were off, once what they said has come', async () => {
    const [project] = await box.store.projects.list();
    const { items } = await box.store.locks.waiters(project!.id, environment.id);
    const [second] = items.map(({ bundle }) => bundle);
    const at = second!.queueTime;
    await box.store.forecasts.record(project!.id, [
      { lock: environment.id, bundle: second!.id, at, p50: at, p90: at + 3_600_000 },
    ]);
    expect((await forecast()).error).toBeUndefined();
    await finishOne();
    const { error } = await forecast();
    const started = (await box.store.locks.bundle(project!.id, second!.id))!.assignTime!;
    expect(error).toEqual({ count: 1, typicalSeconds: (started - at) / 1000, inTime: 1 });
  });

  it('explains a run: each reason with what to do, and the chain to the job that runs', async () => {
    const { stages, circle } = await explain(3);
    expect(circle).toBeUndefined();
    expect(stages.map(({ stage }) => stage)).toEqual(['Deploy', 'After']);
    const [deploy, after] = stages;
    expect(deploy?.places.map(({ position }) => position)).toEqual([2, 2]);
    expect(deploy?.reasons.map(({ kind }) => kind)).toEqual(['heldBy', 'behind', 'heldBy', 'behind']);
    expect(deploy?.reasons[0]).toMatchObject({ runs: [{ runId: 1 }] });
    expect(deploy?.reasons[0]?.advice).toMatch(/cancel the run/);
    expect(deploy?.chain).toEqual([
      expect.stringMatching(/^Stage Deploy of run \S+ of deploy has to end\.$/),
      'A job waits for a free agent of pool 1.',
    ]);
    expect(after?.chain[0]).toMatch(/^Stage Deploy of run \S+ of deploy has to end\.$/);
    const job = await agent.poll();
    await box.server.settle();
    expect((await explain(3)).stages[0]?.chain[1]).toMatch(
      /^Job Roll of stage Deploy .* runs on an agent\.$/,
    );
    await agent.finish(job!);
    await box.server.settle();
    expect((await explain(1)).stages.map(({ stage }) => stage)).toEqual(['After']);
  });

  it('says in the timeline why a stage waits for its lock, and nothing more once it has it', async () => {
    const operations = async (run: number): Promise<readonly unknown[]> => {
      const { records } = await box.json<WireTimeline>('GET', `/Demo/_apis/build/builds/${run}/Timeline`);
      return records
        .filter(({ type }) => type === 'Checkpoint.ExclusiveLock')
        .map(({ currentOperation }) => currentOperation);
    };
    expect(await operations(2)).toEqual([expect.stringMatching(/qa is held by run \S+ of deploy/)]);
    expect(await operations(1)).toEqual([null]);
  });
});
