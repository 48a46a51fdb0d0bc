import { ENVIRONMENT_ROLES, type EnvironmentRole, type RoleAssignment } from '@signalbox/api';
import { Argument, type Command } from 'commander';
import type { Context } from '../../context.ts';
import { CliError, EXIT } from '../../exit-codes.ts';
import { print } from '../../output/print.ts';
import { projectOf } from '../options.ts';
import { environmentOf } from './environment-of.ts';

interface Options {
  readonly project?: string;
  readonly group?: boolean;
}

const ALL = 'all';

/** `signalbox environments roles|grant|revoke`: who may do what with an environment (ENV-3). */
export function addRoles(environments: Command, context: Context): void {
  const command = (name: string): Command =>
    environments
      .command(name)
      .argument('<environment>', `its name or number; "${ALL}": all environments of the project`)
      .option('--project <name>', 'the project (default: the only one)');
  command('roles')
    .description('List who has which role on an environment.')
    .action((name: string, options: Options) => change(context, name, options, (roles) => roles));
  command('grant')
    .addArgument(new Argument('<role>', 'what he may do').choices(ENVIRONMENT_ROLES))
    .argument('<who>', 'the name of a user, or of a group')
    .option('--group', 'it is a group')
    .description('Give a role: Administrator, User, Reader, or on all environments Creator.')
    .action((name: string, role: EnvironmentRole, who: string, options: Options) =>
      change(context, name, options, (roles) => [...roles, { kind: kindOf(options), name: who, role }]),
    );
  command('revoke')
    .argument('<who>', 'the name of a user, or of a group')
    .option('--group', 'it is a group')
    .description('Take all roles from somebody; then his token alone says what he may do.')
    .action((name: string, who: string, options: Options) =>
      change(context, name, options, (roles) => without(roles, { kind: kindOf(options), name: who })),
    );
}

function kindOf({ group = false }: Options): RoleAssignment['kind'] {
  return group ? 'group' : 'user';
}

function without(
  roles: readonly RoleAssignment[],
  { kind, name }: Pick<RoleAssignment, 'kind' | 'name'>,
): readonly RoleAssignment[] {
  const left = roles.filter((one) => one.kind !== kind || one.name.toLowerCase() !== name.toLowerCase());
  if (left.length < roles.length) return left;
  throw new CliError(EXIT.notFound, `${name} has no role there.`);
}

async function change(
  context: Context,
  name: string,
  options: Options,
  to: (roles: readonly RoleAssignment[]) => readonly RoleAssignment[],
): Promise<void> {
  const client = context.client();
  const project = await projectOf(context, options.project);
  const id = name === ALL ? undefined : (await environmentOf(context, project, name)).id;
  const before = (await client.getRoles(project, id)).value;
  const wanted = to(before);
  const after = wanted === before ? before : (await client.setRoles(project, id, wanted)).value;
  print(context.terminal, context.format(), {
    rows: after,
    columns: [
      { title: 'WHO', text: (one) => (one.kind === 'group' ? `@${one.name}` : one.name) },
      { title: 'ROLE', text: ({ role }) => role },
    ],
    empty: 'No roles were given; what tokens say counts: administrators everything, contributors may deploy.',
  });
}
