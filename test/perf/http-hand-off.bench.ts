import type { AgentJob, ConnectResponse, PollResponse } from '@signalbox/api';
import { Agent, request } from 'node:http';
import { milliseconds, percentile, printTable } from '../support/bench.ts';
import { cli, queueRun, setUpProject } from '../support/queue.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';

// The hand-over of a lock as agents see it: from sending the holder's last report until the successor's poll
// answers with its job. In between lie the report, the release, the next grant and the assignment, all durable.
const HAND_OFFS = 300;
const PIPELINE = `
trigger: none
lockBehavior: sequential
pool: Bench
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
const keepAlive = new Agent({ keepAlive: true });

/** A call of the agent protocol, with as little client around it as possible. */
function call<T>(box: Signalbox, path: string, body: unknown): Promise<T> {
  const text = JSON.stringify(body);
  return new Promise((done, failed) => {
    const sent = request(
      `${box.url}/_apis/signalbox/agent/v1/${path}`,
      {
        method: 'POST',
        agent: keepAlive,
        headers: {
          authorization: `Bearer ${agentToken}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        },
      },
      (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (part: string) => (answer += part));
        response.on('end', () => {
          if ((response.statusCode ?? 500) >= 300)
            failed(new Error(`${path}: ${response.statusCode} ${answer}`));
          else done((answer === '' ? undefined : JSON.parse(answer)) as T);
        });
      },
    );
    sent.on('error', failed);
    sent.end(text);
  });
}

async function agentNamed(
  box: Signalbox,
  name: string,
): Promise<{ readonly id: number; poll(): Promise<AgentJob> }> {
  const session = `${name}-session-0123456789`;
  const hello = { protocol: 1, name, version: '0.1.0', session, capabilities: {} };
  const { agent } = await call<ConnectResponse>(box, 'pools/Bench/connect', hello);
  return {
    id: agent,
    async poll() {
      for (;;) {
        const { job } = await call<PollResponse>(box, `agents/${agent}/poll`, { session });
        if (job !== undefined) return job;
      }
    },
  };
}

const box = await startSignalbox({ agents: 0 });
let agentToken = '';
try {
  const made = { name: 'bench', role: 'agent', pool: 'Bench' };
  agentToken = (await box.rest<{ secret: string }>('POST', '/_apis/signalbox/tokens', made)).secret;
  const agents = [await agentNamed(box, 'one'), await agentNamed(box, 'two')];
  const { p } = await setUpProject(box, 'Bench', { 'p.yml': PIPELINE });
  await cli(box, 'locks', 'create', '--project', 'Bench', '--environment', 'production');
  for (let run = 0; run <= HAND_OFFS; run += 1) await queueRun(box, 'Bench', p ?? 0);
  const times: number[] = [];
  let job = await agents[0]!.poll();
  for (let turn = 1; turn <= HAND_OFFS; turn += 1) {
    const next = agents[turn % 2]!.poll();
    // Lets the poll arrive and wait, as an idle agent's does.
    await new Promise((done) => setTimeout(done, 5));
    const before = performance.now();
    const at = Date.now();
    const facts = [
      { kind: 'started', at },
      { kind: 'finished', at, result: 'succeeded' },
    ];
    const report = call(box, `jobs/${job.request}/report`, { lease: job.lease, sequence: 1, facts });
    job = await next;
    times.push(performance.now() - before);
    await report;
  }
  printTable(`${HAND_OFFS} hand-overs of one lock over HTTP, SQLite`, [
    ['', 'median', 'p99'],
    [
      'last report → successor has its job',
      milliseconds(percentile(times, 0.5)),
      milliseconds(percentile(times, 0.99)),
    ],
  ]);
} finally {
  keepAlive.destroy();
  await box.stop();
}
