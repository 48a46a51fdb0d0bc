import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueRun, setUpProject, whenCompleted } from '../support/queue.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';

const run = promisify(execFile);

describe('the oldest unfinished run, as users ask for it (U4)', () => {
  let box: Signalbox;

  beforeAll(async () => {
    box = await startSignalbox({ agents: 1 });
  });

  afterAll(async () => {
    await box.stop();
  });

  it('answers curl with the oldest, its id a number', async () => {
    const yaml = 'trigger: none\npool: Default\nsteps:\n  - checkout: none\n  - script: sleep 2\n';
    const { p } = await setUpProject(box, 'PROJECT', { 'p.yml': yaml });
    const ids = [await queueRun(box, 'PROJECT', p!), await queueRun(box, 'PROJECT', p!)];
    const query = `definitions=${p}&queryOrder=queueTimeAscending&$top=1&statusFilter=notStarted,inProgress,cancelling`;
    const url = `${box.url}/PROJECT/_apis/build/builds?${query}`;
    const { stdout } = await run('curl', ['--silent', '--fail', '-u', `:${box.token}`, url]);
    const answer = JSON.parse(stdout) as { count: number; value: { id: unknown }[] };
    expect(answer.count).toBe(1);
    expect(answer.value[0]?.id).toBe(ids[0]);
    await whenCompleted(box, 'PROJECT', ids);
  });
});
