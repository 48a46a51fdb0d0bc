import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { print, printObject } from '../output/print.ts';

/** `signalbox project create|list`. */
export function addProject(program: Command, context: Context): void {
  const project = program.command('project').description('Make and list projects.');
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
