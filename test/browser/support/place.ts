import { createClient, type Client, type RunView, type StageView } from '@signalbox/api';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { setUpProject } from '../../support/queue.ts';
import { gitRepository } from '../../support/repository.ts';
import { reach, type Reach } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';

/** Longer than anything takes: agents start processes, and machines may be busy. */
const WAIT_MS = 120_000;

/** The server that all files share; it runs already, with agents in the pool `Default`. */
export function theServer(): Reach {
  return reach(inject('signalbox'));
}

/** A project that one file has for itself. */
export interface Place {
  readonly name: string;
  /** The folder of its git repository, for `nextCommit`. */
  readonly repository: string;
  /** The ids of its pipelines by the names of their files, without `.yml`. */
  readonly pipelines: Readonly<Record<string, number>>;
  /** The typed client, as the administrator: locks, approvals, library and all the rest. */
  readonly client: Client;
  /** The address of one of its pages, for example `runs/3`. */
  at(page?: string): string;
  /** Calls the REST API below the project: `rest('GET', '/_apis/build/builds')`. */
  rest<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  /** Queues a run of `main`; answers its id. */
  queue(pipeline: string, variables?: Readonly<Record<string, string>>): Promise<number>;
  run(id: number): Promise<RunView>;
  /** Waits until a stage is in a state, for example `running`. */
  whenStage(run: number, stage: string, state: StageView['state']): Promise<StageView>;
  whenOver(run: number): Promise<RunView>;
}

/**
 * Makes a project with one pipeline for each `.yml` file, on the shared server or on `server`. A step that shall wait
 * runs `gate.wait` (see `newGate`); one that shall fail runs `exit 1`.
 */
export async function newPlace(
  name: string,
  files: Readonly<Record<string, string>> = {},
  server: Reach = theServer(),
): Promise<Place> {
  const repository = gitRepository({ 'README.md': `# ${name}\n`, ...files });
  const pipelines = await setUpProject(server, name, files, repository);
  return placeAt(server, { name, repository, pipelines });
}

/** A project that is there. */
export function placeAt(server: Reach, known: Pick<Place, 'name' | 'repository' | 'pipelines'>): Place {
  const { name, pipelines } = known;
  const client = createClient({
    baseUrl: server.url,
    token: server.token,
    fetch: (url, init) => fetch(url, init),
  });
  const run = (id: number): Promise<RunView> => client.getRunView(name, id);
  return {
    ...known,
    client,
    at: (page = '') => `${server.url}/${encodeURIComponent(name)}${page === '' ? '' : `/${page}`}`,
    rest: (method, path, body) => server.rest(method, `/${encodeURIComponent(name)}${path}`, body),
    async queue(pipeline, variables = {}) {
      return (await client.queueBuild(name, pipelines[pipeline] ?? 0, { variables })).id;
    },
    run,
    async whenStage(id, stage, state) {
      const find = async (): Promise<StageView | undefined> =>
        (await run(id)).stages.find((one) => one.name === stage && one.state === state);
      let found: StageView | undefined;
      const holds = async (): Promise<boolean> => (found = await find()) !== undefined;
      await waitUntil(`stage ${stage} of run ${id} is ${state}`, holds, WAIT_MS);
      if (found === undefined) throw new Error('unreachable');
      return found;
    },
    async whenOver(id) {
      const isOver = async (): Promise<boolean> => (await run(id)).status === 'completed';
      await waitUntil(`run ${id} is over`, isOver, WAIT_MS);
      return run(id);
    },
  };
}

/** Something that a step waits for until the test lets it go on. */
export interface Gate {
  /** A shell command that ends when the gate is open. */
  readonly wait: string;
  open(): void;
}

/** A gate that is closed; it is a file, because agents and tests are on one machine. Open it before the file ends. */
export function newGate(): Gate {
  const file = join(mkdtempSync(join(tmpdir(), 'signalbox-gate-')), 'open');
  return { wait: `until [ -e ${file} ]; do sleep 0.1; done`, open: () => writeFileSync(file, '') };
}
