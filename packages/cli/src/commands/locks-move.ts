import type { LockRequestView, NewPlace } from '@signalbox/api';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { printRequests } from '../output/operated.ts';
import { lockOf, waitingOf, type Requests, type StageOfRun } from './lock-target.ts';
import { integer, projectOf } from './options.ts';

interface MoveOptions {
  readonly project?: string;
  readonly stage?: string;
  readonly reason: string;
  readonly lock?: string;
  readonly before?: StageOfRun;
  readonly after?: StageOfRun;
  readonly up?: boolean;
  readonly down?: boolean;
}

/** `signalbox locks move`. */
export function addMove(locks: Command, context: Context): void {
  locks
    .command('move')
    .argument('<run>', 'the run that waits', integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .option('--stage <name>', 'the stage, where several are meant')
    .addOption(where('--before <run>', 'stand before this run; RUN/STAGE where several of its stages wait'))
    .addOption(where('--after <run>', 'stand behind this run'))
    .addOption(new Option('--up', 'one place forward').conflicts(['before', 'after', 'down']))
    .addOption(new Option('--down', 'one place back').conflicts(['before', 'after']))
    .option('--lock <lock>', 'with --up or --down: at which lock, where the stage waits for several')
    .requiredOption('--reason <text>', 'why; it stands in the journal')
    .description('Give a waiting stage another place in the queue, in all its locks.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox locks move 12 --before 9 --reason "the customer waits"\n' +
        '  signalbox locks move 12 --up --lock production --reason "the customer waits"',
    )
    .action((run: number, options: MoveOptions) => move(context, run, options));
}

function where(flags: string, description: string): Option {
  const other = flags.startsWith('--before') ? 'after' : 'before';
  return new Option(flags, description).argParser(stageOfRun).conflicts(other);
}

/** Reads `12` or `12/Deploy`. */
function stageOfRun(text: string): StageOfRun {
  const [, run, stage] = /^(\d{1,15})(?:\/(.+))?$/.exec(text) ?? [];
  if (run === undefined || Number(run) < 1) throw new InvalidArgumentError('It looks like RUN or RUN/STAGE.');
  return { run: Number(run), ...(stage !== undefined && { stage }) };
}

async function move(context: Context, run: number, options: MoveOptions): Promise<void> {
  if (!options.before && !options.after && !options.up && !options.down)
    throw new CliError(EXIT.usage, 'Where to? Give --before RUN, --after RUN, --up or --down.');
  const project = await projectOf(context, options.project);
  const { stage, reason } = options;
  const own = await waitingOf(context, project, { run, ...(stage !== undefined && { stage }) });
  const place = await placeOf(context, project, own, options);
  printRequests(context, await context.client().moveRequest(project, own[0].bundleId, { reason, ...place }));
}

async function placeOf(
  context: Context,
  project: string,
  own: Requests,
  { before, after, up, lock }: MoveOptions,
): Promise<NewPlace> {
  if (before !== undefined) return { before: (await waitingOf(context, project, before))[0].bundleId };
  if (after !== undefined) return { after: (await waitingOf(context, project, after))[0].bundleId };
  const at = await requestAt(context, project, own, lock);
  const beside = await neighbour(context, project, at, up === true);
  return up === true ? { before: beside } : { after: beside };
}

async function requestAt(
  context: Context,
  project: string,
  own: Requests,
  named: string | undefined,
): Promise<LockRequestView> {
  const names = own.map(({ resourceName }) => resourceName).join(', ');
  if (named === undefined) {
    if (own.length === 1) return own[0];
    throw new CliError(EXIT.usage, `The stage waits for several locks. Give --lock with one of: ${names}.`);
  }
  const { id } = await lockOf(context, project, named);
  const found = own.find(({ lockId }) => lockId === id);
  if (found !== undefined) return found;
  throw new CliError(EXIT.notFound, `The stage does not wait for ${named}. It waits for: ${names}.`);
}

/** The bundle one place before or behind, as the lock shows it. */
async function neighbour(
  context: Context,
  project: string,
  { lockId, bundleId, resourceName }: LockRequestView,
  up: boolean,
): Promise<number> {
  const { waiters, waitersTotal } = await context.client().getLock(project, lockId);
  const at = waiters.findIndex((waiter) => waiter.bundleId === bundleId);
  const beside = at < 0 ? undefined : waiters[up ? at - 1 : at + 1];
  if (beside !== undefined) return beside.bundleId;
  if (at >= 0 && (up || waiters.length === waitersTotal)) {
    const end = up ? 'first' : 'last';
    throw new CliError(EXIT.failed, `It is ${end} in the queue of ${resourceName} already.`);
  }
  const known = `Only the first ${waiters.length} of ${waitersTotal} places are known here.`;
  throw new CliError(EXIT.failed, `${known} Say --before RUN or --after RUN.`);
}
