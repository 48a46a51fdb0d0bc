import type {
  AgentFact,
  AgentJob,
  ConnectRequest,
  JobSpecification,
  JobStep,
  LogRequest,
  ReportRequest,
} from '@signalbox/api';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Finished = Extract<AgentFact, { kind: 'finished' }>;

/** What the fake knows of one job. */
export class FakeJob {
  readonly job: AgentJob;
  readonly facts: AgentFact[] = [];
  readonly lines = new Map<number, string[]>();
  readonly problems: string[] = [];
  lease: number;
  sequence = 0;
  renewals = 0;
  refusals = 0;
  requests = 0;
  cancel: { budgetMs: number; kill?: true } | undefined;
  finished: Promise<Finished>;
  #finish: (fact: Finished) => void = () => {};

  constructor(job: AgentJob) {
    this.job = job;
    this.lease = job.lease;
    this.finished = new Promise((resolve) => (this.#finish = resolve));
  }

  report({ sequence, facts }: ReportRequest): void {
    if (sequence <= this.sequence) return;
    if (sequence !== this.sequence + 1) this.problems.push(`report ${sequence} after ${this.sequence}`);
    this.sequence = sequence;
    for (const fact of facts) {
      this.facts.push(fact);
      if (fact.kind === 'finished') this.#finish(fact);
    }
  }

  log({ step, firstLine, lines }: LogRequest): void {
    const have = this.lines.get(step) ?? [];
    this.lines.set(step, have);
    if (firstLine > have.length) this.problems.push(`gap in step ${step}: ${firstLine} after ${have.length}`);
    for (const [index, line] of lines.entries()) {
      const at = firstLine + index;
      if (at < have.length && have[at] !== line) this.problems.push(`line ${at} of step ${step} changed`);
      have[at] = line;
    }
  }

  /** The last report of each step, as `name: result`. */
  results(): Record<string, string | undefined> {
    const results: Record<string, string | undefined> = {};
    for (const fact of this.facts) if (fact.kind === 'step') results[fact.step.name] = fact.step.result;
    return results;
  }

  step(name: string) {
    const reports = this.facts.flatMap((fact) =>
      fact.kind === 'step' && fact.step.name === name ? [fact.step] : [],
    );
    return reports.at(-1);
  }

  /** The log of a step. */
  logOf(name: string): string[] {
    const order = this.step(name)?.order ?? 0;
    return this.lines.get(order) ?? [];
  }

  text(name: string): string {
    return this.logOf(name).join('\n');
  }

  /** Everything the agent ever said about the job. */
  everything(): string {
    return JSON.stringify([this.facts, [...this.lines]]);
  }
}

export interface FakeNumbers {
  readonly renewEveryMs: number;
  readonly leaseMs: number;
  readonly pollWaitMs: number;
}

/** An agent that knows of the cancel waits for a kill. */
function isNews({ cancel }: FakeJob, { cancelled }: { readonly cancelled?: true }): boolean {
  return cancelled ? cancel?.kill === true : cancel !== undefined;
}

/** A server that speaks the agent protocol over real HTTP, with switches for everything that can go wrong. */
export class FakeServer {
  readonly jobs: FakeJob[] = [];
  readonly connects: ConnectRequest[] = [];
  readonly numbers: FakeNumbers;
  /** Answers instead of the usual ones: given the path, a status, or undefined. */
  intercept: ((path: string) => number | 'drop' | undefined) | undefined;
  /** Facts that the server finds malformed. */
  refuseFact: (fact: AgentFact) => boolean = () => false;
  maxLogBody = 0;
  /** Zips of task packages by their hash. */
  readonly packages = new Map<string, Buffer>();
  readonly gets: string[] = [];
  /** How often an agent said good-bye. */
  left = 0;
  #server: Server;
  #port = 0;
  #queue: FakeJob[] = [];
  #wake: (() => void)[] = [];
  #next = 1;

  constructor(numbers: Partial<FakeNumbers> = {}) {
    this.numbers = { renewEveryMs: 500, leaseMs: 5_000, pollWaitMs: 2_000, ...numbers };
    this.#server = this.#create();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/default`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** As kill -9 looks from outside: every connection breaks, nobody listens. */
  async kill(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async restart(): Promise<void> {
    this.#server = this.#create();
    await this.start();
  }

  enqueue(steps: readonly Partial<JobStep>[], more: EnqueueOptions = {}): FakeJob {
    const request = this.#next++;
    const { secrets, lease, endpoints, secureFiles, ...specification } = more;
    const job = new FakeJob({
      request,
      lease: lease ?? 7,
      leaseUntil: Date.now() + this.numbers.leaseMs,
      specification: { ...SPECIFICATION, steps: steps.map(stepOf), ...specification },
      accessToken: 'job-token-0123456789',
      collectionUri: `${this.url}/`,
      secrets: secrets ?? [],
      ...(endpoints !== undefined && { endpoints }),
      ...(secureFiles !== undefined && { secureFiles }),
    });
    this.jobs.push(job);
    this.#queue.push(job);
    this.#wakeAll();
    return job;
  }

  cancel(job: FakeJob, budgetMs = 60_000): void {
    job.cancel = { budgetMs };
    this.#wakeAll();
  }

  killJob(job: FakeJob): void {
    job.cancel = { budgetMs: 0, kill: true };
    this.#wakeAll();
  }

  /** The lease goes to somebody else: the agent's number is old now. */
  revoke(job: FakeJob): void {
    job.lease += 1;
    this.#wakeAll();
  }

  #create(): Server {
    return createServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = (request.url ?? '').replace('/default/_apis/signalbox/agent/v1/', '');
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (path.endsWith('/log')) this.maxLogBody = Math.max(this.maxLogBody, size);
    if (request.method === 'GET') return this.#get(path, response);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const intercepted = this.intercept?.(path);
    if (typeof intercepted === 'number') return answer(response, intercepted, { message: 'as told' });
    const [status, value] = await this.#route(path, body as never, response);
    if (intercepted === 'drop') response.destroy();
    else answer(response, status, value);
  }

  #get(path: string, response: ServerResponse): void {
    const [, , area, rest = ''] = path.split('/');
    const content = area === 'tasks' ? this.packages.get(rest.split('?')[0] ?? '') : undefined;
    this.gets.push(path);
    if (content === undefined) answer(response, 404, { message: 'There is no such package.' });
    else response.writeHead(200, { 'content-type': 'application/zip' }).end(content);
  }

  async #route(path: string, body: never, response: ServerResponse): Promise<[number, object]> {
    const [area, id, action] = path.split('/');
    if (area === 'pools') {
      this.connects.push(body);
      return [200, { agent: 3, pool: id, ...this.numbers }];
    }
    if (area === 'agents' && action === 'leave') {
      this.left += 1;
      return [200, {}];
    }
    if (area === 'agents') return this.#poll(response);
    const job = this.jobs.find((one) => String(one.job.request) === id);
    if (job === undefined) return [404, { message: 'no such job' }];
    job.requests += 1;
    if ((body as { lease: number }).lease !== job.lease) {
      job.refusals += 1;
      return [409, { message: 'old lease', typeKey: 'lease-refused' }];
    }
    switch (action) {
      case 'renew':
        job.renewals += 1;
        return [200, this.#renewed(job)];
      case 'wait':
        await this.#until(() => isNews(job, body) || job.lease !== job.job.lease, response);
        return job.lease === job.job.lease ? [200, this.#renewed(job)] : [409, { message: 'old lease' }];
      case 'report':
        if ((body as ReportRequest).facts.some(this.refuseFact)) {
          job.sequence = (body as ReportRequest).sequence;
          return [400, { message: 'a fact is malformed' }];
        }
        job.report(body);
        return [200, {}];
      case 'log':
        job.log(body);
        return [200, {}];
      case undefined:
      default:
        return [404, { message: path }];
    }
  }

  async #poll(response: ServerResponse): Promise<[number, object]> {
    await this.#until(() => this.#queue.length > 0, response);
    if (response.destroyed) return [200, {}];
    const job = this.#queue.shift();
    return [200, job === undefined ? {} : { job: job.job }];
  }

  #renewed(job: FakeJob): object {
    const leaseUntil = Date.now() + this.numbers.leaseMs;
    return job.cancel === undefined ? { leaseUntil } : { leaseUntil, cancel: job.cancel };
  }

  /** A long poll: until it is true, the time is over, or the caller has gone. */
  async #until(test: () => boolean, response: ServerResponse): Promise<void> {
    const end = Date.now() + this.numbers.pollWaitMs;
    while (!test() && Date.now() < end && !response.destroyed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, end - Date.now());
        const wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
        this.#wake.push(wake);
        response.once('close', wake);
      });
    }
  }

  #wakeAll(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const resume of wake) resume();
  }
}

