import type { RunView } from '@signalbox/api';
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { agentProcess } from '../support/agents.ts';
import { milliseconds, percentile, printTable } from '../support/bench.ts';
import { cli, queueRun, setUpProject } from '../support/queue.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';

// Everything between a person who queues a run and the last line of its log: server, one real agent, SQLite.
const JOBS = 60;
const LINES = 200_000;
const PROJECT = 'Bench';
/** Between two looks at a run: the server is to be busy with the jobs, not with the looks. */
const LOOK_MS = 250;
const LIMIT_MS = 600_000;

const job = (more: string): string => `
trigger: none
lockBehavior: sequential
pool: Default
stages:
  - stage: Deploy
    jobs:
      - ${more}
`;
const PLAIN = job("job: Ship\n        steps: [{ checkout: none }, { script: ':' }]");
const LOCKED = job(
  "deployment: Ship\n        environment: production\n        strategy: { runOnce: { deploy: { steps: [{ download: none }, { script: ':' }] } } }",
);
const TALK = job(
  `job: Talk\n        steps: [{ checkout: none }, { bash: 'seq -f "line %.0f of a step that talks" ${LINES}' }]`,
);

/** Milliseconds from queueing a run to its first own step, on an idle server. */
function toFirstStep({ queueTime, stages }: RunView): number {
  const step = stages[0]?.jobs[0]?.steps.find(({ name }) => name !== 'initialize');
  return Date.parse(step?.startTime ?? '') - Date.parse(queueTime);
}

/** Waits for the end of a run; `meanwhile` is called at each look. */
async function whenOver(box: Signalbox, id: number, meanwhile?: () => void): Promise<RunView> {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; await pause(LOOK_MS)) {
    const view = await box.rest<RunView>('GET', `/${PROJECT}/_apis/signalbox/runs/${id}`);
    if (view.status === 'completed') {
      if (view.result !== 'succeeded') throw new Error(`Run ${id} ended as ${view.result}.`);
      return view;
    }
    meanwhile?.();
  }
  throw new Error(`Run ${id} did not end within ${LIMIT_MS} ms.`);
}

/** Jobs per second while the queue is never empty. */
async function jobsPerSecond(box: Signalbox, pipeline: number): Promise<number> {
  const ids: number[] = [];
  for (let run = 0; run < JOBS; run += 1) ids.push(await queueRun(box, PROJECT, pipeline));
  const ends: number[] = [];
  // From the last: when that is over, the others are, or nearly.
  for (const id of ids.toReversed()) ends.push(Date.parse((await whenOver(box, id)).finishTime ?? ''));
  const last = ends.toSorted((a, b) => a - b).slice(JOBS / 3);
  return ((last.length - 1) * 1000) / ((last.at(-1) ?? 0) - (last[0] ?? 0));
}

/** Resident memory of the agent, in MiB. */
function memory(box: Signalbox): number {
  const pid = agentProcess(box, 'local-1');
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

const box = await startSignalbox({ agents: 1 });
try {
  const {
    plain = 0,
    locked = 0,
    talk = 0,
  } = await setUpProject(box, PROJECT, {
    'plain.yml': PLAIN,
    'locked.yml': LOCKED,
    'talk.yml': TALK,
  });
  await cli(box, 'locks', 'create', '--project', PROJECT, '--environment', 'production');
  const idle: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    const view = await whenOver(box, await queueRun(box, PROJECT, plain));
    if (run > 1) idle.push(toFirstStep(view));
  }
  const before = memory(box);
  const free = await jobsPerSecond(box, plain);
  const behind = await jobsPerSecond(box, locked);
  let most = 0;
  const talked = await whenOver(box, await queueRun(box, PROJECT, talk), () => {
    most = Math.max(most, memory(box));
  });
  const took = Date.parse(talked.finishTime ?? '') - Date.parse(talked.startTime ?? '');
  printTable('One real agent, SQLite', [
    ['', 'median or figure', 'p99'],
    [
      'from queueing to the first step, idle',
      milliseconds(percentile(idle, 0.5)),
      milliseconds(percentile(idle, 0.99)),
    ],
    ['trivial jobs without a lock', `${free.toFixed(1)}/s`, ''],
    ['trivial jobs through one lock', `${behind.toFixed(1)}/s`, ''],
    [`${LINES} lines of a log, end to end`, `${Math.round((LINES * 1000) / took)} lines/s`, ''],
    [
      'memory of the agent after ten jobs, and at most while it talked',
      `${before.toFixed(0)} MiB`,
      `${most.toFixed(0)} MiB`,
    ],
  ]);
} finally {
  await box.stop();
}
