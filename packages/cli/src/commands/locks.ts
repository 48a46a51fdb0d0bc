import type { LockPatch, LockView } from '@signalbox/api';
import type { LockBehavior, LockOrder, OnWaitTimeout, SupersedeTime } from '@signalbox/model';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { lockPicture } from '../output/lock-picture.ts';
import { lockOf } from './lock-target.ts';
import { addOperators } from './locks-operate.ts';
import { integer, projectOf } from './options.ts';

interface PolicyOptions {
  readonly project?: string;
  readonly capacity?: number;
  readonly behavior?: LockBehavior;
  readonly orderBy?: LockOrder;
  readonly supersede?: SupersedeTime;
  readonly waitTimeout?: number;
  readonly onWaitTimeout?: OnWaitTimeout;
}

/** `signalbox locks [list]|create|set`, and what operators do by hand. */
export function addLocks(program: Command, context: Context): void {
  const locks = program
    .command('locks')
    .description('See who holds each lock, who waits, and why; make and change locks; operate the queue.');
  locks
    .command('list', { isDefault: true })
    .option('--project <name>', 'the project (default: the only one)')
    .description('Show every lock with its holders and its queue.')
    .action((options: { readonly project?: string }) => list(context, options.project));
  policyOptions(locks.command('create'))
    .requiredOption('--environment <name>', 'the environment to lock; made if there is none')
    .description('Put an exclusive lock on an environment.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox locks create --environment production --behavior sequential --order-by runQueueTime',
    )
    .action((options: PolicyOptions & { readonly environment: string }) => create(context, options));
  policyOptions(locks.command('set').argument('<lock>', 'the name or number of the lock'))
    .description('Change the policy of a lock. Those who wait are queued anew under it; holders stay.')
    .addHelpText('after', '\nExample:\n  signalbox locks set production --capacity 2')
    .action((lock: string, options: PolicyOptions) => set(context, lock, options));
  addOperators(locks, context);
}

function policyOptions(command: Command): Command {
  return command
    .option('--project <name>', 'the project (default: the only one)')
    .option('--capacity <count>', 'how many may hold it at once', integer(1))
    .addOption(
      new Option('--behavior <word>', 'for stages that say no lockBehavior').choices([
        'runLatest',
        'sequential',
        'branchRunLatest',
        'parallel',
      ]),
    )
    .addOption(
      new Option('--order-by <word>', 'the order of those who wait').choices(['arrival', 'runQueueTime']),
    )
    .addOption(
      new Option('--supersede <word>', 'when runLatest cancels older waiters').choices([
        'onRelease',
        'onArrival',
      ]),
    )
    .option('--wait-timeout <minutes>', 'how long a stage waits at most', integer(1))
    .addOption(
      new Option('--on-wait-timeout <word>', 'what then becomes of the stage').choices(['skip', 'fail']),
    );
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

async function create(
  context: Context,
  options: PolicyOptions & { readonly environment: string },
): Promise<void> {
  const project = await projectOf(context, options.project);
  const client = context.client();
  const { items } = await client.listEnvironments(project, { name: options.environment });
  const wanted = options.environment.toLowerCase();
  const environment =
    items.find((item) => item.name.toLowerCase() === wanted) ??
    (await client.createEnvironment(project, { name: options.environment }));
  const check = await client.addExclusiveLock(project, environment.id, {
    ...(options.waitTimeout !== undefined && { timeout: options.waitTimeout }),
  });
  await update(context, project, check.id, options);
}

async function set(context: Context, named: string, options: PolicyOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const { id } = await lockOf(context, project, named);
  await update(context, project, id, options);
}

async function update(context: Context, project: string, id: number, options: PolicyOptions): Promise<void> {
  const { capacity, behavior, orderBy, supersede, waitTimeout, onWaitTimeout } = options;
  const patch: LockPatch = {
    ...(capacity !== undefined && { capacity }),
    ...(behavior !== undefined && { behavior }),
    ...(orderBy !== undefined && { orderBy }),
    ...(supersede !== undefined && { supersede }),
    ...(waitTimeout !== undefined && { waitTimeoutMinutes: waitTimeout }),
    ...(onWaitTimeout !== undefined && { onWaitTimeout }),
  };
  const lock = await context.client().updateLock(project, id, patch);
  if (context.format() === 'json') context.terminal.out(`${JSON.stringify(lock, undefined, 2)}\n`);
  else context.terminal.out(lockPicture(lock, context.now()));
}
