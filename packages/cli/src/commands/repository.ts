import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { print, printObject } from '../output/print.ts';
import { projectOf } from './options.ts';

interface InProject {
  readonly project?: string;
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox repository add|list|remove`: what files may name in `resources.repositories`. */
export function addRepository(program: Command, context: Context): void {
  const repository = program
    .command('repository')
    .description(
      'Say which other repositories the pipelines of a project may use, for templates and checkout.',
    );
  repository
    .command('add')
    .argument(
      '<name>',
      'what files call it, as in `name: Shop/tools`; the project before the slash may be left out',
    )
    .argument('<url-or-folder>', 'where it is: a git URL, or a folder on the server')
    .option(...PROJECT)
    .description('Make a repository known to a project.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox repository add tools https://example.com/shop/tools.git' +
        '\n  signalbox repository add octo/templates ../templates --project Shop' +
        '\n\nRepositories of the pipelines of a project are known without this. No file can name another address.',
    )
    .action((name: string, place: string, options: InProject) => add(context, { name, place }, options));
  repository
    .command('list')
    .option(...PROJECT)
    .description('List the repositories that were added to a project.')
    .action((options: InProject) => list(context, options));
  repository
    .command('remove')
    .argument('<name>', 'its name')
    .option(...PROJECT)
    .description('Forget a repository. Runs that were queued before and check it out will fail.')
    .action(async (name: string, options: InProject) => {
      const project = await projectOf(context, options.project);
      await context.client().removeRepository(project, name);
      context.terminal.err(`${name} is no longer known to ${project}.\n`);
    });
}

async function add(
  context: Context,
  { name, place }: { readonly name: string; readonly place: string },
  options: InProject,
): Promise<void> {
  const project = await projectOf(context, options.project);
  // A relative path would mean something else on the server, whose folder is not this one.
  const url = existsSync(place) ? resolve(place) : place;
  const made = await context.client().addRepository(project, { name, url });
  printObject(context.terminal, context.format(), made, [
    ['repository', made.name],
    ['url', made.url],
  ]);
}

async function list(context: Context, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { items } = await context.client().listRepositories(project);
  print(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'NAME', text: (row) => row.name },
      { title: 'URL', text: (row) => row.url },
    ],
    empty: `No repositories were added to ${project}. Add one: signalbox repository add NAME URL`,
  });
}
