import type { OperatedLock } from '@signalbox/api';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { lockPicture } from '../output/lock-picture.ts';
import { lockOf } from './lock-target.ts';
import { projectOf } from './options.ts';

interface FreezeOptions {
  readonly project?: string;
  readonly reason: string;
  readonly until?: string;
  readonly for?: number;
  readonly exempt?: readonly string[];
}

/** `signalbox locks freeze|unfreeze`. */
export function addFreeze(locks: Command, context: Context): void {
  locks
    .command('freeze')
    .argument('<lock>', 'the name or number of the lock')
    .option('--project <name>', 'the project (default: the only one)')
    .addOption(new Option('--until <time>', 'when it ends, as 2026-12-24T18:00Z; without a zone it is UTC'))
    .addOption(
      new Option('--for <span>', 'how long, as 90m, 2h or 3d12h').argParser(spanOf).conflicts('until'),
    )
    .option(
      '--exempt <branch>',
      'a branch that passes, as refs/heads/main or refs/heads/hotfix/*; can be repeated',
      collect,
    )
    .requiredOption('--reason <text>', 'why; it is shown to everybody who waits')
    .description('Grant a lock to nobody until the freeze ends. Holders stay. Another freeze replaces it.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox locks freeze production --for 2h --reason "database migration"\n' +
        '  signalbox locks freeze production --exempt "refs/heads/hotfix/*" --reason "end of the quarter"',
    )
    .action((lock: string, options: FreezeOptions) => freeze(context, lock, options));
  locks
    .command('unfreeze')
    .argument('<lock>', 'the name or number of the lock')
    .option('--project <name>', 'the project (default: the only one)')
    .requiredOption('--reason <text>', 'why; it stands in the journal')
    .description('End the freeze of a lock.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox locks unfreeze production --reason "the migration is over"',
    )
    .action((lock: string, options: FreezeOptions) => unfreeze(context, lock, options));
}

function collect(branch: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), branch];
}

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;

/** Reads `90m`, `2h`, `3d12h` as milliseconds. */
function spanOf(text: string): number {
  const parts = /^(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,5})m)?$/.exec(text);
  const [days = 0, hours = 0, minutes = 0] = (parts ?? []).slice(1).map((part) => Number(part ?? 0));
  const span = days * UNITS.d + hours * UNITS.h + minutes * UNITS.m;
  if (span > 0) return span;
  throw new InvalidArgumentError('It is a span of time such as 90m, 2h or 3d12h.');
}

async function freeze(context: Context, named: string, options: FreezeOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const { id } = await lockOf(context, project, named);
  const { reason, exempt, for: span } = options;
  const until = span === undefined ? options.until : new Date(context.now() + span).toISOString();
  const body = { reason, ...(until !== undefined && { until }), ...(exempt !== undefined && { exempt }) };
  show(context, await context.client().freezeLock(project, id, body), '');
}

async function unfreeze(context: Context, named: string, options: FreezeOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const { id, name } = await lockOf(context, project, named);
  const { reason } = options;
  show(context, await context.client().unfreezeLock(project, id, { reason }), `${name} was not frozen.\n`);
}

function show(context: Context, operated: OperatedLock, unchanged: string): void {
  if (!operated.changed) context.terminal.err(unchanged);
  if (context.format() === 'json') context.terminal.out(`${JSON.stringify(operated, undefined, 2)}\n`);
  else if (context.format() === 'table') context.terminal.out(lockPicture(operated.lock, context.now()));
  else
    context.terminal.out(
      `${[operated.lock.name, operated.lock.freeze?.until ?? '', operated.lock.freeze?.reason ?? ''].join('\t')}\n`,
    );
}
