import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { lockOf } from '../lock-target.ts';
import { projectOf } from '../options.ts';

/** `signalbox locks delete`: takes a named lock away; who waits for it is turned away. */
export function addLocksDelete(locks: Command, context: Context): void {
  locks
    .command('delete')
    .argument('<lock>', 'the name or number of the lock')
    .option('--project <name>', 'the project (default: the only one)')
    .description('Delete a named lock that nobody holds. Who waits for it is turned away.')
    .addHelpText('after', '\nExample:\n  signalbox locks delete nightly')
    .action((lock: string, options: { readonly project?: string }) => remove(context, lock, options.project));
}

async function remove(context: Context, named: string, wanted: string | undefined): Promise<void> {
  const project = await projectOf(context, wanted);
  const { id, name } = await lockOf(context, project, named);
  await context.client().deleteLock(project, id);
  context.terminal.err(`Deleted the lock ${name}.\n`);
}
