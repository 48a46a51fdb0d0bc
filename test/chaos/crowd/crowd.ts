import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { queueRun, setUpProject } from '../../support/queue.ts';
import { below, pick, type Random } from '../../support/random.ts';
import { startRemoteAgent, type RemoteAgent } from '../../support/remote-agent.ts';
import type { Signalbox } from '../../support/signalbox.ts';
import { TcpProxy } from '../../../packages/agent/test/support/tcp-proxy.ts';
import { busyAgents, readDiary } from './diary.ts';
import { crowdPipeline, LOCKS } from './pipeline.ts';

/** The name of the project. */
export const CROWD = 'Crowd';

/** Seconds. */
export const LEASE = 10;

/** An agent that was killed, and when; whatever it did at that moment was cut off. */
export interface Killed {
  readonly agent: string;
  readonly at: number;
}

/** Agents on lines of their own, and a server with three locks. */
export class Crowd {
  readonly diary: string;
  readonly killed: Killed[] = [];
  readonly queued: number[] = [];
  readonly #agents: Map<string, { readonly line: TcpProxy; process: RemoteAgent }> = new Map();
  readonly #folder: string;
  #token = '';
  #pipelines: readonly number[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    this.diary = join(folder, 'diary.txt');
  }

  /** Makes the project and its locks, and starts the agents. */
  async begin(box: Signalbox, agents: number): Promise<void> {
    const files = Object.fromEntries(LOCKS.map((lock) => [`${lock}.yml`, crowdPipeline(lock)]));
    this.#pipelines = Object.values(await setUpProject(box, CROWD, files));
    for (const name of LOCKS) {
      const resource = { type: 'environment', name };
      await box.rest('POST', `/${CROWD}/_apis/signalbox/locks`, {
        resource,
        behavior: 'sequential',
      });
    }
    const body = { name: 'the crowd', role: 'agent', pool: 'Default' };
    this.#token = (await box.rest<{ secret: string }>('POST', '/_apis/signalbox/tokens', body)).secret;
    for (let number = 1; number <= agents; number += 1) {
      const line = await TcpProxy.start(box.port);
      const name = `crowd-${number}`;
      this.#agents.set(name, { line, process: this.#start(name, line) });
    }
  }

  /** One more run, at one of the locks; while the server is down nothing is acknowledged. */
  async queue(box: Signalbox, random: Random): Promise<void> {
    const id = await queueRun(box, CROWD, pick(random, this.#pipelines)).catch(() => undefined);
    if (id !== undefined) this.queued.push(id);
  }

  /** `kill -9` of an agent, with or without the processes of its job; it is started again a moment later. */
  async killOne(random: Random, pause: (ms: number) => Promise<void>): Promise<void> {
    const [name, agent] = this.#pick(random);
    this.killed.push({ agent: name, at: Date.now() });
    agent.process.process.kill('SIGKILL');
    await agent.process.ended;
    await pause(below(random, 2000));
    agent.process = this.#start(name, agent.line);
  }

  /** Breaks or clogs the line of an agent for a while. */
  async disturb(
    random: Random,
    { state, ms }: { readonly state: 'cut' | 'hole'; readonly ms: number },
  ): Promise<void> {
    const [, { line }] = this.#pick(random);
    line.set(state);
    await new Promise((done) => setTimeout(done, ms));
    line.set('open');
  }

  /** Makes the line of an agent slow, or quick again. */
  slow(random: Random): void {
    const [, { line }] = pick(random, [...this.#agents]);
    line.delayMs = line.delayMs === 0 ? 100 + below(random, 200) : 0;
  }

  async end(): Promise<void> {
    for (const { line, process } of this.#agents.values()) {
      process.process.kill('SIGKILL');
      await process.ended;
      await line.close();
    }
  }

  /** What the agents printed, for a test that failed. */
  output(): string {
    return [...this.#agents].map(([name, { process }]) => `${name}:\n${process.output()}`).join('\n');
  }

  /** An agent at work, where there is one: nobody else can lose anything. */
  #pick(random: Random): [string, { readonly line: TcpProxy; process: RemoteAgent }] {
    const busy = busyAgents(readDiary(this.diary));
    const agents = [...this.#agents];
    const atWork = agents.filter(([name]) => busy.includes(name));
    return pick(random, atWork.length > 0 ? atWork : agents);
  }

  #start(name: string, line: TcpProxy): RemoteAgent {
    const workFolder = join(this.#folder, name);
    mkdirSync(workFolder, { recursive: true });
    return startRemoteAgent({
      name,
      url: `http://127.0.0.1:${line.port}/default`,
      token: this.#token,
      workFolder,
      environment: { CROWD_DIARY: this.diary },
    });
  }
}