export type EnqueueOptions = Partial<JobSpecification> & {
  readonly secrets?: readonly string[];
  readonly lease?: number;
  readonly endpoints?: AgentJob['endpoints'];
  readonly secureFiles?: AgentJob['secureFiles'];
};

const SPECIFICATION: JobSpecification = {
  run: 41,
  runNumber: '20260101.1',
  project: 'Demo',
  definition: { id: 5, name: 'Shop' },
  stage: 'Deploy',
  stageAttempt: 1,
  job: 'Job',
  jobAttempt: 1,
  displayName: 'Job',
  variables: [],
  steps: [],
  timeoutInMinutes: 60,
  cancelTimeoutInMinutes: 5,
};

let unnamed = 0;

function stepOf(step: Partial<JobStep>): JobStep {
  return {
    name: `step${(unnamed += 1)}`,
    displayName: step.name ?? 'Step',
    task: { name: 'CmdLine', version: '2' },
    inputs: {},
    env: {},
    continueOnError: false,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
    ...step,
  };
}

/** A `script:` step. */
export function script(name: string, text: string, more: Partial<JobStep> = {}): Partial<JobStep> {
  return { name, ...more, inputs: { script: text, ...more.inputs } };
}

/** A `bash:` step. */
export function bashStep(name: string, text: string, more: Partial<JobStep> = {}): Partial<JobStep> {
  return {
    name,
    task: { name: 'Bash', version: '3' },
    ...more,
    inputs: { targetType: 'inline', script: text, ...more.inputs },
  };
}

function answer(response: ServerResponse, status: number, value: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
