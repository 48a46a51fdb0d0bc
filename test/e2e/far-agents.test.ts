import type { RunView } from '@signalbox/api';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as ask } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueRun, setUpProject, whenCompleted } from '../support/queue.ts';
import { startRemoteAgent, type RemoteAgent } from '../support/remote-agent.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { waitUntil } from '../support/wait.ts';

const PROJECT = 'Far';

const PIPELINE = `
trigger: none
pool: Default
stages:
  - stage: Build
    jobs:
      - job: Compile
        steps:
          - checkout: none
          - bash: echo done
`;

/** A machine may be busy with other things. */
const LIMIT_MS = 400_000;

describe('agents on other machines', { timeout: LIMIT_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-far-'));
  const ca = join(folder, 'cert.pem');
  const agents: RemoteAgent[] = [];
  let box: Signalbox;
  let front: Server | undefined;
  let stop = async (): Promise<void> => {};
  let pipeline = 0;
  let token = '';

  beforeAll(async () => {
    box = await startSignalbox({ agents: 0 });
    stop = () => box.stop();
    pipeline = (await setUpProject(box, PROJECT, { 'p.yml': PIPELINE }))['p'] ?? 0;
    const body = { name: 'far agents', role: 'agent', pool: 'Default' };
    token = (await box.rest<{ secret: string }>('POST', '/_apis/signalbox/tokens', body)).secret;
    front = await tlsFront(box.port, folder, ca);
  }, LIMIT_MS);

  afterAll(async () => {
    for (const { process } of agents) process.kill('SIGKILL');
    front?.closeAllConnections();
    front?.close();
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(name: string, url: string, ...more: readonly string[]): RemoteAgent {
    const workFolder = join(folder, name);
    const agent = startRemoteAgent({ name, url, token, workFolder, arguments: more });
    agents.push(agent);
    return agent;
  }

  const tlsUrl = (): string => `https://127.0.0.1:${portOf(front)}/default`;

  async function finished(run: number): Promise<RunView> {
    const [view] = await whenCompleted(box, PROJECT, [run], 300_000);
    if (view === undefined) throw new Error(`there is no run ${run}`);
    return view;
  }

  it('work through a proxy that ends TLS, with an authority of its own, for one job (AGENT-2)', async () => {
    const run = await queueRun(box, PROJECT, pipeline);
    const agent = start('far-1', tlsUrl(), '--ca', ca, '--once');
    expect((await finished(run)).result).toBe('succeeded');
    expect(await agent.ended).toBe(0);
  });

  it('say what is missing when nobody they know has signed the certificate', async () => {
    const agent = start('far-2', tlsUrl());
    await waitUntil('it says so', () =>
      agent.output().includes('name the authority of the server with --ca'),
    );
    agent.process.kill('SIGTERM');
    await agent.ended;
  });

  it('are one at a time under a name: the earlier process ends and says so (AGENT-3)', async () => {
    const first = start('twin', box.url);
    await waitUntil('it serves', () => first.output().includes('Agent twin serves pool Default.'));
    const second = start('twin', box.url);
    expect(await first.ended).not.toBe(0);
    expect(first.output()).toContain('Another agent named twin has connected. Give this one another --name.');
    second.process.kill('SIGTERM');
    await second.ended;
  });
});

function portOf(server: Server | undefined): number {
  return (server?.address() as AddressInfo | undefined)?.port ?? 0;
}

/** What an operator puts before the server: it ends TLS, with a certificate that it signed itself. */
async function tlsFront(port: number, folder: string, cert: string): Promise<Server> {
  const key = join(folder, 'key.pem');
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const name = ['-subj', '/CN=ci.example', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert, '-days', '2'], {
    stdio: 'ignore',
  });
  const front = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (asked, answer) => {
    const { method, url: path, headers } = asked;
    const behind = ask({ port, host: '127.0.0.1', method, path, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    behind.on('error', () => answer.destroy());
    answer.on('close', () => behind.destroy());
    asked.pipe(behind);
  });
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
  return front;
}
