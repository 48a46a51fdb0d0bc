import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError, CommandExit } from '../exit-codes.ts';
import { runLocked } from '../lock/run-locked.ts';
import { integer, projectOf } from './options.ts';

interface LockRunOptions {
  readonly project?: string;
  readonly lock: readonly string[];
  readonly waitTimeout?: number;
  readonly lease: number;
  readonly caller?: string;
  readonly onLost: 'kill' | 'warn';
}

/** `signalbox lock run`: any command under the locks of the deployment queue. */
export function addLock(program: Command, context: Context): void {
  const lock = program.command('lock').description('Hold locks from outside of runs.');
  lock
    .command('run')
    .argument('<command...>', 'what to run while the locks are held, behind --')
    .requiredOption(
      '--lock <name>',
      'the name or number of a lock; repeatable, all are granted together',
      collect,
    )
    .option('--project <name>', 'the project (default: the only one)')
    .option('--wait-timeout <minutes>', 'how long to wait at most', integer(0, 525_600))
    .option('--lease <seconds>', 'how long the locks stay when nothing is heard of us', integer(5, 3600), 60)
    .option('--caller <name>', 'who we are, as the queue shows it (default: user@host)')
    .addOption(
      new Option('--on-lost <word>', 'when the lease is lost: end the command, or only warn')
        .choices(['kill', 'warn'])
        .default('kill'),
    )
    .passThroughOptions()
    .description(
      'Run a command while holding locks; its exit code is kept, and the locks are always given back.',
    )
    .addHelpText(
      'after',
      '\nThe command has the fencing tokens in SIGNALBOX_LOCK_TOKEN_<LOCK>, and in SIGNALBOX_LOCK_TOKEN if there is one lock.' +
        '\n\nExample:\n  signalbox lock run --lock production --wait-timeout 30 -- terraform apply -auto-approve',
    )
    .action((command: string[], options: LockRunOptions) => run(context, command, options));
}

async function run(context: Context, command: readonly string[], options: LockRunOptions): Promise<void> {
  const [file, ...args] = command;
  if (file === undefined) throw new CliError(EXIT.usage, 'Say behind -- what to run.');
  const project = await projectOf(context, options.project);
  const code = await runLocked({
    client: context.client(),
    terminal: context.terminal,
    project,
    request: {
      requestId: randomUUID(),
      caller: options.caller ?? `${userInfo().username}@${hostname()}`,
      locks: options.lock.map((name) => (/^\d+$/.test(name) ? Number(name) : name)),
      leaseSeconds: options.lease,
    },
    ...(options.waitTimeout !== undefined && { waitMinutes: options.waitTimeout }),
    onLost: options.onLost,
    command: [file, ...args],
  });
  if (code !== 0) throw new CommandExit(code);
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
