import type { WireCheck } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { checkLine, checkWord } from '../output/check-kinds.ts';
import { print } from '../output/print.ts';
import { addApproval } from './add-approval.ts';
import { addBranchControl } from './add-branch-control.ts';
import { addBusinessHours } from './add-business-hours.ts';
import { addRequiredTemplate } from './add-required-template.ts';
import { addServiceChecks } from './add-service-check.ts';
import { addCheckOperations } from './checks-operate.ts';
import { integer, projectOf } from './options.ts';

/** `signalbox checks …`: what a stage waits for before it may use a resource. */
export function addChecks(program: Command, context: Context): void {
  const checks = program
    .command('checks')
    .description('Checks of environments and other resources, and of the runs that wait for them.')
    .action(() => list(context, {}));
  checks
    .command('list')
    .option('--project <name>', 'the project (default: the only one)')
    .option('--environment <name>', 'only those of this environment')
    .description('List the checks of a project.')
    .action((options: ListOptions) => list(context, options));
  const add = checks.command('add').description('Add a check to an environment.');
  addApproval(add, context);
  addBranchControl(add, context);
  addBusinessHours(add, context);
  addRequiredTemplate(add, context);
  addServiceChecks(add, context);
  addSwitch(checks, context, 'enable');
  addSwitch(checks, context, 'disable');
  checks
    .command('remove')
    .argument('<id>', 'the number of the check', integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .description('Take a check off its resource; stages that wait for it go on to wait.')
    .action((id: number, options: ListOptions) => remove(context, id, options));
  addCheckOperations(checks, context);
}

interface ListOptions {
  readonly project?: string;
  readonly environment?: string;
}

async function list(context: Context, options: ListOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const wanted = options.environment?.toLowerCase();
  const { items } = await context.client().listAllChecks(project);
  const isWanted = ({ type, name }: WireCheck['resource']): boolean =>
    wanted === undefined || (type === 'environment' && name.toLowerCase() === wanted);
  print<WireCheck>(context.terminal, context.format(), {
    rows: items.filter(({ resource }) => isWanted(resource)),
    columns: [
      { title: 'ID', text: ({ id }) => String(id) },
      { title: 'TYPE', text: ({ resource }) => resource.type },
      { title: 'RESOURCE', text: ({ resource }) => resource.name },
      { title: 'CHECK', text: checkWord },
      { title: 'SETTINGS', text: checkLine },
      { title: 'TIME-OUT', text: ({ timeout }) => `${timeout} min` },
      { title: 'ENABLED', text: ({ isDisabled }) => (isDisabled ? 'no' : 'yes') },
    ],
    empty: 'There are no checks. Add one: signalbox checks add approval --environment NAME --approver NAME',
  });
}

function addSwitch(checks: Command, context: Context, word: 'enable' | 'disable'): void {
  checks
    .command(word)
    .argument('<id>', 'the number of the check', integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .description(
      word === 'enable' ? 'Let a check count again.' : 'Let stages that become ready pass without a check.',
    )
    .action(async (id: number, options: ListOptions) => {
      const project = await projectOf(context, options.project);
      await context.client().updateCheck(project, id, { isDisabled: word === 'disable' });
      context.terminal.err(`Check ${id} is ${word}d.\n`);
    });
}

async function remove(context: Context, id: number, options: ListOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  await context.client().deleteCheck(project, id);
  context.terminal.err(`Check ${id} is gone.\n`);
}
