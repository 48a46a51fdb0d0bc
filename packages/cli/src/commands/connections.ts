import type { NewConnection, WireConnection } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { print, printObject } from '../output/print.ts';
import { projectOf } from './options.ts';
import { secretOf } from './secret-option.ts';

interface InProject {
  readonly project?: string;
}

interface Settings extends InProject {
  readonly description?: string;
  readonly username?: string;
  readonly passwordFile?: string;
  readonly tokenFile?: string;
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox connections list|create|set|delete`: addresses outside, and what proves who calls. */
export function addConnections(program: Command, context: Context): void {
  const connections = program
    .command('connections')
    .option(...PROJECT)
    .description('Generic service connections: what checks and tasks call. Secrets are never shown again.')
    .action((options: InProject) => list(context, options));
  connections
    .command('list')
    .option(...PROJECT)
    .description('List the service connections of a project.')
    .action((options: InProject) => list(context, options));
  withSettings(connections.command('create').argument('<name>', 'its name').argument('<url>', 'its address'))
    .description('Make a service connection.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox connections create gate https://gate.example.org/ --token-file token.txt' +
        '\n  pass show gate | signalbox connections create gate https://gate.example.org/ --username robot --password-file -',
    )
    .action((name: string, url: string, options: Settings) => create(context, { name, url }, options));
  withSettings(connections.command('set').argument('<name>', 'its name'))
    .option('--address <url>', 'another address; another host needs the secret again')
    .description('Change a service connection; what is not given stays.')
    .action((name: string, options: Settings & { readonly address?: string }) => set(context, name, options));
  connections
    .command('delete')
    .argument('<name>', 'its name')
    .option(...PROJECT)
    .description('Delete a service connection with its checks; refused while a stage holds its lock.')
    .action(async (name: string, options: InProject) => {
      const project = await projectOf(context, options.project);
      const { id } = await connectionOf(context, project, name);
      await context.client().deleteConnection(project, id);
      context.terminal.err(`The service connection ${name} of ${project} is gone.\n`);
    });
}

function withSettings(command: Command): Command {
  return command
    .option(...PROJECT)
    .option('--description <text>', 'what it is for')
    .option('--username <name>', 'the user name that goes with a password')
    .option('--password-file <file>', 'a file with the password; - reads the standard input')
    .option('--token-file <file>', 'a file with a token, in place of name and password');
}

/** The service connection of a project by its name, letter case aside, or its id. */
async function connectionOf(context: Context, project: string, named: string): Promise<WireConnection> {
  const { value } = await context.client().listConnections(project);
  const found = value.find(({ id, name }) => [id, name.toLowerCase()].includes(named.toLowerCase()));
  if (found !== undefined) return found;
  const names = value.map(({ name }) => name).join(', ') || 'none yet';
  throw new CliError(
    EXIT.notFound,
    `There is no service connection ${named} in ${project}. There are: ${names}.`,
  );
}

async function create(
  context: Context,
  { name, url }: { readonly name: string; readonly url: string },
  options: Settings,
): Promise<void> {
  const project = await projectOf(context, options.project);
  const { description } = options;
  const made = await context.client().createConnection(project, {
    name,
    url,
    type: 'generic',
    ...(description !== undefined && { description }),
    authorization: (await authorizationOf(context, options)) ?? { scheme: 'None' },
  });
  show(context, made);
}

async function set(
  context: Context,
  name: string,
  options: Settings & { readonly address?: string },
): Promise<void> {
  const project = await projectOf(context, options.project);
  const old = await connectionOf(context, project, name);
  const username = old.authorization.parameters['username'];
  const kept = {
    scheme: old.authorization.scheme,
    ...(typeof username === 'string' && { parameters: { username } }),
  };
  const changed = await context.client().updateConnection(project, old.id, {
    name: old.name,
    url: options.address ?? old.url,
    type: 'generic',
    description: options.description ?? old.description,
    authorization: (await authorizationOf(context, options)) ?? kept,
  });
  show(context, changed);
}

/** Undefined when the options say nothing of it. */
async function authorizationOf(
  context: Context,
  { username, passwordFile, tokenFile }: Settings,
): Promise<NewConnection['authorization'] | undefined> {
  if (tokenFile !== undefined) {
    if (username !== undefined || passwordFile !== undefined)
      throw new CliError(EXIT.usage, 'Give a token, or a user name and a password; not both.');
    return { scheme: 'Token', parameters: { apitoken: await secretOf(context, tokenFile) } };
  }
  if (username === undefined && passwordFile === undefined) return undefined;
  const password = passwordFile === undefined ? undefined : await secretOf(context, passwordFile);
  const parameters = { username: username ?? '', ...(password !== undefined && { password }) };
  return { scheme: 'UsernamePassword', parameters };
}

function show(context: Context, connection: WireConnection): void {
  printObject(context.terminal, context.format(), connection, [
    ['connection', connection.name],
    ['id', connection.id],
    ['address', connection.url],
    ['authorization', authorizationText(connection)],
  ]);
}

function authorizationText({ authorization: { scheme, parameters } }: WireConnection): string {
  if (scheme === 'None') return 'none';
  return scheme === 'Token' ? 'token' : `user ${parameters['username'] ?? ''}`;
}

async function list(context: Context, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { value } = await context.client().listConnections(project);
  print(context.terminal, context.format(), {
    rows: value,
    columns: [
      { title: 'CONNECTION', text: ({ name }) => name },
      { title: 'ADDRESS', text: ({ url }) => url },
      { title: 'AUTHORIZATION', text: authorizationText },
      { title: 'ID', text: ({ id }) => id },
    ],
    empty: `${project} has no service connections. Make one: signalbox connections create NAME URL`,
  });
}
