import { randomUUID } from 'node:crypto';
import type { AgentJob } from '@signalbox/api';
import { fold, type AgentId, type Millis, type NodeResult } from '@signalbox/model';
import { JobFiles } from '../artifacts/job-files.ts';
import type { AgentIdentity } from '../capabilities/capabilities.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import type { JobControl } from '../lease/job-control.ts';
import type { AgentLogger } from '../logger.ts';
import { Masker } from '../masking/masker.ts';
import { SHORTEST_SECRET_KNOB, shortestSecret } from '../masking/shortest-secret.ts';
import type { ProcessHost } from '../process/run-process.ts';
import { LogStream } from '../report/log-stream.ts';
import { ReportQueue } from '../report/report-queue.ts';
import type { StepHandler } from '../steps/step-handler.ts';
import { Endpoints } from '../variables/endpoints.ts';
import { TaskVariables } from '../variables/task-variables.ts';
import { VariableStore } from '../variables/variable-store.ts';
import type { ServerCalls } from '../wire/server-calls.ts';
import { mergeStepResult, resultTitle } from './results.ts';

/** What a job needs of its agent. */
export interface JobHost extends ProcessHost {
  readonly client: ServerCalls;
  readonly logger: AgentLogger;
  readonly agent: AgentIdentity & { readonly id: AgentId };
  /** The environment the agent was started in. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workFolder: string;
  /** Absent: the agent cannot start containers. */
  readonly containerEngine?: ContainerEngine;
  readonly renewEveryMs: Millis;
  readonly leaseMs: Millis;
  readonly pollWaitMs: Millis;
  /** When the agent asked for the job, on the monotonic clock. */
  readonly askedAt: Millis;
}

/** The job's own wish counts before that of the agent's machine (SEC-3). */
function shortestSecretOf({ specification: { variables } }: AgentJob, { environment }: JobHost): number {
  const own = variables.find(({ name }) => fold(name) === fold(SHORTEST_SECRET_KNOB));
  return shortestSecret(own?.value ?? environment[SHORTEST_SECRET_KNOB]);
}

/** Everything that belongs to one job while it runs. */
export class RunningJob {
  readonly job: AgentJob;
  readonly host: JobHost;
  readonly control: JobControl;
  readonly masker: Masker;
  readonly variables: VariableStore;
  readonly logs: LogStream;
  readonly reports: ReportQueue;
  /** Folders that steps put before `PATH`, the latest first. */
  readonly prependPath: string[] = [];
  /** The service connections of its tasks. */
  readonly endpoints: Endpoints;
  /** Sends and gets its files. */
  readonly files: JobFiles;
  /** Who carries out its task packages, by the hash of the package. */
  readonly packages: Map<string, StepHandler> = new Map<string, StepHandler>();
  /** Marks every process of this job. */
  readonly mark: string;
  readonly #silence = new AbortController();
  readonly #taskVariables = new Map<string, TaskVariables>();
  #merged: NodeResult = 'succeeded';

  constructor(job: AgentJob, host: JobHost, control: JobControl) {
    this.job = job;
    this.host = host;
    this.control = control;
    this.masker = new Masker(shortestSecretOf(job, host));
    this.variables = new VariableStore(this.masker);
    this.endpoints = new Endpoints(this.masker, job.endpoints);
    const { request, lease } = job;
    this.files = new JobFiles({ calls: host.client.files, clock: host.clock, request, lease });
    // Numbers of agents and jobs repeat in other pools and servers, whose jobs may run on this machine, too.
    this.mark = `signalbox_${randomUUID()}`;
    control.refused.addEventListener('abort', () => this.silence(), { once: true });
    const sending = {
      client: host.client,
      clock: host.clock,
      logger: host.logger,
      request: job.request,
      lease: job.lease,
      signal: this.#silence.signal,
      onRefused: () => control.refuse(this.cancelBudgetMs),
    };
    this.logs = new LogStream(sending);
    this.reports = new ReportQueue(sending);
  }

  /** What clean-up may take when the agent itself ends the job. */
  get cancelBudgetMs(): Millis {
    return this.job.specification.cancelTimeoutInMinutes * 60_000;
  }

  /** `Agent.JobStatus`: a cancelled job is Canceled whatever its steps did (CANCEL-7). */
  get status(): NodeResult {
    return this.control.reason === undefined ? this.#merged : 'canceled';
  }

  /** What the parts of a step's task leave for each other; the same for each of them (LOG-16). */
  taskVariables(step: string): TaskVariables {
    const known = this.#taskVariables.get(step) ?? new TaskVariables(this.masker);
    this.#taskVariables.set(step, known);
    return known;
  }

  /** Takes a step's result into the job's (RES-5). */
  merge(step: NodeResult): void {
    this.#merged = mergeStepResult(this.#merged, step);
  }

  /** Tells the steps to come how the job is doing. */
  publishStatus(): void {
    this.variables.setOwn('Agent.JobStatus', resultTitle(this.status));
  }

  /** Nothing more is sent, and nothing waits for being sent. */
  silence(): void {
    this.#silence.abort();
  }
}
