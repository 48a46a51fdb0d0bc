import type { JobView, RunView } from '@signalbox/api';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TcpProxy } from '../../../packages/agent/test/support/tcp-proxy.ts';
import { cli, lockRequests, queueRun, runs, setUpProject } from '../../support/queue.ts';
import { startRemoteAgent, type RemoteAgent } from '../../support/remote-agent.ts';
import { freePort, startSignalbox, type Signalbox, type UpOptions } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';
import { KINDS, type Kind } from './kinds.ts';
import { waitAtGate } from './wait-at-gate.ts';

/** The name of the project. */
export const WORKSHOP = 'Workshop';

/** What a line carries before it stands still: more than anything but the parcel. */
const CLOG_BYTES = 2_000_000;

/** A busy machine takes its time to bring ten runs to their steps. */
const LIMIT_MS = 240_000;

interface Bench {
  readonly kind: Kind;
  readonly line: TcpProxy;
  agent: RemoteAgent;
}

/** A server, and for each kind of step an agent on a line of its own and a pipeline. */
export class Workshop {
  box!: Signalbox;
  readonly #folder = mkdtempSync(join(tmpdir(), 'signalbox-kills-'));
  readonly #benches: Bench[] = [];
  readonly #lease: number;
  #options: UpOptions = {};
  #token = '';
  #pipelines: Readonly<Record<string, number>> = {};

  /** The lease is in seconds. */
  constructor(lease: number) {
    this.#lease = lease;
  }

