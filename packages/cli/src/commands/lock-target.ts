import type { LockRequestView, LockView } from '@signalbox/api';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';

/** A stage of a run as the command line names it: `12`, or `12/Deploy`. */
export interface StageOfRun {
  readonly run: number;
  readonly stage?: string;
}

/** The lock of a project by its number or its name, letter case aside. */
export async function lockOf(context: Context, project: string, named: string): Promise<LockView> {
  const { items } = await context.client().listLocks(project);
  const found = items.find(
    (lock) => String(lock.id) === named || lock.name.toLowerCase() === named.toLowerCase(),
  );
  if (found !== undefined) return found;
  const names = items.map((lock) => lock.name).join(', ') || 'none yet';
  throw new CliError(EXIT.notFound, `There is no lock ${named} in ${project}. There are: ${names}.`);
}

/** The requests of the one stage of a run that waits for its locks. */
export function waitingOf(context: Context, project: string, of: StageOfRun): Promise<Requests> {
  return requestsOf(context, project, of, {
    fits: ({ status }) => status === 'queued' || status === 'waitingOnChecks',
    verb: 'waits for a lock',
    nothing: 'does not wait for a lock',
  });
}

/** The requests of the one stage of a run that holds its locks. */
export function heldOf(context: Context, project: string, of: StageOfRun): Promise<Requests> {
  return requestsOf(context, project, of, {
    fits: ({ status }) => status === 'inUse',
    verb: 'holds a lock',
    nothing: 'holds no lock',
  });
}

/** The requests of one stage attempt, one for each of its locks; never empty. */
export type Requests = readonly [LockRequestView, ...LockRequestView[]];

interface Search {
  readonly fits: (request: LockRequestView) => boolean;
  readonly verb: string;
  readonly nothing: string;
}

async function requestsOf(
  context: Context,
  project: string,
  { run, stage }: StageOfRun,
  { fits, verb, nothing }: Search,
): Promise<Requests> {
  const { items } = await context.client().listLockRequests(project, run);
  const found = items
    .filter(fits)
    .filter(({ nodeName }) => stage === undefined || nodeName.toLowerCase() === stage.toLowerCase());
  const [first, ...rest] = found;
  const who = stage === undefined ? `Run ${run}` : `Stage ${stage} of run ${run}`;
  if (first === undefined) throw new CliError(EXIT.notFound, `${who} ${nothing}${states(items)}.`);
  const others = rest.filter(({ bundleId }) => bundleId !== first.bundleId);
  if (others.length === 0) return [first, ...rest];
  const stages = [...new Set(found.map(({ nodeName }) => nodeName))].join(', ');
  throw new CliError(EXIT.usage, `More than one stage of run ${run} ${verb}. Say which: ${stages}.`);
}

function states(items: readonly LockRequestView[]): string {
  const latest = new Map(
    items.map(({ nodeName, resourceName, status }) => [
      `${nodeName}/${resourceName}`,
      `${nodeName} at ${resourceName} is ${status}`,
    ]),
  );
  return latest.size === 0 ? '' : `: ${[...latest.values()].join(', ')}`;
}
