import { queueRun, runs, whenCompleted } from '../../support/queue.ts';
import { waitUntil } from '../../support/wait.ts';
import { oneLock, type Scenario } from './scenario.ts';

const q7: Scenario = {
  id: 'Q7',
  setup: 'wait time-out 1 min, the holder deploys for 75 s (10 and 16 min, made shorter)',
  expected:
    'waiter: Deploy skipped, lockTimeout after 1 min, run failed, before the holder ends; holder: succeeded; next: succeeded',
  async play(box) {
    const p = await oneLock(box, 'Q7', { options: '--wait-timeout 1' });
    const holder = await queueRun(box, 'Q7', p, { deploySeconds: '75' });
    await waitUntil('the first run deploys', async () => {
      const [run] = await runs(box, 'Q7');
      return run?.stages[1]?.state === 'running';
    });
    const waiter = await queueRun(box, 'Q7', p);
    const [first, second] = await whenCompleted(box, 'Q7', [holder, waiter], 150_000);
    const stage = second?.stages[1];
    const minutes = stage?.reason?.kind === 'lockTimeout' ? stage.reason.minutes : 0;
    const earlier = Date.parse(second?.finishTime ?? '') < Date.parse(first?.finishTime ?? '');
    const [third] = await whenCompleted(box, 'Q7', [await queueRun(box, 'Q7', p)]);
    return [
      `waiter: Deploy ${stage?.result}, ${stage?.reason?.kind} after ${minutes} min, run ${second?.result}, ${earlier ? 'before' : 'after'} the holder ends`,
      `holder: ${first?.result}`,
      `next: ${third?.result}`,
    ].join('; ');
  },
};

/** How long one waits. */
export const WAITING: readonly Scenario[] = [q7];