  /** Starts everything. */
  async open(): Promise<void> {
    const dataFolder = join(this.#folder, 'data');
    this.#options = { agents: 0, agentLease: this.#lease, dataFolder, port: await freePort() };
    this.box = await startSignalbox(this.#options);
    const { box } = this;
    this.#pipelines = await setUpProject(
      box,
      WORKSHOP,
      Object.fromEntries(KINDS.map(({ name, yaml }) => [`${name}.yml`, yaml])),
    );
    await cli(box, 'task', 'install', waitAtGate(join(this.#folder, 'task')));
    for (const name of ['approved', 'confirmed', 'locked'])
      await box.rest('POST', `/${WORKSHOP}/_apis/signalbox/locks`, {
        resource: { type: 'environment', name },
        behavior: 'sequential',
      });
    const approval = ['checks', 'add', 'approval', '--project', WORKSHOP, '--approver', 'administrator'];
    await cli(box, ...approval, '--environment', 'approved');
    await cli(box, ...approval, '--environment', 'confirmed', '--asked', 'postDeployment');
    const body = { name: 'the workshop', role: 'agent', pool: 'Default' };
    this.#token = (await box.rest<{ secret: string }>('POST', '/_apis/signalbox/tokens', body)).secret;
    for (const kind of KINDS.filter(({ isOnAgent }) => isOnAgent)) {
      const line = await TcpProxy.start(box.port);
      this.#benches.push({ kind, line, agent: this.#start(kind, line) });
    }
    await this.whenServing();
  }

  /** Waits until every agent has connected; a pool refuses what none of its agents could do. */
  whenServing(): Promise<void> {
    return this.#until('every agent serves', () =>
      this.#benches.every(({ agent }) => agent.output().includes('serves pool')),
    );
  }

  async close(): Promise<void> {
    for (const { line, agent } of this.#benches) {
      agent.process.kill('SIGKILL');
      await agent.ended;
      await line.close();
    }
    // It is missing when it never started.
    await (this.box as Signalbox | undefined)?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Nobody is let through from now on. */
  shutGates(): void {
    const marks = KINDS.map(({ name }) => `at-${name}`);
    for (const mark of ['go', 'busy', ...marks]) rmSync(join(this.#folder, mark), { force: true });
  }

  openGates(): void {
    for (const { line } of this.#benches) line.set('open');
    writeFileSync(join(this.#folder, 'go'), '');
  }

  /** Queues a run of a kind and waits until it stands at its step. */
  async bring(kind: Kind): Promise<number> {
    const { box } = this;
    const bench = this.#benches.find((one) => one.kind === kind);
    if (kind.at === 'sending') bench?.line.clogAfter(CLOG_BYTES, 'up');
    if (kind.at === 'fetching') bench?.line.clogAfter(CLOG_BYTES, 'down');
    const run = await queueRun(box, WORKSHOP, this.#pipelines[kind.name] ?? 0);
    if (kind.at === 'cleaning') {
      await this.#until(`${kind.name} is busy`, () => existsSync(join(this.#folder, 'busy')));
      await box.rest('PATCH', `/${WORKSHOP}/_apis/build/builds/${run}`, { status: 'cancelling' });
    }
    await this.#until(`${kind.name} is there`, async () => {
      if (kind.at === 'sending' || kind.at === 'fetching') return bench?.line.isClogged === true;
      if (kind.at === 'approval') return (await this.#viewOf(run))?.stages[0]?.approvals?.length === 1;
      if (kind.at === 'running') return (await this.#jobOf(run))?.state === 'running';
      return existsSync(join(this.#folder, `at-${kind.name}`));
    });
    return run;
  }

  /** One more run of a kind, which waits for the lock. */
  async bringNext(kind: Kind): Promise<number> {
    const before = (await lockRequests(this.box, WORKSHOP)).length;
    const run = await queueRun(this.box, WORKSHOP, this.#pipelines[kind.name] ?? 0);
    await this.#until(`the next ${kind.name} waits`, async () => {
      return (await lockRequests(this.box, WORKSHOP)).length > before;
    });
    return run;
  }

  /** `kill -9`. */
  killServer(): Promise<void> {
    return this.box.kill();
  }

  async startServer(): Promise<void> {
    this.box = await startSignalbox(this.#options);
  }

  /** `kill -9` of all agents; the processes of their jobs are not touched. */
  async killAgents(): Promise<void> {
    for (const { agent } of this.#benches) agent.process.kill('SIGKILL');
    await Promise.all(this.#benches.map(({ agent }) => agent.ended));
  }

  /** The same names, folders and lines as before. */
  startAgents(): void {
    for (const bench of this.#benches) bench.agent = this.#start(bench.kind, bench.line);
  }

  /** Cuts all lines until each agent has noticed. */
  async cutLines(): Promise<void> {
    const said = this.#benches.map(({ agent }) => ({ agent, before: agent.output().length }));
    for (const { line } of this.#benches) line.set('cut');
    await this.#until('each agent misses the server', () =>
      said.every(({ agent, before }) => agent.output().includes('"renew-failed"', before)),
    );
    for (const { line } of this.#benches) line.set('open');
  }

  /** The process of the step at a gate; undefined: there is no such gate. */
  processOf({ name }: Kind): number | undefined {
    const file = join(this.#folder, `pid-${name}`);
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  }

  diary(): readonly string[] {
    return readFileSync(join(this.#folder, 'diary'), 'utf8').split('\n').slice(0, -1);
  }

  async #viewOf(run: number): Promise<RunView | undefined> {
    return (await runs(this.box, WORKSHOP)).find(({ id }) => id === run);
  }

  async #jobOf(run: number): Promise<JobView | undefined> {
    return (await this.#viewOf(run))?.stages[0]?.jobs[0];
  }

  #until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    return waitUntil(what, holds, LIMIT_MS);
  }

  #start({ name }: Kind, line: TcpProxy): RemoteAgent {
    const workFolder = join(this.#folder, 'agents', name);
    mkdirSync(workFolder, { recursive: true });
    const path = name === 'checkout' ? `${this.#slowGit()}:${process.env['PATH']}` : process.env['PATH'];
    return startRemoteAgent({
      name,
      url: `http://127.0.0.1:${line.port}/default`,
      token: this.#token,
      workFolder,
      arguments: ['--capability', name],
      environment: { KILLS_FOLDER: this.#folder, PATH: path ?? '' },
    });
  }

  /** A folder with a `git` that stops at the gate before it fetches. */
  #slowGit(): string {
    const folder = join(this.#folder, 'bin');
    mkdirSync(folder, { recursive: true });
    const git = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    const wait = `echo $$ > "${this.#folder}/pid-checkout"; touch "${this.#folder}/at-checkout"; until [ -e "${this.#folder}/go" ]; do sleep 0.2; done`;
    const script = `#!/bin/sh\ncase " $* " in *" fetch "*) ${wait};; esac\nexec ${git} "$@"\n`;
    writeFileSync(join(folder, 'git'), script, { mode: 0o755 });
    return folder;
  }
}
