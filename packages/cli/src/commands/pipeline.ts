import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { print, printObject } from '../output/print.ts';
import { collectPair, projectOf } from './options.ts';

interface CreateOptions {
  readonly project?: string;
  readonly repository: string;
  readonly yaml: string;
  readonly branch?: string;
  readonly folder?: string;
  readonly pool?: string;
  readonly variable?: Readonly<Record<string, string>>;
}

/** `signalbox pipeline create|list`. */
export function addPipeline(program: Command, context: Context): void {
  const pipeline = program.command('pipeline').description('Make and list pipelines.');
  pipeline
    .command('create')
    .argument('<name>', 'what to call it')
    .option('--project <name>', 'the project (default: the only one)')
    .requiredOption(
      '--repository <url or folder>',
      'where its files are: a git URL, or a folder on the server',
    )
    .option('--yaml <path>', 'the YAML file in the repository', 'azure-pipelines.yml')
    .option('--branch <name>', "the default branch (default: the repository's own, else main)")
    .option('--folder <path>', 'the folder to show it in')
    .option('--pool <name>', 'where jobs run that name no pool')
    .option(
      '--variable <name=value>',
      'a variable that may be set anew for each run; repeatable',
      collectPair,
    )
    .description('Make a pipeline of a YAML file in a git repository.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox pipeline create web --repository . --yaml deploy/web.yml' +
        '\n  signalbox pipeline create api --repository https://example.com/api.git --branch main',
    )
    .action((name: string, options: CreateOptions) => create(context, name, options));
  pipeline
    .command('list')
    .option('--project <name>', 'the project (default: the only one)')
    .description('List the pipelines of a project.')
    .action((options: { readonly project?: string }) => list(context, options.project));
}

async function create(context: Context, name: string, options: CreateOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  // A relative path would mean something else on the server, whose folder is not this one.
  const url = existsSync(options.repository) ? resolve(options.repository) : options.repository;
  const variables = Object.entries(options.variable ?? {}).map(
    ([variable, value]) => [variable, { value, allowOverride: true }] as const,
  );
  const made = await context.client().createDefinition(project, {
    name,
    yamlFilename: options.yaml,
    repository: { url, ...(options.branch !== undefined && { defaultBranch: refOf(options.branch) }) },
    ...(options.folder !== undefined && { path: options.folder }),
    ...(options.pool !== undefined && { pool: options.pool }),
    variables: Object.fromEntries(variables),
  });
  printObject(context.terminal, context.format(), made, [
    ['pipeline', made.name],
    ['id', String(made.id)],
    ['file', `${made.process.yamlFilename} on ${made.repository.defaultBranch}`],
  ]);
}

function refOf(branch: string): string {
  return branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
}

async function list(context: Context, named: string | undefined): Promise<void> {
  const project = await projectOf(context, named);
  const { items } = await context.client().listDefinitions(project);
  print(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'ID', text: (row) => String(row.id) },
      { title: 'NAME', text: (row) => row.name },
      { title: 'FOLDER', text: (row) => row.path },
      { title: 'FILE', text: (row) => row.process.yamlFilename },
      { title: 'LAST RUN', text: (row) => row.latestBuild?.result ?? row.latestBuild?.status ?? '' },
    ],
    empty: `No pipelines in ${project} yet. Make one: signalbox pipeline create NAME --repository FOLDER`,
  });
}
