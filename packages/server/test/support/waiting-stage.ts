import {
  REST_TASK,
  TASK_CHECK,
  type WireCheck,
  type WireConnection,
  type WireEnvironment,
} from '@signalbox/api';
import type { CheckRun, StageState } from '@signalbox/engine';
import { httpReceiver, type HttpReceiver, type Received } from './http-receiver.ts';
import { DEPLOY_TO_QA, makeProject, queue } from './project.ts';
import { testServer, type TestOptions, type TestServer } from './test-server.ts';

/** One stage that deploys to `qa`, with a variable for checks to use. */
const WITH_VARIABLE = `${DEPLOY_TO_QA}variables:
  size: small
`;

/** A server with a service beside it, which its checks ask, and a clock that the test moves. */
export interface CheckedServer {
  readonly box: TestServer;
  readonly service: HttpReceiver;
  readonly definition: number;
  /** Adds a REST check to `qa` that asks the service; answers it. */
  addCheck(inputs: Readonly<Record<string, string>>, more?: CheckMore): Promise<WireCheck>;
  /** Queues a run and does what is due; answers its number. */
  queue(): Promise<number>;
  /** Moves the clock and does what is due. */
  pass(minutes: number): Promise<void>;
  check(run: number): Promise<CheckRun>;
  stage(run: number): Promise<StageState>;
  /** The lines of the check's log, as REST tells them. */
  log(run: number): Promise<string>;
  close(): Promise<void>;
}

/** What a check has besides its inputs. */
export interface CheckMore {
  readonly task?: string;
  readonly retryInterval?: number;
  readonly timeout?: number;
  readonly linkedVariableGroup?: string;
}

/** Starts both; the environment and a service connection `ops` are there. */
export async function checkedServer(
  options: TestOptions & { readonly yaml?: string } = {},
): Promise<CheckedServer> {
  const service = await httpReceiver();
  let ahead = 0;
  const clock = (): number => Date.now() + ahead;
  const box = await testServer({ clock, outbound: [service.target], ...options });
  const { project, definition } = await makeProject(box, { yaml: options.yaml ?? WITH_VARIABLE });
  const environment = await box.json<WireEnvironment>(
    'POST',
    `/${project}/_apis/distributedtask/environments`,
    { name: 'qa' },
  );
  await addConnection(box, 'ops', service.url);
  const stage = async (run: number): Promise<StageState> => {
    const found = (await box.store.runs.get(run))?.stages.at(-1);
    if (found === undefined) throw new Error(`Run ${run} has no stage.`);
    return found;
  };
  return {
    box,
    service,
    definition: definition.id,
    addCheck: (inputs, more = {}) => addRestCheck(box, String(environment.id), inputs, more),
    async queue() {
      const { id } = await queue(box, project, definition.id);
      await box.server.settle();
      return id;
    },
    async pass(minutes) {
      ahead += minutes * 60_000;
      await box.server.settle();
    },
    stage,
    async check(run) {
      const found = (await stage(run)).checkpoint?.checks.find(
        ({ configuration }) => configuration.settings.kind === 'invoke',
      );
      if (found === undefined) throw new Error(`Run ${run} has no check.`);
      return found;
    },
    async log(run) {
      const url = `/Demo/_apis/build/builds/${run}`;
      const { records } = await box.json<{ records: { log: { id: number } | null; type: string }[] }>(
        'GET',
        `${url}/timeline`,
      );
      const id = records.find(({ log, type }) => log !== null && type.startsWith('Checkpoint.'))?.log?.id;
      return (await box.call('GET', `${url}/logs/${id}`, { headers: { accept: 'text/plain' } })).body;
    },
    async close() {
      await box.close();
      await service.close();
    },
  };
}

/** A service connection that proves who calls by a token. */
export function addConnection(box: TestServer, name: string, url: string): Promise<WireConnection> {
  return box.json<WireConnection>('POST', '/Demo/_apis/serviceendpoint/endpoints', {
    name,
    type: 'generic',
    url,
    authorization: { scheme: 'Token', parameters: { apitoken: 'token-of-ops' } },
  });
}

async function addRestCheck(
  box: TestServer,
  environment: string,
  inputs: Readonly<Record<string, string>>,
  { task = REST_TASK, timeout = 60, ...more }: CheckMore,
): Promise<WireCheck> {
  const named = task === REST_TASK ? { connectedServiceName: 'ops' } : {};
  return box.json<WireCheck>('POST', '/Demo/_apis/pipelines/checks/configurations?$expand=settings', {
    type: { id: TASK_CHECK },
    resource: { type: 'environment', id: environment },
    timeout,
    settings: { definitionRef: { id: task }, inputs: { ...named, ...inputs }, ...more },
  });
}

/** How a service answers for a check: the headers of the request say where and as whom (HOOK-2, HOOK-5). */
export function callback(
  { headers }: Received,
  result: string,
): { readonly path: string; readonly token: string; readonly body: object } {
  const one = (name: string): string => String(headers[name]);
  const path = `/${one('projectid')}/_apis/distributedtask/hubs/${one('hubname')}/plans/${one('planid')}/events`;
  const body = { name: 'TaskCompleted', taskId: one('taskinstanceid'), jobId: one('jobid'), result };
  return { path, token: one('authtoken'), body };
}
