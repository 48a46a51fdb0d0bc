import { lockRequests, mostHoldersAtOnce, queueRun, runs, whenCompleted } from '../../support/queue.ts';
import { waitUntil } from '../../support/wait.ts';
import { granted, oneLock, places, shop, tokens, type Scenario } from './scenario.ts';

const q1: Scenario = {
  id: 'Q1',
  setup: 'orderBy: runQueueTime; the build of run 1 is slow, that of run 2 fast',
  expected: 'deploys 1, 2, 3; tokens 1, 2, 3',
  async play(box) {
    const p = await oneLock(box, 'Q1', { options: '--order-by runQueueTime' });
    const ids = [
      await queueRun(box, 'Q1', p, { buildSeconds: '4' }),
      await queueRun(box, 'Q1', p, { buildSeconds: '0' }),
      await queueRun(box, 'Q1', p, { buildSeconds: '1' }),
    ];
    await whenCompleted(box, 'Q1', ids);
    const grants = await granted(box, 'Q1');
    return `deploys ${places(
      ids,
      grants.map(({ runId }) => runId),
    )}; ${tokens(grants)}`;
  },
};

const q2: Scenario = {
  id: 'Q2',
  setup: 'the same, but the build of run 1 fails',
  expected: 'deploys 2, 3; both waited for the end of run 1: yes',
  async play(box) {
    const p = await oneLock(box, 'Q2', { options: '--order-by runQueueTime' });
    const ids = [
      await queueRun(box, 'Q2', p, { buildSeconds: '4', buildFails: 'yes' }),
      await queueRun(box, 'Q2', p),
      await queueRun(box, 'Q2', p),
    ];
    const [first] = await whenCompleted(box, 'Q2', ids);
    const grants = await granted(box, 'Q2');
    const end = Date.parse(first?.finishTime ?? '');
    const waited = grants.every(({ assignTime }) => Date.parse(assignTime ?? '') >= end);
    const order = places(
      ids,
      grants.map(({ runId }) => runId),
    );
    return `deploys ${order}; both waited for the end of run 1: ${waited ? 'yes' : 'no'}`;
  },
};

const q4: Scenario = {
  id: 'Q4',
  setup: 'capacity: 2, sequential, five runs',
  expected: 'at most 2 at once; order 1, 2, 3, 4, 5',
  async play(box) {
    const p = await oneLock(box, 'Q4', { options: '--capacity 2' });
    const ids: number[] = [];
    for (let run = 0; run < 5; run += 1) ids.push(await queueRun(box, 'Q4', p, { deploySeconds: '1' }));
    await whenCompleted(box, 'Q4', ids);
    const requests = await lockRequests(box, 'Q4');
    // Builds run side by side, so the order is that in which the runs reached the lock.
    const arrived = requests.map(({ runId }) => runId);
    const order = (await granted(box, 'Q4')).map(({ runId }) => arrived.indexOf(runId) + 1).join(', ');
    return `at most ${mostHoldersAtOnce(requests)} at once; order ${order}`;
  },
};

const MAIN_ONLY = `    condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))
    jobs:
      - deployment: Service`;

const q11: Scenario = {
  id: 'Q11',
  setup:
    'orderBy: runQueueTime; an older run of another branch still builds, its deploy stage is for main only',
  expected: 'run 2 deploys while run 1 builds: yes; deploys 2',
  async play(box) {
    const yaml = shop('qa').replace('    jobs:\n      - deployment: Service', MAIN_ONLY);
    const p = await oneLock(box, 'Q11', { yaml, options: '--order-by runQueueTime' });
    const older = await queueRun(box, 'Q11', p, { buildSeconds: '8' }, 'refs/heads/feature');
    const younger = await queueRun(box, 'Q11', p);
    let overtook = false;
    await waitUntil('the younger run is over', async () => {
      const all = await runs(box, 'Q11');
      const [first, second] = [older, younger].map((id) => all.find((run) => run.id === id));
      overtook ||= second?.status === 'completed' && first?.status !== 'completed';
      return second?.status === 'completed';
    });
    await whenCompleted(box, 'Q11', [older, younger]);
    const order = (await granted(box, 'Q11')).map(({ runId }) => runId);
    return `run 2 deploys while run 1 builds: ${overtook ? 'yes' : 'no'}; deploys ${places([older, younger], order)}`;
  },
};

/** Who comes first. */
export const ORDER: readonly Scenario[] = [q1, q2, q4, q11];
