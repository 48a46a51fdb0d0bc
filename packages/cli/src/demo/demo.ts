import type { Client } from '@signalbox/api';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, CliError } from '../exit-codes.ts';
import { git } from '../git.ts';

/** The demo's project (fixed: tests and the README name it). */
const DEMO_PROJECT = 'Demo';

/** The two pipelines of the demo and their files, in the order in which they are made. */
const PIPELINES = [
  { name: 'web', file: 'web.yml' },
  { name: 'api', file: 'api.yml' },
] as const;

/** Runs that show the queue at work: builds of unequal length, so that order and arrival differ. */
const RUNS: readonly {
  readonly pipeline: number;
  readonly buildSeconds: number;
  readonly deploySeconds: number;
}[] = [
  { pipeline: 0, buildSeconds: 2, deploySeconds: 20 },
  { pipeline: 1, buildSeconds: 4, deploySeconds: 15 },
  { pipeline: 0, buildSeconds: 30, deploySeconds: 12 },
  { pipeline: 1, buildSeconds: 3, deploySeconds: 12 },
  { pipeline: 0, buildSeconds: 3, deploySeconds: 15 },
  { pipeline: 1, buildSeconds: 8, deploySeconds: 12 },
];

/**
 * Sets up the demo through the ordinary API: a repository, a project, two pipelines, one locked environment, and a
 * handful of queued runs when none is under way. What is there already stays as it is.
 */
export async function setUpDemo(client: Client, dataFolder: string): Promise<void> {
  const repository = await demoRepository(join(dataFolder, 'demo-repository'));
  const { items: projects } = await client.listProjects();
  if (!projects.some((project) => project.name === DEMO_PROJECT)) {
    await client.createProject({
      name: DEMO_PROJECT,
      description: 'Two services that share one environment.',
    });
  }
  const definitions = await demoPipelines(client, repository);
  await demoLock(client);
  const { items: unfinished } = await client.listBuilds(DEMO_PROJECT, {
    statusFilter: ['notStarted', 'inProgress', 'cancelling'],
    top: 1,
  });
  if (unfinished.length > 0) return;
  for (const { pipeline, buildSeconds, deploySeconds } of RUNS) {
    const variables = { buildSeconds: String(buildSeconds), deploySeconds: String(deploySeconds) };
    await client.queueBuild(DEMO_PROJECT, definitions[pipeline] ?? 0, { variables });
  }
}

async function demoPipelines(client: Client, repository: string): Promise<readonly number[]> {
  const { items } = await client.listDefinitions(DEMO_PROJECT);
  const ids: number[] = [];
  for (const { name, file } of PIPELINES) {
    const there = items.find((item) => item.name === name);
    const definition =
      there ??
      (await client.createDefinition(DEMO_PROJECT, {
        name,
        yamlFilename: file,
        repository: { url: repository, name: 'demo', defaultBranch: 'refs/heads/main' },
        variables: {
          buildSeconds: { value: '3', allowOverride: true },
          deploySeconds: { value: '5', allowOverride: true },
        },
      }));
    ids.push(definition.id);
  }
  return ids;
}

async function demoLock(client: Client): Promise<void> {
  const { items: locks } = await client.listLocks(DEMO_PROJECT);
  if (locks.some((lock) => lock.resourceType === 'environment')) return;
  const { items } = await client.listEnvironments(DEMO_PROJECT, { name: 'production' });
  const environment = items[0] ?? (await client.createEnvironment(DEMO_PROJECT, { name: 'production' }));
  const check = await client.addExclusiveLock(DEMO_PROJECT, environment.id);
  await client.updateLock(DEMO_PROJECT, check.id, { behavior: 'sequential', orderBy: 'runQueueTime' });
}

/** The example's files in a git repository of their own. */
async function demoRepository(folder: string): Promise<string> {
  if (
    (await git(['rev-parse', '--verify', '--quiet', 'HEAD'], {
      cwd: dirname(folder),
      env: { GIT_DIR: join(folder, '.git') },
    })) !== undefined
  )
    return folder;
  mkdirSync(folder, { recursive: true });
  cpSync(exampleFolder(), folder, { recursive: true });
  const identity = ['-c', 'user.name=Signalbox', '-c', 'user.email=signalbox@localhost'];
  const steps = [
    ['add', '--all'],
    [...identity, 'commit', '--quiet', '--message', 'Deploy the shop'],
  ];
  const made = await git(['init', '--quiet', '--initial-branch=main'], { cwd: folder });
  for (const step of steps) {
    if (made === undefined || (await git(step, { cwd: folder })) === undefined) {
      throw new CliError(EXIT.environment, 'The demo needs git 2.28 or newer on the PATH.');
    }
  }
  return folder;
}

/** `examples/two-services`: beside the packages in a checkout, inside the package when it is installed. */
function exampleFolder(): string {
  const places = ['../../examples/two-services', '../../../../examples/two-services'];
  const found = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((folder) => existsSync(folder));
  if (found === undefined)
    throw new CliError(EXIT.environment, 'The files of the demo are missing from this installation.');
  return found;
}
