import type { NewVariableGroup, WireGroupVariable, WireVariableGroup } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { print } from '../output/print.ts';
import { collectPair, projectOf } from './options.ts';
import { secretOf } from './secret-option.ts';

interface InProject {
  readonly project?: string;
}

interface Settings extends InProject {
  readonly description?: string;
  readonly variable?: Readonly<Record<string, string>>;
  readonly secretFile?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox variable-groups list|show|create|set|delete`: variables that several pipelines share. */
export function addVariableGroups(program: Command, context: Context): void {
  const groups = program
    .command('variable-groups')
    .option(...PROJECT)
    .description('Groups of variables that pipelines share by name. Secret values are never shown again.')
    .action((options: InProject) => list(context, options));
  groups
    .command('list')
    .option(...PROJECT)
    .description('List the variable groups of a project.')
    .action((options: InProject) => list(context, options));
  groups
    .command('show')
    .argument('<group>', 'its name or number')
    .option(...PROJECT)
    .description('Show the variables of a group.')
    .action(async (name: string, options: InProject) => {
      const project = await projectOf(context, options.project);
      show(context, await groupOf(context, project, name));
    });
  withVariables(groups.command('create').argument('<group>', 'its name'))
    .description('Make a variable group.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox variable-groups create shared --variable region=west --secret-file key=key.txt',
    )
    .action((name: string, options: Settings) => create(context, name, options));
  withVariables(groups.command('set').argument('<group>', 'its name or number'))
    .option('--remove <name...>', 'take variables out of the group')
    .description('Change variables of a group; the others stay as they are.')
    .action((name: string, options: Settings) => set(context, name, options));
  groups
    .command('delete')
    .argument('<group>', 'its name or number')
    .option(...PROJECT)
    .description('Delete a variable group with its checks; refused while a stage holds its lock.')
    .action(async (name: string, options: InProject) => {
      const project = await projectOf(context, options.project);
      const { id } = await groupOf(context, project, name);
      await context.client().deleteVariableGroup(project, id);
      context.terminal.err(`The variable group ${name} of ${project} is gone.\n`);
    });
}

function withVariables(command: Command): Command {
  return command
    .option(...PROJECT)
    .option('--description <text>', 'what it is for')
    .option('--variable <name=value>', 'a variable; may be given more than once', collectPair)
    .option(
      '--secret-file <name=file>',
      'a secret variable with the content of a file; - reads the standard input',
      collectPair,
    );
}

/** The variable group of a project by its name, letter case aside, or its number. */
async function groupOf(context: Context, project: string, named: string): Promise<WireVariableGroup> {
  const { value } = await context.client().listVariableGroups(project);
  const found = value.find(
    ({ id, name }) => String(id) === named || name.toLowerCase() === named.toLowerCase(),
  );
  if (found !== undefined) return found;
  const names = value.map(({ name }) => name).join(', ') || 'none yet';
  throw new CliError(
    EXIT.notFound,
    `There is no variable group ${named} in ${project}. There are: ${names}.`,
  );
}

async function create(context: Context, name: string, options: Settings): Promise<void> {
  const project = await projectOf(context, options.project);
  const group = await bodyOf(context, options, { name, description: '', variables: {} });
  show(context, await context.client().createVariableGroup(project, group));
}

async function set(context: Context, named: string, options: Settings): Promise<void> {
  const project = await projectOf(context, options.project);
  const old = await groupOf(context, project, named);
  const group = await bodyOf(context, options, old);
  show(context, await context.client().updateVariableGroup(project, old.id, group));
}

async function bodyOf(
  context: Context,
  { description, variable = {}, secretFile = {}, remove = [] }: Settings,
  old: Pick<WireVariableGroup, 'name' | 'description' | 'variables'>,
): Promise<NewVariableGroup> {
  const variables = new Map(
    Object.entries(old.variables).map(([name, value]) => [name.toLowerCase(), { name, value }]),
  );
  const put = (name: string, value: WireGroupVariable): void => {
    const known = variables.get(name.toLowerCase());
    variables.set(name.toLowerCase(), { name: known?.name ?? name, value });
  };
  for (const name of remove) {
    if (!variables.delete(name.toLowerCase()))
      throw new CliError(EXIT.notFound, `There is no variable ${name} in ${old.name}.`);
  }
  for (const [name, value] of Object.entries(variable)) put(name, { value });
  for (const [name, file] of Object.entries(secretFile))
    put(name, { value: await secretOf(context, file), isSecret: true });
  return {
    name: old.name,
    description: description ?? old.description,
    type: 'Vsts',
    variables: Object.fromEntries([...variables.values()].map(({ name, value }) => [name, value])),
  };
}

function show(context: Context, group: WireVariableGroup): void {
  print(context.terminal, context.format(), {
    rows: Object.entries(group.variables),
    columns: [
      { title: 'VARIABLE', text: ([name]) => name },
      { title: 'VALUE', text: ([, { value, isSecret }]) => (isSecret === true ? '***' : (value ?? '')) },
    ],
    empty: `${group.name} (${group.id}) has no variables. Add one: signalbox variable-groups set ${group.name} --variable NAME=VALUE`,
  });
}

async function list(context: Context, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { value } = await context.client().listVariableGroups(project);
  print(context.terminal, context.format(), {
    rows: value,
    columns: [
      { title: 'ID', text: ({ id }) => String(id) },
      { title: 'GROUP', text: ({ name }) => name },
      { title: 'VARIABLES', text: ({ variables }) => Object.keys(variables).join(', ') },
      { title: 'CHANGED BY', text: ({ modifiedBy }) => modifiedBy.displayName },
    ],
    empty: `${project} has no variable groups. Make one: signalbox variable-groups create NAME`,
  });
}
