import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockRequests, locks, mostHoldersAtOnce, queueRun, whenCompleted } from '../../support/queue.ts';
import { freePort, startSignalbox } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';
import { granted, oneLock, places, shop, tokens, type Scenario } from './scenario.ts';

/** How long after the last step of the holder the server is killed, in ms: the hand-off lies somewhere there. */
const DELAYS = [0, 15, 30, 60];

/**
 * Kills the server around the moment of a hand-off, once for each delay, and starts it again. The holder's step says by
 * a file that it is over; its agent lives on and reports to whichever server is there.
 */
const q8: Scenario = {
  id: 'Q8',
  setup: 'the server is killed (kill -9) between release and grant, four times',
  expected: 'deploys 1, 2, 3, 4, 5; tokens 1, 2, 3, 4, 5; at most 1 at once; left over: nobody',
  async play() {
    const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-q8-'));
    const start = { agents: 2, dataFolder, port: await freePort() };
    let box = await startSignalbox(start);
    try {
      const script = `touch "${dataFolder}/over-$BUILD_BUILDID"`;
      const yaml = shop('qa').replace('sleep "${DEPLOYSECONDS:-0.5}"', `sleep 1 && ${script}`);
      const p = await oneLock(box, 'Q8', { yaml });
      const ids: number[] = [];
      for (let run = 0; run <= DELAYS.length; run += 1) {
        ids.push(await queueRun(box, 'Q8', p));
        await waitUntil('it stands in the queue', async () => (await lockRequests(box, 'Q8')).length > run);
      }
      for (const [at, delay] of DELAYS.entries()) {
        await waitUntil(`run ${ids[at]} has deployed`, () => existsSync(join(dataFolder, `over-${ids[at]}`)));
        await pause(delay);
        await box.kill();
        box = await startSignalbox(start);
      }
      await whenCompleted(box, 'Q8', ids, 180_000);
      const grants = await granted(box, 'Q8');
      const order = grants.map(({ runId }) => runId);
      const [lock] = await locks(box, 'Q8');
      const left = (lock?.holders.length ?? 0) + (lock?.waitersTotal ?? 0);
      return [
        `deploys ${places(ids, order)}`,
        tokens(grants),
        `at most ${mostHoldersAtOnce(grants)} at once`,
        `left over: ${left === 0 ? 'nobody' : left}`,
      ].join('; ');
    } finally {
      await box.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  },
};

/** What a crash leaves. */
export const CRASH: readonly Scenario[] = [q8];
