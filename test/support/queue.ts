import type { LockRequestView, LockView, RunView } from '@signalbox/api';
import { gitRepository } from './repository.ts';
import type { Reach, Signalbox } from './signalbox.ts';
import { waitUntil } from './wait.ts';

interface List<T> {
  readonly count: number;
  readonly value: readonly T[];
}

/**
 * Makes a project with one pipeline per file, all in one git repository; answers the definition ids. Over REST: a
 * process for each pipeline would take seconds on a busy machine.
 */
export async function setUpProject(
  box: Reach,
  project: string,
  files: Readonly<Record<string, string>>,
  repository: string = gitRepository(files),
): Promise<Readonly<Record<string, number>>> {
  await box.rest('POST', '/_apis/projects', { name: project });
  const ids: Record<string, number> = {};
  for (const file of Object.keys(files).filter((name) => name.endsWith('.yml'))) {
    const name = file.replace(/\.yml$/, '');
    const made = await box.rest<{ id: number }>('POST', `/${project}/_apis/build/definitions`, {
      name,
      process: { type: 2, yamlFilename: file },
      repository: { type: 'Git', url: repository },
    });
    ids[name] = made.id;
  }
  return ids;
}

/** Runs a command that must succeed; answers what it printed. */
export async function cli(box: Signalbox, ...args: readonly string[]): Promise<string> {
  const result = await box.cli(...args);
  if (result.code !== 0)
    throw new Error(`signalbox ${args.join(' ')}: ${result.code}\n${result.err}${result.out}`);
  return result.out;
}

/** Queues a run with these variables, of `main` unless told otherwise; answers its id. */
export async function queueRun(
  box: Signalbox,
  project: string,
  definition: number,
  parameters: Readonly<Record<string, string>> = {},
  branch?: string,
): Promise<number> {
  const build = await box.rest<{ id: number }>('POST', `/${project}/_apis/build/builds`, {
    definition: { id: definition },
    parameters: JSON.stringify(parameters),
    ...(branch !== undefined && { sourceBranch: branch }),
  });
  return build.id;
}

/** The newest runs of a project with their stages. */
export async function runs(box: Signalbox, project: string): Promise<readonly RunView[]> {
  return (await box.rest<List<RunView>>('GET', `/${project}/_apis/signalbox/runs?$top=200`)).value;
}

/** Waits until all these runs are completed; answers them in the order of the ids. */
export async function whenCompleted(
  box: Signalbox,
  project: string,
  ids: readonly number[],
  limitMs = 120_000,
): Promise<readonly RunView[]> {
  let found: readonly RunView[] = [];
  await waitUntil(
    `runs ${ids.join(', ')} of ${project} are completed`,
    async () => {
      const all = await runs(box, project);
      found = ids.flatMap((id) => all.filter((run) => run.id === id));
      return found.length === ids.length && found.every((run) => run.status === 'completed');
    },
    limitMs,
  );
  return found;
}

/** The locks of a project with their queues. */
export async function locks(box: Signalbox, project: string): Promise<readonly LockView[]> {
  return (await box.rest<List<LockView>>('GET', `/${project}/_apis/signalbox/locks`)).value;
}

/** Every lock request of a project, ended ones included, by request id. */
export async function lockRequests(box: Signalbox, project: string): Promise<readonly LockRequestView[]> {
  const states = 'queued,waitingOnChecks,inUse,finished,timedOut,canceled,abandoned';
  const list = await box.rest<List<LockRequestView>>(
    'GET',
    `/${project}/_apis/pipelines/resourcelocks?status=${states}&$top=1000`,
  );
  return [...list.value].sort((a, b) => a.requestId - b.requestId);
}

/** The most requests that held the lock at one moment, by their times of grant and end. */
export function mostHoldersAtOnce(requests: readonly LockRequestView[]): number {
  const moments = requests.flatMap((request) =>
    request.assignTime === undefined
      ? []
      : [
          { at: Date.parse(request.assignTime), change: 1 },
          { at: request.finishTime === undefined ? Infinity : Date.parse(request.finishTime), change: -1 },
        ],
  );
  // A release and the grant that follows it bear the same instant: the release comes first.
  moments.sort((a, b) => a.at - b.at || a.change - b.change);
  let now = 0;
  let most = 0;
  for (const moment of moments) {
    now += moment.change;
    most = Math.max(most, now);
  }
  return most;
}
