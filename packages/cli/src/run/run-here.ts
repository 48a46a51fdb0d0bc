import { startAgent, type RunningAgent } from '@signalbox/agent';
import { createClient, type Client } from '@signalbox/api';
import { VERSION, type Plan } from '@signalbox/model';
import {
  createAgentToken,
  createEngine,
  ensureAdministrator,
  resolveTasks,
  startServer,
  type RunningServer,
} from '@signalbox/server';
import { openStore, type Store } from '@signalbox/store';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { finish } from '../commands/watch.ts';
import type { Context } from '../context.ts';
import { planOf } from '../local/compile-local.ts';
import { compileRequestOf } from '../local/compile-options.ts';
import { createPipelineFinder, type LocalPipeline } from '../local/pipeline-finder.ts';
import { snapshot, type Snapshot } from '../snapshot.ts';
import { partsToSkip, type PartsToSkip } from './chosen-parts.ts';
import { declaredRepositories, type DeclaredRepositories } from './declared-repositories.ts';
import { followRun } from './follow-run.ts';
import { poolsOf } from './pools-of.ts';
import type { RunOptions } from './run-options.ts';
import { packTask } from '../tasks/pack-task.ts';
import { standInForConnections, standInForGroups, standInForSecureFiles } from './stand-ins.ts';

const PROJECT = 'local';

/**
 * Runs a pipeline with everything in memory: the server's own dispatcher and the ordinary agent, which talk inside
 * this process. The same engine decides as in `signalbox up`.
 */
export async function runHere(context: Context, file: string, options: RunOptions): Promise<void> {
  const pipeline = await createPipelineFinder().find(file);
  // Every mistake of the file is told before anything starts.
  const plan = await planOf(await compileRequestOf(pipeline, options));
  const skipped = partsToSkip(plan, options);
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-run-'));
  const files = await snapshot(pipeline.root);
  const others = await declaredRepositories(plan, options.repository ?? {});
  const store = await openStore({ kind: 'memory', engine: createEngine() });
  const { secret } = await ensureAdministrator(store);
  const server = await startServer({
    store,
    organization: PROJECT,
    host: '127.0.0.1',
    dataFolder: folder,
    logLevel: 'error',
    standInCommits: others.commits,
  });
  const parts: Parts = { context, options, pipeline, files, others, folder, store, server, secret };
  try {
    await runOn(parts, plan, skipped);
  } finally {
    await server.close();
    await store.close();
    await files.remove();
    await others.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Parts {
  readonly context: Context;
  readonly options: RunOptions;
  readonly pipeline: LocalPipeline;
  readonly files: Snapshot;
  readonly others: DeclaredRepositories;
  readonly folder: string;
  readonly store: Store;
  readonly server: RunningServer;
  readonly secret: string;
}

async function runOn(parts: Parts, plan: Plan, skipped: PartsToSkip): Promise<void> {
  const { context, options, server, secret, store } = parts;
  const client = createClient({ baseUrl: server.baseUrl, token: secret, fetch: server.fetch });
  const agents: RunningAgent[] = [];
  try {
    for (const pool of poolsOf(plan, options.variable ?? {})) agents.push(await agentFor(parts, pool));
    await makeLibrary(client, parts, plan);
    const id = await queue(client, parts, skipped);
    const cancel = (): void => void client.cancelBuild(PROJECT, id).catch(() => undefined);
    process.on('SIGINT', cancel);
    try {
      const view = {
        context,
        client,
        store,
        project: PROJECT,
        id,
        quiet: options.quiet ?? false,
        skipChecks: options.skipChecks ?? false,
      };
      finish(await followRun(view));
    } finally {
      process.off('SIGINT', cancel);
    }
  } finally {
    await Promise.all(agents.map((agent) => agent.stop({ graceful: false })));
  }
}

async function agentFor({ folder, options, server, store }: Parts, pool: string): Promise<RunningAgent> {
  return startAgent({
    serverUrl: server.baseUrl,
    token: await createAgentToken(store, { pool, name: 'here' }),
    pool,
    name: 'here',
    workFolder: join(folder, 'agents', encodeURIComponent(pool)),
    version: VERSION,
    capabilities: options.capability ?? {},
    fetch: server.fetch,
  });
}

/** Everything that the run will look for by name. */
async function makeLibrary(client: Client, parts: Parts, plan: Plan): Promise<void> {
  const { others, options } = parts;
  await client.createProject({ name: PROJECT });
  await standInForConnections(client, PROJECT, {
    plan: await withPackages(client, parts, plan),
    variables: options.variable ?? {},
  });
  await standInForGroups(client, PROJECT, options.group ?? {});
  await others.register(client, PROJECT);
  await standInForSecureFiles(client, PROJECT, options.secureFile ?? {});
}

/** Installs the given task packages; the plan then knows what their inputs name. */
async function withPackages(client: Client, { options, store }: Parts, plan: Plan): Promise<Plan> {
  for (const path of options.task ?? []) {
    const { manifest, zip } = await packTask(path);
    await client.installTask(manifest.id, zip, { overwrite: true });
  }
  const resolved = resolveTasks(plan, await store.taskPackages.list());
  // What is missing is told when the run is queued.
  return resolved.ok ? resolved.plan : plan;
}

async function queue(
  client: Client,
  { pipeline, files, options }: Parts,
  skipped: PartsToSkip,
): Promise<number> {
  const definition = await client.createDefinition(PROJECT, {
    name: basename(pipeline.root) || 'pipeline',
    yamlFilename: pipeline.path,
    repository: { url: files.repository, name: basename(pipeline.root), defaultBranch: files.branch },
  });
  const { variable = {}, parameter = {} } = options;
  const build = await client.runPipeline(PROJECT, definition.id, {
    variables: variable,
    templateParameters: parameter,
    ...skipped,
  });
  return build.id;
}
