import { milliseconds, percentile, printTable } from '../support/bench.ts';
import { cli, lockRequests, queueRun, setUpProject, whenCompleted } from '../support/queue.ts';
import { startSignalbox } from '../support/signalbox.ts';

// One lock, one agent, jobs that do next to nothing: what Signalbox itself adds to a deployment.
const RUNS = 100;
const PIPELINE = `
trigger: none
lockBehavior: sequential
pool: Default
stages:
  - stage: Deploy
    jobs:
      - deployment: Ship
        environment: production
        strategy:
          runOnce:
            deploy:
              steps:
                - script: ':'
`;

const box = await startSignalbox({ agents: 1 });
try {
  const { p } = await setUpProject(box, 'Bench', { 'p.yml': PIPELINE });
  await cli(box, 'locks', 'create', '--project', 'Bench', '--environment', 'production');
  await whenCompleted(box, 'Bench', [await queueRun(box, 'Bench', p ?? 0)]);
  const queueing: number[] = [];
  const ids: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const before = performance.now();
    ids.push(await queueRun(box, 'Bench', p ?? 0));
    queueing.push(performance.now() - before);
  }
  await whenCompleted(box, 'Bench', ids);
  const held = (await lockRequests(box, 'Bench')).filter((request) => ids.includes(request.runId));
  const grants = held.map((request) => Date.parse(request.assignTime ?? '')).sort((a, b) => a - b);
  // From one grant to the next: grant, agent, job, report, release. The queue was never empty in the second half.
  const gaps = grants.slice(RUNS / 2).map((time, at) => time - (grants[RUNS / 2 + at - 1] ?? time));
  printTable(`${RUNS} trivial jobs through one lock, one real agent, SQLite`, [
    ['', 'median', 'p99'],
    ['from grant to grant', milliseconds(percentile(gaps, 0.5)), milliseconds(percentile(gaps, 0.99))],
    [
      'queueing a run over REST',
      milliseconds(percentile(queueing, 0.5)),
      milliseconds(percentile(queueing, 0.99)),
    ],
  ]);
} finally {
  await box.stop();
}
