import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, CommandExit, EXIT, type ExitCode } from '../exit-codes.ts';
import { importProject } from '../import/import-project.ts';
import { printReport } from '../import/print-report.ts';
import { createRemote, type Remote } from '../import/remote.ts';
import { RemoteProblem, type RemoteProblemCode } from '../import/remote-problem.ts';
import { isComplete } from '../import/report.ts';

interface Options {
  readonly organization: string;
  readonly project: string;
  readonly into?: string;
  readonly tokenStdin?: boolean;
  readonly dryRun?: boolean;
}

const HELP = `
Reads pipelines, folders, environments, checks, permissions, variable groups, service connections, secure files,
queues, repositories and settings, and makes here what is missing. Nothing is deleted, nothing that is here is changed,
and the source is only read; so it may be done again, or go on after it was broken off.

The token for Azure DevOps comes from AZURE_DEVOPS_EXT_PAT, or with --token-stdin from the standard input; it needs to
read builds, environments, variable groups, service connections, secure files, agent pools and code.

Examples:
  signalbox import azure-devops --organization https://dev.azure.com/acme --project Shop --dry-run
  pass show azure | signalbox import azure-devops --organization https://dev.azure.com/acme --project Shop --token-stdin
  signalbox import azure-devops --organization https://dev.azure.com/acme --project Shop --into Store --output json

Exit code 0: everything is here as it is there, but for what is to be done by hand. 1: something differs, cannot be
here, or could not be read.`;

/** `signalbox import azure-devops`: the set-up of a project of Azure DevOps, made here. */
export function addImport(program: Command, context: Context): void {
  const command = program.command('import').description('Bring over what another system has.');
  command
    .command('azure-devops')
    .requiredOption('--organization <address>', 'where it is, as https://dev.azure.com/NAME')
    .requiredOption('--project <name>', 'the project there')
    .option('--into <name>', 'what the project is called here (default: the same)')
    .option('--token-stdin', 'read the token for Azure DevOps from the standard input')
    .option('--dry-run', 'only say what would be made')
    .description('Make a project here as it is in Azure DevOps, and report what differs.')
    .addHelpText('after', HELP)
    .action((options: Options) => importFrom(context, options));
}

async function importFrom(context: Context, options: Options): Promise<void> {
  const { terminal } = context;
  const source = await sourceOf(context, options);
  const here = context.server();
  const target = createRemote({
    baseUrl: here.baseUrl,
    authorization: `Bearer ${here.token ?? ''}`,
    fetch: here.fetch,
    wait: delay,
  });
  try {
    const rows = await importProject({
      source,
      target,
      project: options.project,
      into: options.into ?? options.project,
      dryRun: options.dryRun === true,
      onArea: (area, made) => {
        if (terminal.interactive) terminal.err(`${area}: ${made.length}\n`);
      },
    });
    printReport(terminal, context.format(), rows);
    if (!isComplete(rows)) throw new CommandExit(EXIT.failed);
  } catch (error) {
    if (!(error instanceof RemoteProblem)) throw error;
    throw new CliError(exitOf(error.code), `${error.message} What was made stays; import again to go on.`);
  }
}

async function sourceOf(context: Context, { organization, tokenStdin }: Options): Promise<Remote> {
  const baseUrl = organization.replace(/\/+$/, '');
  if (!URL.canParse(baseUrl) || !/^https?:\/\/[^/@?#]+\/[^?#]+$/.test(baseUrl)) {
    throw new CliError(
      EXIT.usage,
      `${organization} is not the address of an organisation. It looks like https://dev.azure.com/NAME.`,
    );
  }
  const given = tokenStdin === true ? await context.terminal.input() : process.env['AZURE_DEVOPS_EXT_PAT'];
  const token = given?.trim() ?? '';
  if (token === '') {
    const message = 'No token for Azure DevOps. Set AZURE_DEVOPS_EXT_PAT, or give --token-stdin.';
    throw new CliError(EXIT.denied, message);
  }
  const authorization = `Basic ${Buffer.from(`:${token}`).toString('base64')}`;
  return createRemote({ baseUrl, authorization, fetch: context.server().fetch, wait: delay });
}

function exitOf(code: RemoteProblemCode): ExitCode {
  if (code === 'silent' || code === 'failed' || code === 'limited') return EXIT.unreachable;
  if (code === 'denied') return EXIT.denied;
  return code === 'missing' ? EXIT.notFound : EXIT.failed;
}
