import { APPROVAL_CHECK, type NewApproval, type WireApprovalSettings, type WireCheck } from '@signalbox/api';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { print, printObject } from '../output/print.ts';
import { addBusinessHours } from './add-business-hours.ts';
import { addServiceChecks } from './add-service-check.ts';
import { environmentOf, integer, projectOf } from './options.ts';

/** `signalbox checks …`: what a stage waits for at an environment. */
export function addChecks(program: Command, context: Context): void {
  const checks = program
    .command('checks')
    .description('Checks of environments: approvals and exclusive locks.')
    .action(() => list(context, {}));
  checks
    .command('list')
    .option('--project <name>', 'the project (default: the only one)')
    .option('--environment <name>', 'only those of this environment')
    .description('List the checks of environments.')
    .action((options: ListOptions) => list(context, options));
  const add = checks.command('add').description('Add a check to an environment.');
  addApproval(add, context);
  addBusinessHours(add, context);
  addServiceChecks(add, context);
  checks
    .command('remove')
    .argument('<id>', 'the number of the check', integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .description('Take a check off its environment; stages that wait for it go on to wait.')
    .action((id: number, options: ListOptions) => remove(context, id, options));
}

interface ListOptions {
  readonly project?: string;
  readonly environment?: string;
}

async function list(context: Context, options: ListOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const wanted = options.environment?.toLowerCase();
  const { items } = await context.client().listAllChecks(project);
  print<WireCheck>(context.terminal, context.format(), {
    rows: items.filter(({ resource }) => wanted === undefined || resource.name.toLowerCase() === wanted),
    columns: [
      { title: 'ID', text: ({ id }) => String(id) },
      { title: 'ENVIRONMENT', text: ({ resource }) => resource.name },
      { title: 'CHECK', text: ({ type }) => (type.id === APPROVAL_CHECK ? 'approval' : 'exclusive lock') },
      { title: 'ASKED', text: (check) => settingsOf(check)?.asked ?? '' },
      { title: 'APPROVERS', text: (check) => approvers(settingsOf(check)) },
      { title: 'TIME-OUT', text: ({ timeout }) => `${timeout} min` },
      { title: 'ENABLED', text: ({ isDisabled }) => (isDisabled ? 'no' : 'yes') },
    ],
    empty: 'There are no checks. Add one: signalbox checks add approval --environment NAME --approver NAME',
  });
}

function settingsOf({ settings }: WireCheck): WireApprovalSettings | undefined {
  return settings !== undefined && 'approvers' in settings ? (settings as WireApprovalSettings) : undefined;
}

function approvers(settings: WireApprovalSettings | undefined): string {
  if (settings === undefined) return '';
  const names = settings.approvers.map((one) =>
    one.isContainer === true ? `@${one.displayName}` : one.displayName,
  );
  const { minRequiredApprovers: least } = settings;
  return `${names.join(', ')}${least > 0 ? ` (${least} of ${names.length})` : ''}`;
}

interface ApprovalOptions {
  readonly project?: string;
  readonly environment: string;
  readonly approver: readonly string[];
  readonly block?: readonly string[];
  readonly minimum?: number;
  readonly inSequence?: boolean;
  readonly notRequester?: boolean;
  readonly instructions?: string;
  readonly asked?: NewApproval['asked'];
  readonly timeout?: number;
}

function addApproval(add: Command, context: Context): void {
  add
    .command('approval')
    .requiredOption('--environment <name>', 'the environment that it protects')
    .requiredOption('--approver <name...>', 'users, and groups as @NAME')
    .option('--minimum <number>', 'how many of them are enough (default: all)', integer(1))
    .option('--in-sequence', 'ask them one after another')
    .option('--not-requester', 'whoever asked for the run may not approve it')
    .option('--block <name...>', 'users who may not decide, even as members of a group')
    .option('--instructions <text>', 'Markdown, shown to the approvers')
    .addOption(
      new Option('--asked <when>', 'before or after other checks, or when the jobs are over').choices([
        'preCheck',
        'dynamic',
        'postCheck',
        'postDeployment',
      ]),
    )
    .option('--timeout <minutes>', 'skip the stage after this time (default: 43200, 30 days)', integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .description('Let people approve each deployment to an environment.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox checks add approval --environment production --approver ann\n' +
        '  signalbox checks add approval --environment production --approver @ops ann --minimum 1 --not-requester',
    )
    .action((options: ApprovalOptions) => create(context, options));
}

async function create(context: Context, options: ApprovalOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const environment = await environmentOf(context, project, options.environment);
  const { approver, block, minimum, inSequence, notRequester, instructions, asked, timeout } = options;
  const check = await context.client().addCheck(project, {
    type: { id: APPROVAL_CHECK },
    resource: { type: 'environment', id: String(environment) },
    settings: {
      approvers: approver.map(nameOf),
      ...(block !== undefined && { blockedApprovers: block.map(nameOf) }),
      ...(minimum !== undefined && { minRequiredApprovers: minimum }),
      ...(inSequence === true && { executionOrder: 'inSequence' }),
      ...(notRequester === true && { requesterCannotBeApprover: true }),
      ...(instructions !== undefined && { instructions }),
      ...(asked !== undefined && { asked }),
    },
    ...(timeout !== undefined && { timeout }),
  });
  printObject(context.terminal, context.format(), check, [
    ['check', String(check.id)],
    ['environment', check.resource.name],
    ['time-out', `${check.timeout} min`],
  ]);
}

function nameOf(word: string): NewApproval['approvers'][number] {
  return word.startsWith('@') ? { displayName: word.slice(1), isContainer: true } : { displayName: word };
}

async function remove(context: Context, id: number, options: ListOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  await context.client().deleteCheck(project, id);
  context.terminal.err(`Check ${id} is gone.\n`);
}
