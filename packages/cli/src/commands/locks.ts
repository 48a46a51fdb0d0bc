import type { LockView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { lockPicture } from '../output/lock-picture.ts';
import { lockOf } from './lock-target.ts';
import { addLocksDelete } from './locks/delete.ts';
import { addLocksExplain } from './locks/explain.ts';
import { addLocksForecast } from './locks/forecast.ts';
import { patchOf, policyOptions, type PolicyOptions } from './locks/policy-options.ts';
import { addLocksWhatIf } from './locks/what-if.ts';
import { addOperators } from './locks-operate.ts';
import { projectOf } from './options.ts';

/** `signalbox locks [list]|explain|forecast|what-if|create|set|delete`, and what operators do by hand. */
export function addLocks(program: Command, context: Context): void {
  const locks = program
    .command('locks')
    .description('See who holds each lock, who waits, and why; make and change locks; operate the queue.');
  locks
    .command('list', { isDefault: true })
    .option('--project <name>', 'the project (default: the only one)')
    .description('Show every lock with its holders and its queue.')
    .action((options: { readonly project?: string }) => list(context, options.project));
  addLocksExplain(locks, context);
  addLocksForecast(locks, context);
  addLocksWhatIf(locks, context);
  policyOptions(locks.command('create'))
    .option('--environment <name>', 'the environment to lock; made if there is none')
    .option('--named <name>', 'a lock of this name, for callers from outside')
    .description('Put an exclusive lock on an environment, or make a named lock.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox locks create --environment production --behavior sequential --order-by runQueueTime',
    )
    .action((options: CreateOptions) => create(context, options));
  policyOptions(locks.command('set').argument('<lock>', 'the name or number of the lock'))
    .description('Change the policy of a lock. Those who wait are queued anew under it; holders stay.')
    .addHelpText('after', '\nExample:\n  signalbox locks set production --capacity 2')
    .action((lock: string, options: PolicyOptions) => set(context, lock, options));
  addLocksDelete(locks, context);
  addOperators(locks, context);
}

async function list(context: Context, named: string | undefined): Promise<void> {
  const project = await projectOf(context, named);
  const { items } = await context.client().listLocks(project);
  if (context.format() === 'json') return context.terminal.out(`${JSON.stringify(items, undefined, 2)}\n`);
  if (context.format() === 'tsv') return context.terminal.out(items.flatMap(tsvLines).join(''));
  if (items.length === 0)
    return context.terminal.err(
      `No locks in ${project} yet. Make one: signalbox locks create --environment NAME\n`,
    );
  context.terminal.out(items.map((lock) => lockPicture(lock, context.now())).join('\n'));
}

function tsvLines(lock: LockView): string[] {
  return [...lock.holders, ...lock.waiters].map(
    (request) =>
      `${[lock.name, request.status, request.position ?? 0, request.runId, request.nodeName, request.token ?? '', request.reasons.join(' ')].join('\t')}\n`,
  );
}

interface CreateOptions extends PolicyOptions {
  readonly environment?: string;
  readonly named?: string;
}

async function create(context: Context, options: CreateOptions): Promise<void> {
  const { environment: name, named } = options;
  if ((name === undefined) === (named === undefined))
    throw new CliError(EXIT.usage, 'Say what to lock: --environment NAME or --named NAME.');
  const project = await projectOf(context, options.project);
  const resource =
    named === undefined
      ? ({ type: 'environment', name: name ?? '' } as const)
      : ({ type: 'named', name: named } as const);
  show(context, await context.client().createLock(project, { resource, ...patchOf(options) }));
}

async function set(context: Context, named: string, options: PolicyOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const { id } = await lockOf(context, project, named);
  show(context, await context.client().updateLock(project, id, patchOf(options)));
}

function show(context: Context, lock: LockView): void {
  if (context.format() === 'json') context.terminal.out(`${JSON.stringify(lock, undefined, 2)}\n`);
  else context.terminal.out(lockPicture(lock, context.now()));
}
