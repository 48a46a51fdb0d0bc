import { createClient, type Client, type RunView } from '@signalbox/api';
import type { Signalbox } from '../../test/support/signalbox.ts';
import { waitUntil } from '../../test/support/wait.ts';
import { furnish, PROJECT, type Furniture } from './furnish.ts';
import { shopRepository } from './repository.ts';

/** Longer than anything takes on a busy machine. */
const WAIT_MS = 300_000;

/** What the pictures show: numbers for addresses. */
export interface World extends Furniture {
  readonly repository: string;
  readonly pipeline: number;
  /** A run that is over, with results. */
  readonly done: number;
  /** The run that holds the lock of production. */
  readonly holding: number;
  /** A run that waits there. */
  readonly waiting: number;
  readonly failed: number;
  /** The lock of production. */
  readonly lock: number;
}

/** Makes a project in which every page has something to show, through the ordinary API. */
export async function makeWorld(box: Signalbox, receiver: string): Promise<World> {
  const client = createClient({ baseUrl: box.url, token: box.token, fetch: (url, init) => fetch(url, init) });
  const repository = shopRepository();
  await client.createProject({ name: PROJECT, description: 'The shop, its app and its database.' });
  const pipelines = await makePipelines(client, repository);
  const furniture = await furnish(client, receiver);
  const runs = await makeRuns(client, pipelines);
  const { items: locks } = await client.listLocks(PROJECT);
  const lock = locks.find(({ name }) => name === 'production');
  return { repository, pipeline: pipelines.web, ...runs, ...furniture, lock: lock?.id ?? 1 };
}

interface Pipelines {
  readonly web: number;
  readonly mobile: number;
  readonly database: number;
}

async function makePipelines(client: Client, url: string): Promise<Pipelines> {
  const make = async (name: string, yamlFilename: string): Promise<number> => {
    const repository = { url, name: 'shop', type: 'Git', defaultBranch: 'refs/heads/main' };
    const variables = { deploySeconds: { value: '4', allowOverride: true } };
    return (await client.createDefinition(PROJECT, { name, yamlFilename, repository, variables })).id;
  };
  return {
    web: await make('web', 'azure-pipelines.yml'),
    mobile: await make('mobile', 'mobile.yml'),
    database: await make('database', 'database.yml'),
  };
}

async function makeRuns(
  client: Client,
  { web, mobile, database }: Pipelines,
): Promise<Pick<World, 'done' | 'holding' | 'waiting' | 'failed'>> {
  const queue = async (id: number, deploySeconds?: number): Promise<number> => {
    const variables = deploySeconds === undefined ? {} : { deploySeconds: String(deploySeconds) };
    return (await client.queueBuild(PROJECT, id, { variables })).id;
  };
  const over = (run: number): Promise<void> =>
    waitUntil(`run ${run} is over`, async () => (await read(run)).status === 'completed', WAIT_MS);
  const read = (run: number): Promise<RunView> => client.getRunView(PROJECT, run);
  const reached = (run: number, state: string): Promise<void> =>
    waitUntil(
      `Production of run ${run} is ${state}`,
      async () => (await read(run)).stages.some((one) => one.name === 'Production' && one.state === state),
      WAIT_MS,
    );
  const past: number[] = [];
  // Enough of them, and long enough, that the holder has a usual time.
  for (const seconds of [14, 18, 16, 15, 17, 16]) past.push(await queue(web, seconds));
  const failed = await queue(database);
  for (const run of [...past, failed]) await over(run);
  const holding = await queue(web, 600);
  await reached(holding, 'running');
  const waiting = await queue(web);
  const line = [waiting, await queue(web), await queue(web)];
  await queue(mobile);
  for (const run of line) await reached(run, 'waiting');
  return { done: past[0] ?? 1, holding, waiting, failed };
}
