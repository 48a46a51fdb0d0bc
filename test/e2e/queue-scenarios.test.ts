import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cli,
  lockRequests,
  mostHoldersAtOnce,
  queueRun,
  setUpProject,
  whenCompleted,
} from '../support/queue.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';

/** Builds as long as it is told, then deploys to the environment for as long as it is told. */
const pipeline = (environment: string): string => `
trigger: none
lockBehavior: sequential
pool: Default
stages:
  - stage: Build
    jobs:
      - job: Build
        steps:
          - checkout: none
          - script: sleep "\${BUILDSECONDS:-0}"
  - stage: Deploy
    jobs:
      - deployment: Service
        environment: ${environment}
        strategy:
          runOnce:
            deploy:
              steps:
                - script: sleep "\${DEPLOYSECONDS:-0.5}"
`;

describe('the scenarios of the queue, with real agents', () => {
  let box: Signalbox;

  beforeAll(async () => {
    box = await startSignalbox({ agents: 5 });
  });

  afterAll(async () => {
    await box.stop();
  });

  it('Q1: deploys in the order of the queue although the older build is slower', async () => {
    const { p } = await setUpProject(box, 'Q1', { 'p.yml': pipeline('qa') });
    await cli(box, 'locks', 'create', '--project', 'Q1', '--environment', 'qa', '--order-by', 'runQueueTime');
    const ids = [
      await queueRun(box, 'Q1', p!, { buildSeconds: '4' }),
      await queueRun(box, 'Q1', p!, { buildSeconds: '0' }),
      await queueRun(box, 'Q1', p!, { buildSeconds: '1' }),
    ];
    const done = await whenCompleted(box, 'Q1', ids);
    expect(done.map((run) => run.result)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    const granted = (await lockRequests(box, 'Q1'))
      .filter((request) => request.assignTime !== undefined)
      .sort((a, b) => (a.token ?? 0) - (b.token ?? 0));
    expect(granted.map((request) => request.runId)).toEqual(ids);
    expect(granted.map((request) => request.token)).toEqual([1, 2, 3]);
  });

  it('Q4: capacity 2 never has more than two holders, and serves them in order', async () => {
    const { p } = await setUpProject(box, 'Q4', { 'p.yml': pipeline('qa') });
    await cli(box, 'locks', 'create', '--project', 'Q4', '--environment', 'qa', '--capacity', '2');
    const ids: number[] = [];
    for (let run = 0; run < 5; run += 1) ids.push(await queueRun(box, 'Q4', p!, { deploySeconds: '1' }));
    await whenCompleted(box, 'Q4', ids);
    const requests = await lockRequests(box, 'Q4');
    expect(mostHoldersAtOnce(requests)).toBe(2);
    const byArrival = [...requests].sort((a, b) => a.requestId - b.requestId);
    expect(byArrival.map((request) => request.token)).toEqual([1, 2, 3, 4, 5]);
  });

  it('Q7: the waiter gives up when its time is over; the holder finishes; the lock is free', async () => {
    const { p } = await setUpProject(box, 'Q7', { 'p.yml': pipeline('qa') });
    await cli(box, ...'locks create --project Q7 --environment qa --wait-timeout 1'.split(' '));
    const holder = await queueRun(box, 'Q7', p!, { deploySeconds: '75' });
    const waiter = await queueRun(box, 'Q7', p!, { buildSeconds: '2' });
    const [first, second] = await whenCompleted(box, 'Q7', [holder, waiter], 150_000);
    expect(first).toMatchObject({ result: 'succeeded' });
    expect(second).toMatchObject({ result: 'failed' });
    expect(second?.stages[1]).toMatchObject({
      result: 'skipped',
      reason: { kind: 'lockTimeout', minutes: 1 },
    });
    expect(Date.parse(second!.finishTime!)).toBeLessThan(Date.parse(first!.finishTime!));
    const third = await queueRun(box, 'Q7', p!);
    const [last] = await whenCompleted(box, 'Q7', [third]);
    expect(last).toMatchObject({ result: 'succeeded' });
  }, 240_000);
});
