import { randomUUID } from 'node:crypto';
import { connectAgent, type FakeAgent } from './fake-agent.ts';
import { httpReceiver, type Received, type Reply } from './http-receiver.ts';
import { makeProject, queue } from './project.ts';
import { testServer, type TestServer } from './test-server.ts';

/** A check run of the stand-in: the headers that Azure DevOps sends with it (HOOK-2). */
export type CheckHeaders = Readonly<Record<string, string>>;

/**
 * An organisation of Azure DevOps, as far as a gate sees it: another Signalbox has the runs and their timelines,
 * and what is posted to checks is kept. It takes one token of a check and one personal access token.
 */
export interface AzureStandIn {
  readonly organizationUrl: string;
  readonly target: string;
  readonly projectId: string;
  /** What was posted, oldest first: paths behind the organisation and the project. */
  posted(
    kind: 'events' | 'feed',
  ): readonly { readonly path: string; readonly body: unknown; readonly by: string }[];
  /** Set: every call is answered so. */
  broken: Reply | 'silent' | undefined;
  /** How many calls the server gave up that were not answered. */
  readonly givenUp: number;
  /** The token of checks is good. */
  tokenIsGood: boolean;
  /** Queues a run; answers its number. */
  run(): Promise<number>;
  cancel(run: number): Promise<void>;
  /** Does the next job there is. */
  finishJob(result?: 'succeeded' | 'failed'): Promise<void>;
  /** Headers of a new check run. */
  check(): CheckHeaders;
  close(): Promise<void>;
}

export const CHECK_TOKEN = 'token-of-the-check-0001';
export const PAT = 'personal-access-token-0001';

const RUN = `
trigger: none
pool: Default
stages:
  - stage: Deploy
    jobs:
      - job: Roll
        steps:
          - checkout: none
          - script: echo deploy
`;

/** Starts one. */
export async function azureStandIn(): Promise<AzureStandIn> {
  const runs = await testServer({ pollWaitMs: 20 });
  const { project, definition } = await makeProject(runs, { name: 'Shop', yaml: RUN });
  const { id: projectId } = await runs.json<{ id: string }>('GET', `/_apis/projects/${project}`);
  const agent = await connectAgent(runs);
  const web = await httpReceiver();
  const organizationUrl = `${web.url}/contoso/`;
  const base = `/contoso/${projectId}`;
  const standIn: AzureStandIn = {
    organizationUrl,
    target: web.target,
    projectId,
    broken: undefined,
    get givenUp() {
      return web.givenUp;
    },
    tokenIsGood: true,
    posted: (kind) =>
      web.received
        .filter(({ method, path }) => method === 'POST' && pathOf(path).endsWith(`/${kind}`))
        .map(({ path, body, headers }) => ({
          path: pathOf(path).replace(base, ''),
          body: JSON.parse(body) as unknown,
          by: String(headers.authorization),
        })),
    run: async () => (await queue(runs, project, definition.id)).id,
    async cancel(run) {
      await runs.json('PATCH', `/${project}/_apis/build/builds/${run}`, { status: 'cancelling' });
      await runs.server.settle();
    },
    finishJob: (result) => finish(runs, agent, result),
    check: () => ({
      planurl: organizationUrl,
      projectid: projectId,
      hubname: 'checks',
      planid: randomUUID(),
      jobid: randomUUID(),
      timelineid: randomUUID(),
      taskinstanceid: randomUUID(),
      authtoken: CHECK_TOKEN,
    }),
    async close() {
      await web.close();
      await runs.close();
    },
  };
  web.answer = (request) => answer(request, { standIn, runs, base });
  return standIn;
}

async function answer(
  { method, path, headers }: Received,
  {
    standIn,
    runs,
    base,
  }: { readonly standIn: AzureStandIn; readonly runs: TestServer; readonly base: string },
): Promise<Reply> {
  if (standIn.broken === 'silent') return new Promise(() => undefined);
  if (standIn.broken !== undefined) return standIn.broken;
  const pat = `Basic ${Buffer.from(`:${PAT}`).toString('base64')}`;
  const isGood =
    headers.authorization === pat ||
    (standIn.tokenIsGood && headers.authorization === `Bearer ${CHECK_TOKEN}`);
  if (!isGood) return { status: 401, body: '{"message":"TF400813"}' };
  if (method === 'POST') return { status: 204 };
  const found = await runs.call('GET', path.replace(base, `/${standIn.projectId}`));
  return { status: found.statusCode, body: found.body };
}

async function finish(
  runs: TestServer,
  agent: FakeAgent,
  result: 'succeeded' | 'failed' = 'succeeded',
): Promise<void> {
  await runs.server.settle();
  const job = await agent.poll();
  if (job === undefined) throw new Error('No job is there to be finished.');
  await agent.finish(job, result);
  await runs.server.settle();
}

function pathOf(path: string): string {
  return path.split('?')[0] ?? '';
}
