import { ENVIRONMENT_ROLES, HUMAN_ROLES, type RoleView } from '@signalbox/api';
import { InvalidArgumentError, type Command } from 'commander';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';

interface Options {
  readonly project?: string;
  readonly group?: boolean;
  readonly on?: RoleView['resource'];
}

/** `signalbox role …`: who may do what in the organisation, in a project, on a resource. */
export function addRole(program: Command, context: Context): void {
  const role = program
    .command('role')
    .alias('roles')
    .description('Roles: in the organisation, in a project, on a resource of it.');
  role
    .command('list', { isDefault: true })
    .option('--project <name>', 'those in this project (default: those in the organisation)')
    .description('List who has which role.')
    .action(async ({ project }: Options) => show(context, (await context.client().listRoles(project)).value));
  placed(role.command('give'))
    .description('Give a role to a user or a group. Roles add up.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox role give contributor ann --project Shop' +
        '\n  signalbox role give administrator admins --group' +
        '\n  signalbox role give User release --group --project Shop --on endpoint:4711',
    )
    .action(async (given: RoleView['role'], who: string, options: Options) =>
      show(context, [await context.client().giveRole(roleOf(given, who, options), options.project)]),
    );
  placed(role.command('take'))
    .description('Take a role from a user or a group.')
    .action(async (given: RoleView['role'], who: string, options: Options) => {
      await context.client().takeRole(roleOf(given, who, options), options.project);
      context.terminal.err(`${who} is no ${given} there any more.\n`);
    });
}

function placed(command: Command): Command {
  const words = `${HUMAN_ROLES.join(', ')}; on a resource ${ENVIRONMENT_ROLES.join(', ')}`;
  return command
    .argument('<role>', words)
    .argument('<who>', 'the name of a user, or of a group')
    .option('--group', 'it is a group')
    .option('--project <name>', 'in this project (default: in the organisation)')
    .option('--on <type:id>', 'on one resource of the project, as in environment:3', readResource);
}

function readResource(text: string): NonNullable<RoleView['resource']> {
  const [, type, id] = /^([a-z]+):(.+)$/i.exec(text) ?? [];
  if (type === undefined || id === undefined)
    throw new InvalidArgumentError('It is a type and an id, as in environment:3.');
  return { type, id };
}

function roleOf(role: RoleView['role'], name: string, { group = false, on }: Options): RoleView {
  return { kind: group ? 'group' : 'user', name, role, ...(on !== undefined && { resource: on }) };
}

function show(context: Context, rows: readonly RoleView[]): void {
  print<RoleView>(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'WHO', text: ({ kind, name }) => (kind === 'group' ? `@${name}` : name) },
      { title: 'ROLE', text: ({ role }) => role },
      {
        title: 'ON',
        text: ({ resource }) => (resource === undefined ? '' : `${resource.type}:${resource.id}`),
      },
    ],
    empty: 'No roles were given there.',
  });
}
