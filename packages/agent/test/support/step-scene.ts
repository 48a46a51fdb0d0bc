import type {
  AgentFact,
  AssociateArtifactRequest,
  AttachRequest,
  JobEndpoint,
  JobStepTarget,
  PublishCoverageRequest,
  PublishTestsRequest,
} from '@signalbox/api';
import { JobFiles } from '../../src/artifacts/job-files.ts';
import { Masker } from '../../src/masking/masker.ts';
import { LogStream } from '../../src/report/log-stream.ts';
import { StepOutput } from '../../src/report/step-output.ts';
import type { Clock } from '../../src/clock.ts';
import { Endpoints } from '../../src/variables/endpoints.ts';
import { TaskVariables } from '../../src/variables/task-variables.ts';
import { VariableStore } from '../../src/variables/variable-store.ts';
import type { Answer } from '../../src/wire/answer.ts';
import type { ServerCalls } from '../../src/wire/server-calls.ts';

/** Time that stands still, and never makes anybody wait. */
const STILL: Clock = { now: () => 1_772_359_200_000, monotonic: () => 0, sleep: async () => {} };
const unused = (): never => {
  throw new Error('only logs are sent');
};

/** The output of one step, with what the server would hear of it. */
export interface StepScene {
  readonly output: StepOutput;
  readonly variables: VariableStore;
  readonly masker: Masker;
  readonly endpoints: Endpoints;
  readonly taskVariables: TaskVariables;
  readonly prependPath: string[];
  readonly facts: AgentFact[];
  readonly files: JobFiles;
  /** What the server was asked for: `attach TYPE NAME SIZE`, `associate TYPE NAME PLACE`, `tests …`, `coverage …`, or the route. */
  readonly sent: string[];
  /** The lines that the server has. */
  log(): Promise<readonly string[]>;
}

/** What the job of the step has. */
export interface StepSceneOptions {
  readonly target?: JobStepTarget | undefined;
  readonly endpoints?: readonly JobEndpoint[];
  readonly debug?: boolean;
  /** Characters that a secret needs. */
  readonly shortest?: number;
}

/** A server that takes everything. */
function recordingCalls(sent: string[]): ServerCalls['files'] {
  return {
    async ask<T>(route: string, _request: number, body: object): Promise<Answer<T>> {
      sent.push(sentText(route, body as Sent));
      return { kind: 'ok', value: {} as T };
    },
    putContent: async () => ({ kind: 'ok', value: undefined }),
    getContent: unused,
  };
}

type Sent = Partial<
  Omit<AttachRequest, 'type'> &
    Omit<AssociateArtifactRequest, 'type'> & { readonly type: string } & PublishTestsRequest &
    PublishCoverageRequest
>;

function sentText(route: string, { name, data, size, results, statistics, ...sent }: Sent): string {
  if (route === 'jobAttach') return `attach ${sent.type} ${name} ${size}`;
  if (route === 'jobArtifactAssociate') {
    const properties = Object.entries(sent.properties ?? {}).map(([key, value]) => ` ${key}=${value}`);
    return `associate ${sent.type} ${name} ${data}${properties.join('')}`;
  }
  const tests = results?.map((one) => `${one.name} ${one.outcome}`).join(', ');
  if (route === 'jobTests') return `tests ${sent.format} ${sent.title}: ${tests}`;
  const totals = statistics?.map(({ label, covered, total }) => `${label} ${covered}/${total}`).join(', ');
  return route === 'jobCoverage' ? `coverage ${totals}` : route;
}

/** Files that travel by these calls. */
function filesOf(calls: ServerCalls['files']): JobFiles {
  return new JobFiles({ calls, clock: STILL, request: 1, lease: 1 });
}

/** A step named `look` of a job that has nothing but what is given. */
export function stepScene(options: StepSceneOptions = {}): StepScene {
  const { target, endpoints, debug = false, shortest } = options;
  const masker = new Masker(shortest);
  const variables = new VariableStore(masker);
  if (debug) variables.set({ name: 'System.Debug', value: 'true', secret: false, readonly: false });
  const sent: string[] = [];
  const job = {
    taskVariables: new TaskVariables(masker),
    endpoints: new Endpoints(masker, endpoints),
    prependPath: [] as string[],
    files: filesOf(recordingCalls(sent)),
  };
  const facts: AgentFact[] = [];
  const lines: string[] = [];
  const client: ServerCalls = {
    ...({ connect: unused, poll: unused, leave: unused, renew: unused } as unknown as ServerCalls),
    async log(_request, body) {
      lines.push(...body.lines);
      return { kind: 'ok', value: undefined };
    },
  };
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  const signal = new AbortController().signal;
  const logs = new LogStream({
    client,
    clock: STILL,
    logger,
    request: 1,
    lease: 1,
    signal,
    onRefused: unused,
  });
  const output = new StepOutput({
    order: 1,
    stepName: 'look',
    logs,
    masker,
    variables,
    ...job,
    target,
    now: () => STILL.now(),
    push: (fact) => facts.push(fact),
    progressed: () => {},
  });
  const log = async (): Promise<readonly string[]> => {
    await logs.flush();
    return lines;
  };
  return { output, variables, masker, ...job, facts, sent, log };
}
