import {
  startAgent,
  AgentRefusedError,
  type AgentLogger,
  type AgentOptions,
  type EndReason,
  type RunningAgent,
} from '@signalbox/agent';
import { Option, type Command } from 'commander';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { serverToken, serverUrl, type ConnectionOptions } from '../connection.ts';
import type { Context } from '../context.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { occupy } from '../local-agents/slot.ts';
import { VERSION } from '@signalbox/model';
import { networkFetch } from '../network.ts';
import { collectCapability } from './options.ts';

interface AgentCommandOptions {
  readonly pool: string;
  readonly environment?: string;
  readonly resourceTags?: readonly string[];
  readonly name: string;
  readonly work?: string;
  readonly capability?: Readonly<Record<string, string>>;
  readonly once?: boolean;
  readonly slot?: string;
}

/** Without its supervisor for so long, a local agent takes no further job and ends. */
const ORPHAN_LIMIT_MS = 60_000;

/** `signalbox agent`: a worker for a pool, on any machine that reaches the server. */
export function addAgent(program: Command, context: Context): void {
  program
    .command('agent')
    .option('--pool <name>', 'the pool to serve', 'Default')
    .addOption(
      new Option(
        '--environment <name>',
        'be a machine of this environment; the token is that of its machines',
      ).conflicts('pool'),
    )
    .option('--resource-tags <tags>', 'its tags there, with commas; without it they stay', collectTags)
    .addOption(
      new Option('--name <name>', 'its name, unique in the pool').default(
        hostname(),
        'the name of the machine',
      ),
    )
    .option('--work <folder>', 'where workspaces are kept (default: agents/NAME in the data folder)')
    .option('--capability <name[=value]>', 'something it can do, for demands; repeatable', collectCapability)
    .option('--once', 'end after one job')
    .addOption(new Option('--slot <socket>', 'used by `signalbox up` for its own agents').hideHelp())
    .description(
      'Serve a pool: take jobs, run their steps, report. Ctrl-C finishes the job at hand; again cancels it.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  SIGNALBOX_TOKEN=… signalbox agent --url http://server:8080/default --pool Linux --capability docker',
    )
    .action((options: AgentCommandOptions) => serve(context, program.opts<ConnectionOptions>(), options));
}

async function serve(
  context: Context,
  where: ConnectionOptions,
  options: AgentCommandOptions,
): Promise<void> {
  const connecting = new AbortController();
  const life: Life = { running: undefined, connecting, interrupts: 0 };
  const slot = options.slot === undefined ? undefined : await occupySlot(options.slot, life);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt(life, signal));
  try {
    const agent = await startAgent({
      serverUrl: serverUrl(where),
      token: serverToken(where),
      pool: options.pool,
      ...machineOf(options),
      name: options.name,
      version: VERSION,
      workFolder: options.work ?? join(defaultDataFolder(), 'agents', options.name),
      capabilities: options.capability ?? {},
      environment: stepEnvironment(),
      fetch: networkFetch(where),
      logger: loggerTo(context),
      signal: connecting.signal,
      ...(options.once && { maxJobs: 1 }),
    });
    life.running = agent;
    const place =
      options.environment === undefined ? `pool ${agent.pool}` : `environment ${options.environment}`;
    context.terminal.err(`Agent ${options.name} serves ${place}.\n`);
    conclude(await agent.ended, options);
  } catch (error) {
    if (!(error instanceof AgentRefusedError)) throw error;
    if (error.code !== 'aborted')
      throw new CliError(error.code === 'token-refused' ? EXIT.denied : EXIT.failed, error.message);
  } finally {
    slot?.close();
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM');
  }
}

/** An agent with an environment is one of its machines (DEP-12). */
function machineOf({
  environment,
  resourceTags,
}: AgentCommandOptions): Pick<AgentOptions, 'environmentResource'> {
  if (environment === undefined) {
    if (resourceTags === undefined) return {};
    throw new CliError(
      EXIT.usage,
      '--resource-tags are those of a machine of an environment. Give --environment, too.',
    );
  }
  return {
    environmentResource: { name: environment, ...(resourceTags !== undefined && { tags: resourceTags }) },
  };
}

/** Tags between commas; an empty text takes them all away. */
function collectTags(text: string): readonly string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

interface Life {
  running: RunningAgent | undefined;
  readonly connecting: AbortController;
  interrupts: number;
}

function interrupt(life: Life, signal: 'SIGINT' | 'SIGTERM'): void {
  life.interrupts += 1;
  stop(life, signal === 'SIGTERM' || life.interrupts > 1);
}

function stop(life: Life, now: boolean): void {
  life.connecting.abort();
  void life.running?.stop({ graceful: !now });
}

async function occupySlot(socket: string, life: Life): Promise<{ close(): void }> {
  const giveUp = (): NodeJS.Timeout => setTimeout(() => stop(life, false), ORPHAN_LIMIT_MS);
  // Its supervisor may have died before it came to look: until it does, the agent counts as an orphan.
  let orphaned = giveUp();
  const server = await occupy(socket, {
    orphaned: () => (orphaned = giveUp()),
    supervised: () => clearTimeout(orphaned),
    stop: (now) => stop(life, now),
  }).catch((error: unknown) => {
    clearTimeout(orphaned);
    throw new CliError(EXIT.environment, error instanceof Error ? error.message : String(error));
  });
  return {
    close() {
      clearTimeout(orphaned);
      server.close();
    },
  };
}

/** Steps do not inherit the agent's own credential. */
function stepEnvironment(): Readonly<Record<string, string | undefined>> {
  const { SIGNALBOX_TOKEN: _token, SIGNALBOX_ADMIN_TOKEN: _admin, ...rest } = process.env;
  return rest;
}

function loggerTo(context: Context): AgentLogger {
  const line =
    (level: string) =>
    (event: string, fields: Readonly<Record<string, unknown>> = {}): void =>
      context.terminal.err(
        `${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`,
      );
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

function conclude(reason: EndReason, options: AgentCommandOptions): void {
  switch (reason) {
    case 'stopped':
    case 'jobsDone':
      return;
    case 'sessionReplaced':
      throw new CliError(
        EXIT.failed,
        `Another agent named ${options.name} has connected. Give this one another --name.`,
      );
    case 'tokenRefused':
      throw new CliError(EXIT.denied, 'The server does not accept the token any more. Give it a new one.');
    case 'agentRefused':
      throw new CliError(EXIT.failed, `The server has removed the agent ${options.name}.`);
  }
}
