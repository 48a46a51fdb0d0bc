import type { NewUser, UserPatch, UserView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';

interface Described {
  readonly displayName?: string;
  readonly mail?: string;
}

/** `signalbox user …`: people and services that may be given roles. */
export function addUser(program: Command, context: Context): void {
  const user = program
    .command('user')
    .alias('users')
    .description('Users: people, and services with an account.');
  user
    .command('list', { isDefault: true })
    .description('List the users.')
    .action(async () => show(context, (await context.client().listUsers()).value));
  described(user.command('create').argument('<name>', 'unique; it never changes'))
    .option('--service', 'it is a service, not a person')
    .description('Make a user. He may do nothing until he has a role.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox user create ann --display-name "Ann Lee" --mail ann@example.com',
    )
    .action(async (name: string, { service, ...rest }: Described & { readonly service?: boolean }) => {
      const made: NewUser = { name, ...rest, kind: service === true ? 'service' : 'person' };
      show(context, [await context.client().createUser(made)]);
    });
  described(user.command('set').argument('<name>', 'the user'))
    .description('Describe a user.')
    .addHelpText('after', '\nExample:\n  signalbox user set ann --mail ann@example.com')
    .action((name: string, patch: Described) => update(context, name, patch));
  user
    .command('disable')
    .argument('<name>', 'the user')
    .description('Refuse the tokens and end the sessions of a user, at once.')
    .action((name: string) => update(context, name, { active: false }));
  user
    .command('enable')
    .argument('<name>', 'the user')
    .description('Let a disabled user in again.')
    .action((name: string) => update(context, name, { active: true }));
}

function described(command: Command): Command {
  return command
    .option('--display-name <text>', 'how the name is shown')
    .option('--mail <address>', 'where mail reaches the user');
}

async function update(context: Context, name: string, patch: UserPatch): Promise<void> {
  show(context, [await context.client().updateUser(name, patch)]);
}

function show(context: Context, rows: readonly UserView[]): void {
  print<UserView>(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'USER', text: ({ name }) => name },
      { title: 'SHOWN AS', text: ({ displayName }) => displayName },
      { title: 'MAIL', text: ({ mail }) => mail },
      { title: 'KIND', text: ({ kind }) => kind },
      { title: 'ACTIVE', text: ({ active }) => (active ? 'yes' : 'no') },
    ],
    empty: 'There are no users. Make one: signalbox user create NAME',
  });
}
