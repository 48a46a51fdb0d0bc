import { cli, lockRequests, queueRun, setUpProject, whenCompleted } from '../../support/queue.ts';
import type { Signalbox } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';
import { lock, needs, type Scenario } from './scenario.ts';

/** Two stages that need the same two locks, each in another order, and a third that holds one of them. */
async function twoAndAThird(box: Signalbox, project: string, y: string): Promise<readonly number[]> {
  const files = { 'a.yml': needs('x', 'y'), 'b.yml': needs('y', 'x'), 'c.yml': needs('x') };
  const { a = 0, b = 0, c = 0 } = await setUpProject(box, project, files);
  await lock(box, project, '--environment x');
  await lock(box, project, `--environment y ${y}`);
  const third = await queueRun(box, project, c, { deploySeconds: '4' });
  await whenRequests(box, project, 1);
  const first = await queueRun(box, project, a, { deploySeconds: '1' });
  await whenRequests(box, project, 3);
  const second = await queueRun(box, project, b, { deploySeconds: '1' });
  await whenRequests(box, project, 5);
  return [third, first, second];
}

async function whenRequests(box: Signalbox, project: string, count: number): Promise<void> {
  await waitUntil(`${count} requests stand in ${project}`, async () => {
    return (await lockRequests(box, project)).length >= count;
  });
}

/** By the time of their grants; the locks of one stage are granted at one instant. */
async function told(box: Signalbox, project: string, ids: readonly number[]): Promise<string> {
  const done = await whenCompleted(box, project, ids);
  const requests = await lockRequests(box, project);
  const grants = ids.map((id) =>
    requests.filter(({ runId }) => runId === id).map(({ assignTime }) => assignTime),
  );
  const together = grants.every((times) => new Set(times).size === 1);
  const order = ['C', 'A', 'B']
    .map((name, at) => ({ name, at: Date.parse(grants[at]?.[0] ?? '') }))
    .sort((one, other) => one.at - other.at)
    .map(({ name }) => name);
  const all = done.every(({ result }) => result === 'succeeded');
  return `${order.join(', ')}; each stage had its locks at one instant: ${together ? 'yes' : 'no'}; all succeeded: ${all ? 'yes' : 'no'}`;
}

const q5: Scenario = {
  id: 'Q5',
  setup: 'stage A needs the locks x and y, stage B needs y and x, C holds x',
  expected: 'C, A, B; each stage had its locks at one instant: yes; all succeeded: yes',
  async play(box) {
    return told(box, 'Q5', await twoAndAThird(box, 'Q5', ''));
  },
};

const q12: Scenario = {
  id: 'Q12',
  setup: 'as Q5, x by arrival, y by run queue time, and an operator moved B before A',
  expected: 'C, B, A; each stage had its locks at one instant: yes; all succeeded: yes',
  async play(box) {
    const ids = await twoAndAThird(box, 'Q12', '--order-by runQueueTime');
    const [, a, b] = ids;
    await cli(box, ...`locks move ${b} --before ${a} --project Q12 --reason hotfix`.split(' '));
    return told(box, 'Q12', ids);
  },
};

/** Stages that need several locks. */
export const SEVERAL_LOCKS: readonly Scenario[] = [q5, q12];
