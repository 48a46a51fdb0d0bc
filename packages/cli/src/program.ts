import { ApiError, createClient } from '@signalbox/api';
import { Command, CommanderError, Option } from 'commander';
import { addAgent } from './commands/agent.ts';
import { addAgents } from './commands/agents.ts';
import { addApprovals } from './commands/approvals.ts';
import { addAudit } from './commands/audit.ts';
import { addAzLogin } from './commands/az-login.ts';
import { addAzProxy } from './commands/az-proxy.ts';
import { addCalendars } from './commands/calendars.ts';
import { addCancel } from './commands/cancel.ts';
import { addChecks } from './commands/checks.ts';
import { addConnections } from './commands/connections.ts';
import { addEnvironments } from './commands/environments.ts';
import { addExpand } from './commands/expand.ts';
import { addGate } from './commands/gate.ts';
import { addGraph } from './commands/graph.ts';
import { addGroups } from './commands/groups.ts';
import { addImport } from './commands/import.ts';
import { addLock } from './commands/lock.ts';
import { addLocks } from './commands/locks.ts';
import { addArtifacts } from './commands/artifacts.ts';
import { addLogs } from './commands/logs.ts';
import { addNotifications } from './commands/notifications.ts';
import { addPipeline } from './commands/pipeline.ts';
import { addPolicy } from './commands/policy.ts';
import { addPools } from './commands/pools.ts';
import { addProject } from './commands/project.ts';
import { addQueue } from './commands/queue.ts';
import { addRepository } from './commands/repository.ts';
import { addRetry } from './commands/retry.ts';
import { addRole } from './commands/role.ts';
import { addRun } from './commands/run.ts';
import { addRuns } from './commands/runs.ts';
import { addSecrets } from './commands/secrets.ts';
import { addSecureFiles } from './commands/secure-files.ts';
import { addTask } from './commands/task.ts';
import { addToken } from './commands/token.ts';
import { addUser } from './commands/user.ts';
import { addTriggers } from './commands/triggers.ts';
import { addUp } from './commands/up.ts';
import { addValidate } from './commands/validate.ts';
import { addVariableGroups } from './commands/variable-groups.ts';
import { connect, type ConnectionOptions } from './connection.ts';
import type { Context } from './context.ts';
import { EXIT, CliError, CommandExit, type ExitCode } from './exit-codes.ts';
import { OUTPUT_FORMATS, type OutputFormat } from './output/print.ts';
import type { Terminal } from './output/terminal.ts';
import { VERSION } from '@signalbox/model';

const EXAMPLES = `
Examples:
  signalbox up                                    a server on this machine, with agents and a web page
  signalbox run azure-pipelines.yml               one pipeline, here and now, without a server
  signalbox pipeline create web --repository .    a pipeline of the repository in this folder
  signalbox queue web --watch                     run it and watch
  signalbox locks                                 who holds, who waits, and why

Exit codes: 0 worked · 1 the run failed or the file is invalid · 2 wrong usage · 3 no server ·
4 not allowed · 5 not found · 6 port, folder or database not usable`;

/** Every command, in the order of the help. */
const COMMANDS: readonly ((program: Command, context: Context) => void)[] = [
  addUp,
  addRun,
  addValidate,
  addExpand,
  addGraph,
  addProject,
  addPipeline,
  addRepository,
  addTriggers,
  addQueue,
  addRuns,
  addLogs,
  addArtifacts,
  addCancel,
  addRetry,
  addLocks,
  addLock,
  addGate,
  addPolicy,
  addApprovals,
  addChecks,
  addEnvironments,
  addConnections,
  addVariableGroups,
  addSecureFiles,
  addSecrets,
  addTask,
  addAzLogin,
  addAzProxy,
  addToken,
  addUser,
  addGroups,
  addRole,
  addCalendars,
  addNotifications,
  addAudit,
  addImport,
  addAgent,
  addAgents,
  addPools,
];

/** The whole command line. Nothing has run yet. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('signalbox')
    .description('A deployment queue for azure-pipelines.yml: chosen, seen, trusted, explained.')
    .version(VERSION)
    .addOption(new Option('--output <format>', 'how to print').choices(OUTPUT_FORMATS).default('table'))
    .option('--url <address>', 'the server, with its organisation (SIGNALBOX_URL)')
    .option(
      '--token <token>',
      'who you are (better: SIGNALBOX_TOKEN, which other users of the machine cannot see)',
    )
    .option('--proxy <address>', 'the way to the server (default: HTTPS_PROXY, but for NO_PROXY)')
    .option('--ca <file>', "who signed the server's certificate, where Node does not know (PEM)")
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });
  const context: Context = {
    terminal,
    format: () => program.opts<{ output: OutputFormat }>().output,
    client: () => createClient(connect(program.opts<ConnectionOptions>())),
    server: () => connect(program.opts<ConnectionOptions>()),
    now: () => Date.now(),
  };
  for (const add of COMMANDS) add(program, context);
  for (const command of every(program)) command.exitOverride().configureOutput(program.configureOutput());
  return program;
}

/** Runs a command line to its end; every failure becomes one sentence and an exit code (`ExitCode`, or a command's own). */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const program = createProgram(terminal);
    await program.parseAsync(liftGlobals(args, program), { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    return report(error, terminal);
  }
}

/**
 * `--output`, `--url`, `--token`, `--proxy` and `--ca` are understood behind the command, too, where people write them; unless the
 * command has an option of the same name.
 */
function liftGlobals(args: readonly string[], program: Command): string[] {
  const commands = new Map(program.commands.map((command) => [command.name(), command]));
  const command = commands.get(args.find((arg) => commands.has(arg)) ?? '');
  const own = new Set(command?.options.map(({ long }) => long));
  const lifted: string[] = [];
  const rest: string[] = [];
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const [name = ''] = arg.split('=');
    const isGlobal = at < end && /^--(output|url|token|proxy|ca)$/.test(name) && !own.has(name);
    if (!isGlobal) rest.push(arg);
    else if (arg.includes('=')) lifted.push(arg);
    else lifted.push(arg, ...args.slice((at += 1), at + 1));
  }
  return [...lifted, ...rest];
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof CommandExit) return error.code;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof CliError) {
    terminal.err(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof ApiError) {
    // The message of a refused pipeline tells the mistakes as Azure does; here each has its own lines.
    const told = error.diagnostics.map(diagnosticLine);
    terminal.err(`${told.length === 0 ? error.message : `The pipeline is refused:\n${told.join('\n')}`}\n`);
    return exitCodeOf(error);
  }
  throw error;
}

function diagnosticLine(one: ApiError['diagnostics'][number]): string {
  return `  ${one.file}(${one.line},${one.column}): ${one.severity} ${one.code}: ${one.message}\n    ${one.help}`;
}

function exitCodeOf(error: ApiError): ExitCode {
  if (error.status === 0 || error.status >= 500) return EXIT.unreachable;
  if (error.status === 401 || error.status === 403) return EXIT.denied;
  if (error.status === 404 || error.status === 409) return EXIT.notFound;
  return EXIT.failed;
}

function* every(command: Command): Generator<Command> {
  for (const child of command.commands) {
    yield child;
    yield* every(child);
  }
}
