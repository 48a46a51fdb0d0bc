import type { GroupView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';

interface More {
  readonly groups?: readonly string[];
  readonly description?: string;
}

/** `signalbox groups …`: people whom an approval names by one word. */
export function addGroups(program: Command, context: Context): void {
  const groups = program
    .command('groups')
    .alias('group')
    .description('Groups of users, for approvals and roles.')
    .action(() => list(context));
  groups
    .command('list')
    .description('List the groups with their members.')
    .action(() => list(context));
  groups
    .command('set')
    .argument('<group>', 'its name')
    .argument('[member...]', 'names of users')
    .option('--groups <group...>', 'groups whose members are in it, too')
    .option('--description <text>', 'what it is for')
    .description('Make a group, or replace its members; who is a member counts when somebody approves.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox groups set ops ann bob\n  signalbox groups set everybody --groups ops dev',
    )
    .action(async (name: string, members: readonly string[], more: More) =>
      show(context, [await context.client().setGroup(name, members, more)]),
    );
  groups
    .command('remove')
    .argument('<group>', 'its name')
    .description('Remove a group.')
    .action(async (name: string) => {
      await context.client().removeGroup(name);
      context.terminal.err(`The group ${name} is gone.\n`);
    });
}

async function list(context: Context): Promise<void> {
  show(context, (await context.client().listGroups()).items);
}

function show(context: Context, rows: readonly GroupView[]): void {
  print<GroupView>(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'GROUP', text: ({ name }) => name },
      {
        title: 'MEMBERS',
        text: ({ members, groups }) => [...members, ...groups.map((group) => `@${group}`)].join(', '),
      },
    ],
    empty: 'There are no groups. Make one: signalbox groups set NAME MEMBER…',
  });
}
