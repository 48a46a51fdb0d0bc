import { cli, lockRequests, queueRun, runs, setUpProject, whenCompleted } from '../../support/queue.ts';
import { gitRepository, nextCommit } from '../../support/repository.ts';
import type { Signalbox } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';
import { granted, lock, oneLock, places, shop, type Scenario } from './scenario.ts';

/** Waits until so many approvals of the project wait for somebody. */
async function whenAwaited(box: Signalbox, project: string, count: number): Promise<void> {
  await waitUntil(`${count} approvals wait in ${project}`, async () => {
    const listed = await cli(box, 'approvals', 'list', '--project', project, '--output', 'json');
    return (JSON.parse(listed) as readonly unknown[]).length >= count;
  });
}

const q3: Scenario = {
  id: 'Q3',
  setup: 'supersede: onApproval; runs 1, 2 and 3 wait for approval, and run 3 is approved',
  expected: 'run 1: canceled, superseded by 3; run 2: canceled, superseded by 3; run 3: succeeded; deploys 3',
  async play(box) {
    const yaml = shop('qa').replace('lockBehavior: sequential', 'lockBehavior: runLatest');
    const p = await oneLock(box, 'Q3', { yaml, options: '--supersede onApproval' });
    await cli(
      box,
      ...'checks add approval --project Q3 --environment qa --approver administrator'.split(' '),
    );
    const ids = [await queueRun(box, 'Q3', p), await queueRun(box, 'Q3', p), await queueRun(box, 'Q3', p)];
    await whenAwaited(box, 'Q3', 3);
    await cli(box, 'approvals', 'approve', `${ids[2]}`, '--project', 'Q3', '--comment', 'this one');
    const done = await whenCompleted(box, 'Q3', ids);
    const told = done.map(({ result, stages }, at) => {
      const reason = stages.find(({ name }) => name === 'Deploy')?.reason;
      const by = reason?.kind === 'superseded' ? `, superseded by ${places(ids, [reason.byRun])}` : '';
      return `run ${at + 1}: ${result}${by}`;
    });
    const order = (await granted(box, 'Q3')).map(({ runId }) => runId);
    return `${told.join('; ')}; deploys ${places(ids, order)}`;
  },
};

/** Cleans up after the deployment, and is over only then. */
const AFTER = `
  - stage: After
    jobs:
      - job: Notify
        steps:
          - checkout: none
          - script: echo done
`;

const q6: Scenario = {
  id: 'Q6',
  setup: 'cancel: afterStage; the run is cancelled while its stage holds the lock, and another waits',
  expected:
    'run 1: canceled; Deploy ran to its end: yes; After: skipped; run 2: succeeded; granted after the end of Deploy: yes',
  async play(box) {
    const p = await oneLock(box, 'Q6', { yaml: shop('qa', AFTER), options: '--cancel afterStage' });
    const first = await queueRun(box, 'Q6', p, { deploySeconds: '8' });
    await waitUntil('the first run deploys', async () => {
      const [run] = await runs(box, 'Q6');
      return run?.stages.find(({ name }) => name === 'Deploy')?.state === 'running';
    });
    const second = await queueRun(box, 'Q6', p);
    await cli(box, 'cancel', `${first}`, '--project', 'Q6');
    const [canceled, next] = await whenCompleted(box, 'Q6', [first, second]);
    const stage = (name: string): NonNullable<typeof canceled>['stages'][number] | undefined =>
      canceled?.stages.find((one) => one.name === name);
    const deploy = stage('Deploy');
    const steps = deploy?.jobs.flatMap((job) => job.steps) ?? [];
    const toItsEnd = steps.length > 0 && steps.every(({ result }) => result === 'succeeded');
    const grants = await granted(box, 'Q6');
    const after = Date.parse(grants[1]?.assignTime ?? '') >= Date.parse(deploy?.finishTime ?? '');
    return [
      `run 1: ${canceled?.result}`,
      `Deploy ran to its end: ${toItsEnd ? 'yes' : 'no'}`,
      `After: ${stage('After')?.result}`,
      `run 2: ${next?.result}`,
      `granted after the end of Deploy: ${after ? 'yes' : 'no'}`,
    ].join('; ');
  },
};

const q9: Scenario = {
  id: 'Q9',
  setup: 'staleGuard: reject; run 2 waits, a hotfix on top of it (run 3) is moved before it and deploys',
  expected:
    'deploys 1, 3; run 1: succeeded; run 2: failed, stale: run 3 deployed a newer commit; run 3: succeeded',
  async play(box) {
    const files = { 'p.yml': shop('qa') };
    const repository = gitRepository(files);
    const { p = 0 } = await setUpProject(box, 'Q9', files, repository);
    await lock(box, 'Q9', '--environment qa --stale-guard reject');
    const standing = (count: number): Promise<void> =>
      waitUntil(`${count} requests stand`, async () => (await lockRequests(box, 'Q9')).length >= count);
    const ids = [await queueRun(box, 'Q9', p, { deploySeconds: '15' })];
    await standing(1);
    ids.push(await queueRun(box, 'Q9', p));
    await standing(2);
    nextCommit(repository, 'Hotfix');
    ids.push(await queueRun(box, 'Q9', p));
    await standing(3);
    await cli(box, ...`locks move ${ids[2]} --before ${ids[1]} --project Q9 --reason hotfix`.split(' '));
    const done = await whenCompleted(box, 'Q9', ids);
    const told = done.map(({ result, stages }, at) => {
      const reason = stages.find(({ name }) => name === 'Deploy')?.reason;
      const by =
        reason?.kind === 'stale' ? `, stale: run ${places(ids, [reason.byRun])} deployed a newer commit` : '';
      return `run ${at + 1}: ${result}${by}`;
    });
    const order = (await granted(box, 'Q9')).map(({ runId }) => runId);
    return `deploys ${places(ids, order)}; ${told.join('; ')}`;
  },
};

/** What people do. */
export const PEOPLE: readonly Scenario[] = [q3, q6, q9];
