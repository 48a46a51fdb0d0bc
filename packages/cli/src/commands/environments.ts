import type { WireEnvironment } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { ago } from '../output/age.ts';
import { print } from '../output/print.ts';
import { environmentOf } from './environments/environment-of.ts';
import { history } from './environments/history.ts';
import { addPermissions } from './environments/permissions.ts';
import { addResources } from './environments/resources.ts';
import { addRoles } from './environments/roles.ts';
import { showEnvironment } from './environments/show.ts';
import { integer, projectOf } from './options.ts';

/** What every command below takes. */
interface InProject {
  readonly project?: string;
}

/** The option that names a project. */
const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox environments …`: what runs deploy to, what was deployed there, and who may. */
export function addEnvironments(program: Command, context: Context): void {
  const environments = program
    .command('environments')
    .option(...PROJECT)
    .description('Environments: what runs deploy to, their history, and who may use them.')
    .action((options: InProject) => list(context, options));
  environments
    .command('list')
    .option(...PROJECT)
    .description('List the environments of a project.')
    .action((options: InProject) => list(context, options));
  environments
    .command('show')
    .argument('<environment>', 'its name or number')
    .option(...PROJECT)
    .description('Show an environment: its checks, who may use it, and the last deployment.')
    .action((name: string, options: InProject) => showEnvironment(context, name, options));
  environments
    .command('history')
    .argument('<environment>', 'its name or number')
    .option(...PROJECT)
    .option('--top <count>', 'how many deployments (default: 20)', integer(1, 1000))
    .description('List what was deployed to an environment, newest first.')
    .action((name: string, options: InProject & { readonly top?: number }) =>
      history(context, name, options),
    );
  addMaking(environments, context);
  addPermissions(environments, context);
  addRoles(environments, context);
  addResources(environments, context);
}

function addMaking(environments: Command, context: Context): void {
  environments
    .command('create')
    .argument('<environment>', 'its name')
    .option(...PROJECT)
    .option('--description <text>', 'what it is')
    .description('Make an environment before the first run deploys to it, for example to protect it.')
    .action(async (name: string, options: InProject & { readonly description?: string }) => {
      const project = await projectOf(context, options.project);
      const { description } = options;
      const body = { name, ...(description !== undefined && { description }) };
      show(context, project, [await context.client().createEnvironment(project, body)]);
    });
  environments
    .command('delete')
    .argument('<environment>', 'its name or number')
    .option(...PROJECT)
    .description(
      'Delete an environment with its checks and its history; refused while a stage holds its lock.',
    )
    .action(async (name: string, options: InProject) => {
      const project = await projectOf(context, options.project);
      const { id } = await environmentOf(context, project, name);
      await context.client().deleteEnvironment(project, id);
      context.terminal.err(`The environment ${name} of ${project} is gone.\n`);
    });
}

async function list(context: Context, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  show(context, project, (await context.client().listEnvironments(project)).items);
}

function show(context: Context, project: string, rows: readonly WireEnvironment[]): void {
  print(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'ID', text: ({ id }) => String(id) },
      { title: 'ENVIRONMENT', text: ({ name }) => name },
      { title: 'DESCRIPTION', text: ({ description }) => description },
      { title: 'MADE', text: ({ createdOn }) => ago(createdOn, context.now()) },
      { title: 'BY', text: ({ createdBy }) => createdBy.displayName },
    ],
    empty: `${project} has no environments. The first run that deploys to one makes it.`,
  });
}
