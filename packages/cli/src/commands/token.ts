import { HUMAN_ROLES, type NewToken, type TokenView } from '@signalbox/api';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { print } from '../output/print.ts';
import { integer } from './options.ts';

interface CreateOptions {
  readonly scope?: readonly string[];
  readonly project?: string;
  readonly user?: string;
  readonly role?: NonNullable<NewToken['role']>;
  readonly pool?: string;
  readonly days?: number;
}

/** `signalbox token …`: personal access tokens, and those of services and agents. */
export function addToken(program: Command, context: Context): void {
  const token = program
    .command('token')
    .alias('tokens')
    .description('Tokens: your own, and as an administrator those of everybody.');
  token
    .command('list', { isDefault: true })
    .description('List the tokens that you may see, without their secrets.')
    .action(async () => show(context, (await context.client().listTokens()).items));
  token
    .command('create')
    .argument('<name>', 'what you call it; with --role, the user whose it is')
    .option(
      '--scope <scope>',
      'what it is for: vso.build, vso.build_execute, signalbox.approvals, full, …; repeatable',
      collect,
    )
    .option('--project <name>', 'it works in this project only')
    .option('--user <name>', 'as an administrator: it belongs to this user')
    .addOption(
      new Option(
        '--role <role>',
        'as an administrator: a token with a role, for services and agents',
      ).choices([...HUMAN_ROLES, 'agent']),
    )
    .option('--pool <pool>', 'the pool that a token of agents is for')
    .option('--days <days>', 'it ends after so many days (default of personal ones: 30)', integer(1, 3650))
    .description('Make a token. Its secret is printed once and kept nowhere.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox token create laptop --scope full' +
        '\n  signalbox token create nightly --scope vso.build_execute --project Shop --days 90' +
        '\n  signalbox token create agents --role agent --pool Default',
    )
    .action((name: string, options: CreateOptions) => create(context, name, options));
  token
    .command('revoke')
    .argument('<id>', 'its number in the list', integer(1, Number.MAX_SAFE_INTEGER))
    .description('End a token at once.')
    .action(async (id: number) => {
      await context.client().revokeToken(id);
      context.terminal.err(`The token ${id} is revoked.\n`);
    });
}

/** Options that may be said several times come one by one; at the first there is nothing before. */
function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

async function create(context: Context, name: string, options: CreateOptions): Promise<void> {
  const { scope, days, ...rest } = options;
  if (scope === undefined && options.role === undefined)
    throw new CliError(EXIT.usage, 'Say what the token is for: --scope, or --role as an administrator.');
  const made = await context.client().createToken({
    name,
    ...rest,
    ...(scope !== undefined && { scopes: scope }),
    ...(days !== undefined && { expiresInDays: days }),
  });
  if (context.format() === 'json') return context.terminal.out(`${JSON.stringify(made, null, 2)}\n`);
  context.terminal.err(`The token ${made.id} is made${ends(made)}. This is its secret, shown once:\n`);
  context.terminal.out(`${made.secret}\n`);
}

function ends({ expiresOn }: TokenView): string {
  return expiresOn === undefined ? '' : `; it ends on ${expiresOn.slice(0, 10)}`;
}

function show(context: Context, rows: readonly TokenView[]): void {
  print<TokenView>(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'ID', text: ({ id }) => String(id) },
      { title: 'NAME', text: ({ name }) => name },
      { title: 'USER', text: ({ user = '' }) => user },
      { title: 'FOR', text: ({ role, scopes, pool }) => scopes?.join(' ') ?? pool ?? role },
      { title: 'PROJECT', text: ({ project = '' }) => project },
      { title: 'ENDS', text: (one) => stateOf(one) },
      { title: 'LAST USED', text: ({ lastUsedOn }) => lastUsedOn?.slice(0, 10) ?? 'never' },
    ],
    empty: 'There are no tokens that you may see.',
  });
}

function stateOf({ revokedOn, expiresOn }: TokenView): string {
  if (revokedOn !== undefined) return 'revoked';
  return expiresOn?.slice(0, 10) ?? 'never';
}
