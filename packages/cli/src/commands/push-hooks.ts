import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { print, printObject } from '../output/print.ts';
import { pipelineOf, projectOf } from './options.ts';

interface InProject {
  readonly project?: string;
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox triggers hook add|list|remove`: addresses that servers of repositories call. */
export function addPushHooks(triggers: Command, context: Context): void {
  const hook = triggers
    .command('hook')
    .description('Addresses that GitHub, GitLab, Gitea or Azure DevOps call when something was pushed.');
  hook
    .command('add')
    .argument('<pipeline>', 'a pipeline of the repository, by name or number')
    .option(...PROJECT)
    .description('Make an address for the repository of a pipeline; its secret is shown once.')
    .action((pipeline: string, options: InProject) => add(context, pipeline, options));
  hook
    .command('list')
    .option(...PROJECT)
    .description('List the addresses of a project.')
    .action((options: InProject) => list(context, options));
  hook
    .command('remove')
    .argument('<id>', 'its id')
    .option(...PROJECT)
    .description('End an address.')
    .action(async (id: string, options: InProject) => {
      await context.client().removePushHook(await projectOf(context, options.project), id);
      context.terminal.err(`The hook ${id} is gone.\n`);
    });
}

async function add(context: Context, pipeline: string, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const made = await context.client().addPushHook(project, await pipelineOf(context, project, pipeline));
  printObject(context.terminal, context.format(), made, [
    ['hook', made.id],
    ['repository', made.repository],
    ['address', made.url],
    ['secret', made.secret ?? ''],
  ]);
  context.terminal.err('The secret is not shown again.\n');
}

async function list(context: Context, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { items } = await context.client().listPushHooks(project);
  print(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'ID', text: ({ id }) => id },
      { title: 'REPOSITORY', text: ({ repository }) => repository },
      { title: 'ADDRESS', text: ({ url }) => url },
    ],
    empty: `No hooks in ${project}. Make one: signalbox triggers hook add PIPELINE`,
  });
}
