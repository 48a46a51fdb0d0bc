// What the REST API costs clients that ask again and again: the oldest-run query of a gate and the list of builds, with
// 1,000 and with 100,000 stored runs, side by side. Flat is a ratio near 1. Then mixed load with the server's memory.
// `npm run bench rest`; `npm run bench -- rest --seconds 5 --minutes 10` for figures that count, `--runs 20000` for less.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgres } from '../../packages/store/test/support/postgres.ts';
import { milliseconds, percentile, printTable } from '../support/bench.ts';
import { storeRuns, type RunStore } from '../support/many-runs.ts';
import { queueRun, setUpProject, whenCompleted } from '../support/queue.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';

const { values: options } = parseArgs({
  args: process.argv.slice(2),
  options: {
    runs: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '1' },
  },
});
const FEW = 1000;
const MANY = Number(options.runs);
const SECONDS = Number(options.seconds);
const ROUNDS = 3;
const CONNECTIONS = 4;
const OPEN_RUNS = 20;
const PROJECT = 'Bench';
const PIPELINE = `
trigger: none
pool: server
steps:
  - task: Delay@1
    inputs: { delayForMinutes: 600 }
`;

const BUILDS = `/${PROJECT}/_apis/build/builds`;
const QUESTIONS: Readonly<Record<string, string>> = {
  'oldest run':
    `${BUILDS}?definitions=1&queryOrder=queueTimeAscending&$top=1` +
    '&statusFilter=notStarted,inProgress,cancelling',
  'newest 20': `${BUILDS}?$top=20`,
  'one pipeline, failed': `${BUILDS}?definitions=3&resultFilter=failed&$top=20`,
  'branch and person': `${BUILDS}?branchName=refs/heads/main&requestedFor=person 3&$top=20`,
  'by tag': `${BUILDS}?tagFilters=tag-7&$top=20`,
  'two pipelines by end': `${BUILDS}?definitions=3,4&queryOrder=finishTimeDescending&$top=20`,
};

interface Figures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Asks one thing over some connections for a while, each as soon as it has its answer. */
async function load(box: Signalbox, paths: readonly string[], seconds: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const client = async (number: number): Promise<void> => {
    for (let turn = number; performance.now() < end; turn += 1) {
      const before = performance.now();
      await ask(box, agent, paths[turn % paths.length]!);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, number) => client(number)));
  agent.destroy();
  return times;
}

function ask(box: Signalbox, agent: Agent, path: string): Promise<string> {
  const headers = { authorization: `Bearer ${box.token}` };
  return new Promise((done, failed) => {
    const sent = request(`${box.url}${path}`, { agent, headers }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (part: string) => (answer += part));
      response.on('end', () => {
        if (response.statusCode === 200) done(answer);
        else failed(new Error(`${path}: ${response.statusCode} ${answer}`));
      });
    });
    sent.on('error', failed);
    sent.end();
  });
}

/** A server with so many stored runs, twenty of them open: their jobs wait at the server. */
async function serverWith(
  count: number,
  databaseUrl: string | undefined,
): Promise<Signalbox & { end(): Promise<void> }> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'));
  const up = {
    agents: 0,
    dataFolder,
    requestRate: 1_000_000,
    ...(databaseUrl !== undefined && { databaseUrl }),
  };
  let running: Signalbox | undefined;
  // Also when the setting up fails: neither a server nor a folder is left.
  const end = async (): Promise<void> => {
    await running?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    running = await startSignalbox(up);
    const run = await finishedRun(running);
    await running.stop();
    const place: RunStore = databaseUrl === undefined ? { folder: dataFolder } : { url: databaseUrl };
    await storeRuns(place, { first: run + 1, count: count - OPEN_RUNS });
    running = await startSignalbox(up);
    for (let open = 0; open < OPEN_RUNS; open += 1) await queueRun(running, PROJECT, 1 + (open % 10));
    return { ...running, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Ten pipelines, and the run of which the stored ones are copies. */
async function finishedRun(box: Signalbox): Promise<number> {
  const files = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`p${n}.yml`, PIPELINE]));
  await setUpProject(box, PROJECT, files);
  const run = await queueRun(box, PROJECT, 1);
  await box.rest('PATCH', `${BUILDS}/${run}`, { status: 'cancelling' });
  await whenCompleted(box, PROJECT, [run]);
  return run;
}

