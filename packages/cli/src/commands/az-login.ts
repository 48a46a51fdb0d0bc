import { createClient, type Client } from '@signalbox/api';
import type { Command } from 'commander';
import type { AzDefaults } from '../azure/az-defaults.ts';
import { withDefaults, withoutDefaults } from '../azure/az-defaults.ts';
import { azConfigFile, protectTokens, readAzFile, writeAzFile } from '../azure/az-files.ts';
import { runAz } from '../azure/az-program.ts';
import { serverToken, serverUrl, type ConnectionOptions } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { networkFetch } from '../network.ts';
import { secretOf } from './secret-option.ts';

interface Options {
  readonly project?: string;
  readonly tokenFile?: string;
  readonly undo?: boolean;
}

/** `signalbox az-login`: the Azure CLI of this user speaks with this server. */
export function addAzLogin(program: Command, context: Context): void {
  program
    .command('az-login')
    .option('--project <name>', 'the project of commands that name none (default: the only one)')
    .option(
      '--token-file <file>',
      'a file with the token; - reads the standard input (default: SIGNALBOX_TOKEN)',
    )
    .option('--undo', 'give the Azure CLI back what it had before, and let it forget the token')
    .description('Let `az pipelines …` of this user speak with the server, without --organization.')
    .addHelpText('after', '\nExample:\n  signalbox az-login --project Shop --token-file - < token.txt')
    .action((options: Options) => {
      const where = program.opts<ConnectionOptions>();
      return options.undo === true ? undo(context, where) : login(context, where, options);
    });
}

async function login(context: Context, where: ConnectionOptions, options: Options): Promise<void> {
  if (where.token !== undefined) {
    const message =
      'Give the token in SIGNALBOX_TOKEN or with --token-file: others see the words of a command.';
    throw new CliError(EXIT.usage, message);
  }
  const token =
    options.tokenFile === undefined ? serverToken({}) : await secretOf(context, options.tokenFile);
  const organization = serverUrl(where);
  const client = createClient({ baseUrl: organization, token, fetch: networkFetch(where) });
  const defaults = { organization, ...(await projectIn(client, options.project)) };
  const file = azConfigFile();
  writeAzFile(file, withDefaults(readAzFile(file), defaults));
  const { terminal } = context;
  terminal.out(`Written to ${file}:\n${linesOf(defaults)}`);
  const end = await runAz(['devops', 'login', '--organization', organization], `${token}\n`);
  if (end?.ok === true) {
    protectTokens(file);
    terminal.out(
      'The token is with the Azure CLI (az devops login). `signalbox az-login --undo` takes all back.\n',
    );
    return;
  }
  const why = end === undefined ? 'There is no program az here.' : `az devops login refused it: ${end.said}`;
  terminal.err(`${why}\nThe token is kept nowhere. Set AZURE_DEVOPS_EXT_PAT to it where you call az.\n`);
}

/** The token is tried on the way: a wrong one is refused here, in our words. */
async function projectIn(client: Client, named: string | undefined): Promise<{ readonly project?: string }> {
  await client.me();
  if (named !== undefined) return { project: (await client.getProject(named)).name };
  const { items } = await client.listProjects();
  const [only] = items;
  return only !== undefined && items.length === 1 ? { project: only.name } : {};
}

function linesOf({ organization, project }: AzDefaults): string {
  const none = 'none: give --project here, or to every command';
  return `  organization  ${organization}\n  project       ${project ?? none}\n`;
}

async function undo({ terminal }: Context, where: ConnectionOptions): Promise<void> {
  const file = azConfigFile();
  const config = readAzFile(file);
  const before = withoutDefaults(config);
  if (before === undefined)
    throw new CliError(EXIT.notFound, `${file} has nothing of \`signalbox az-login\` to take back.`);
  const organization = config['defaults']?.['organization'] ?? serverUrl(where);
  // First: logging out takes the default away that it finds.
  const end = await runAz(['devops', 'logout', '--organization', organization], '');
  writeAzFile(file, before);
  terminal.out(`${file} is as it was before.\n`);
  terminal.out(
    end?.ok === true
      ? `The Azure CLI has forgotten the token for ${organization}.\n`
      : `The Azure CLI had no token for ${organization}.\n`,
  );
}
