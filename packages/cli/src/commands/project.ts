import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { print, printObject } from '../output/print.ts';

/** `signalbox project create|list|delete`. */
export function addProject(program: Command, context: Context): void {
  const project = program.command('project').description('Make, list and delete projects.');
  project
    .command('create')
    .argument('<name>', 'what to call it')
    .option('--description <text>', 'what it is for')
    .description('Make a project.')
    .addHelpText('after', '\nExample:\n  signalbox project create Shop')
    .action(async (name: string, options: { readonly description?: string }) => {
      const made = await context.client().createProject({ name, ...options });
      printObject(context.terminal, context.format(), made, [
        ['project', made.name],
        ['id', made.id],
      ]);
    });
  project
    .command('delete')
    .argument('<name>', 'its name')
    .requiredOption('--yes', 'delete it with its pipelines, runs, logs, environments and secrets')
    .description('Delete a project for good; refused while runs or locks are at work.')
    .addHelpText('after', '\nExample:\n  signalbox project delete Shop --yes')
    .action(async (name: string) => {
      await context.client().deleteProject(name);
      context.terminal.err(`The project ${name} is gone.\n`);
    });
  project
    .command('list')
    .description('List the projects.')
    .action(async () => {
      const { items } = await context.client().listProjects();
      print(context.terminal, context.format(), {
        rows: items,
        columns: [
          { title: 'NAME', text: (row) => row.name },
          { title: 'ID', text: (row) => row.id },
        ],
        empty: 'No projects yet. Make one: signalbox project create NAME',
      });
    });
}