/** In turns, so that whatever else the machine does is shared between them. */
async function compare(few: Signalbox, many: Signalbox, path: string): Promise<readonly [Figures, Figures]> {
  const times: [number[], number[]] = [[], []];
  for (const box of [few, many]) {
    const { count } = await box.rest<{ count: number }>('GET', path);
    if (count === 0) throw new Error(`${path} finds nothing: nothing would be measured.`);
  }
  await load(few, [path], 0.3);
  await load(many, [path], 0.3);
  for (let round = 0; round < ROUNDS; round += 1) {
    times[0].push(...(await load(few, [path], SECONDS)));
    times[1].push(...(await load(many, [path], SECONDS)));
  }
  return [figuresOf(times[0]), figuresOf(times[1])];
}

function figuresOf(times: readonly number[]): Figures {
  return {
    perSecond: times.length / (SECONDS * ROUNDS),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

const HEAD = ['question', 'runs', 'requests/s', 'p50', 'p99', 'rate ×', 'p99 ×'];

async function benchQuestions(few: Signalbox, many: Signalbox): Promise<readonly (readonly string[])[]> {
  const table: (readonly string[])[] = [HEAD];
  for (const [name, path] of Object.entries(QUESTIONS)) {
    const [a, b] = await compare(few, many, encodeURI(path));
    const ratios = [(b.perSecond / a.perSecond).toFixed(2), (b.p99 / a.p99).toFixed(2)];
    table.push([name, String(FEW), ...texts(a), '', '']);
    table.push(['', String(MANY), ...texts(b), ...ratios]);
  }
  return table;
}

function texts({ perSecond, p50, p99 }: Figures): readonly string[] {
  return [perSecond.toFixed(0), milliseconds(p50), milliseconds(p99)];
}

/** Everything in turns for some minutes, with writes between; the memory of the server after each. */
async function benchMemory(box: Signalbox): Promise<readonly (readonly string[])[]> {
  const table: (readonly string[])[] = [['minute', 'requests/s', 'p99', 'memory']];
  const paths = Object.values(QUESTIONS).map((path) => encodeURI(path));
  for (let minute = 0; minute <= Number(options.minutes); minute += 1) {
    const seconds = minute === 0 ? 5 : 60;
    const [times] = await Promise.all([load(box, paths, seconds), write(box, seconds)]);
    table.push([
      minute === 0 ? 'warm' : String(minute),
      (times.length / seconds).toFixed(0),
      milliseconds(percentile(times, 0.99)),
      `${residentMegabytes(box.pid)} MB`,
    ]);
  }
  return table;
}

/** A run is queued and cancelled in each second. */
async function write(box: Signalbox, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const run = await queueRun(box, PROJECT, 2);
    await box.rest('PATCH', `${BUILDS}/${run}`, { status: 'cancelling' });
    await new Promise((done) => setTimeout(done, 1000));
  }
}

function residentMegabytes(pid: number): string {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kilobytes) / 1024).toFixed(0);
}

async function benchStore(name: string, urls: readonly [string, string] | undefined): Promise<void> {
  const few = await serverWith(FEW, urls?.[0]);
  let many: Awaited<ReturnType<typeof serverWith>> | undefined;
  try {
    many = await serverWith(MANY, urls?.[1]);
    const title = `${name}: ${FEW} and ${MANY} stored runs, ${CONNECTIONS} connections, ${ROUNDS} × ${SECONDS} s each`;
    printTable(title, await benchQuestions(few, many));
    await few.stop();
    printTable(`${name}: mixed load with ${MANY} stored runs`, await benchMemory(many));
  } finally {
    await few.end();
    await many?.end();
  }
}

await benchStore('SQLite', undefined);
const servers = [await findPostgres({ durable: true }), await findPostgres({ durable: true })] as const;
try {
  const [a, b] = servers;
  if ('url' in a && 'url' in b) await benchStore('PostgreSQL', [a.url, b.url]);
  else console.log('  PostgreSQL was not measured: there is none.');
} finally {
  for (const server of servers) if ('stop' in server) server.stop();
}
