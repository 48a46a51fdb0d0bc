import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, queueRun, setUpProject, whenCompleted } from '../support/queue.ts';
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

  it('lets deployments through in the order of their runs, by a check that asks this server [HOOK-9, HOOK-10]', async () => {
    const yaml = `
trigger: none
pool: Default
stages:
  - stage: Deploy
    jobs:
      - deployment: Roll
        environment: production
        strategy:
          runOnce:
            deploy:
              steps:
                - script: sleep 3
`;
    const { gate } = await setUpProject(box, 'GATED', { 'gate.yml': yaml });
    await box.rest('POST', '/GATED/_apis/distributedtask/environments', { name: 'production' });
    await box.rest('POST', '/GATED/_apis/serviceendpoint/endpoints', {
      name: 'signalbox',
      type: 'generic',
      url: `${box.url}/GATED/_apis`,
      authorization: { scheme: 'None' },
    });
    const query =
      '/build/builds?definitions=$(System.DefinitionId)&queryOrder=queueTimeAscending&$top=1&statusFilter=notStarted,inProgress,cancelling';
    const check = ['--connection', 'signalbox', '--method', 'GET', '--job-token', '--suffix', query];
    const criteria = ['--criteria', "eq(root['value'][0]['id'], $(Build.BuildId))", '--every', '1'];
    const where = ['--project', 'GATED', '--environment', 'production'];
    await cli(box, 'checks', 'add', 'rest', ...where, ...check, ...criteria);
    const ids = [await queueRun(box, 'GATED', gate!), await queueRun(box, 'GATED', gate!)];
    const [older, newer] = await whenCompleted(box, 'GATED', ids);
    expect([older?.result, newer?.result]).toEqual(['succeeded', 'succeeded']);
    expect(Date.parse(String(newer?.stages[0]?.startTime))).toBeGreaterThanOrEqual(
      Date.parse(String(older?.finishTime)),
    );
    const { records } = await box.rest<{ records: { type: string; log: { id: number } | null }[] }>(
      'GET',
      `/GATED/_apis/build/builds/${ids[1]}/timeline`,
    );
    const log = records.find(({ type }) => type === 'Checkpoint.TaskCheck')?.log?.id;
    const { value } = await box.rest<{ value: string[] }>(
      'GET',
      `/GATED/_apis/build/builds/${ids[1]}/logs/${log}?$format=application/json`,
    );
    expect(value.filter((line) => line.startsWith('Evaluation 1: failed'))).toHaveLength(1);
    expect(value.at(-1)).toContain('The success criteria are true');
  }, 180_000);
});
