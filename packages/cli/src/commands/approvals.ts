import type { ApprovalUpdate, WireApproval } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { approvalText } from '../output/approval-text.ts';
import { print } from '../output/print.ts';
import { projectOf } from './options.ts';

interface Options {
  readonly project?: string;
  readonly stage?: string;
  readonly comment?: string;
}

/** `signalbox approvals …`: what waits for a person, and the decision. */
export function addApprovals(program: Command, context: Context): void {
  const approvals = program
    .command('approvals')
    .description('Approvals: what waits for whom, and the decision.')
    .action(() => list(context, {}));
  approvals
    .command('list')
    .option('--project <name>', 'the project (default: the only one)')
    .option('--all', 'those that are decided, too')
    .option('--assigned-to <name>', 'only what waits for this user or group')
    .description('List the approvals that wait for somebody, newest first.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox approvals list\n  signalbox approvals list --assigned-to ann',
    )
    .action((options: ListOptions) => list(context, options));
  addDecision(approvals, context, 'approve');
  addDecision(approvals, context, 'reject');
  addReassign(approvals, context);
}

interface ListOptions {
  readonly project?: string;
  readonly all?: boolean;
  readonly assignedTo?: string;
}

async function list(context: Context, { all, assignedTo, ...options }: ListOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const { items } = await context.client().listApprovals(project, {
    ...(all !== true && { state: 'pending,deferred' }),
    ...(assignedTo !== undefined && { assignedTo }),
  });
  print<WireApproval>(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'RUN', text: ({ pipeline }) => String(pipeline.owner.id) },
      { title: 'PIPELINE', text: ({ pipeline }) => pipeline.name },
      { title: 'STAGE', text: ({ stage }) => stage.name },
      { title: 'RESOURCE', text: ({ resource }) => resource.name },
      { title: 'STATUS', text: ({ status }) => status },
      { title: 'WAITS FOR', text: ({ waitsFor }) => waitsFor.join(', ') },
      { title: 'SINCE', text: ({ createdOn = '' }) => createdOn },
      { title: 'ID', text: ({ id }) => id },
    ],
    empty: all === true ? 'No run has asked for an approval.' : 'Nothing waits for an approval.',
  });
}

type DecisionOptions = Options & { readonly notBefore?: string };

function addDecision(approvals: Command, context: Context, verb: 'approve' | 'reject'): void {
  const command = approvals
    .command(verb)
    .argument('<what...>', 'numbers of runs, or ids of approvals')
    .option('--project <name>', 'the project (default: the only one)')
    .option('--stage <name>', 'only this stage of the runs')
    .option('--comment <text>', 'what to say with it; it stands in the history');
  if (verb === 'approve') command.option('--not-before <time>', 'let it count only from then on (ISO 8601)');
  command
    .description(
      verb === 'approve'
        ? 'Approve what waits for you; a run number means all of its approvals that do.'
        : 'Reject: the stage fails at once.',
    )
    .addHelpText(
      'after',
      `\nExamples:\n  signalbox approvals ${verb} 12 --comment "after the demo"\n` +
        `  signalbox approvals ${verb} 12 13 --stage Deploy`,
    )
    .action((what: readonly string[], options: DecisionOptions) => decide(context, verb, what, options));
}

async function decide(
  context: Context,
  verb: 'approve' | 'reject',
  what: readonly string[],
  options: DecisionOptions,
): Promise<void> {
  const project = await projectOf(context, options.project);
  const found = await approvalsOf(context, project, what, options);
  const { comment, notBefore } = options;
  const updates = found.map(({ id }): ApprovalUpdate => ({
    approvalId: id,
    status: verb === 'approve' ? 'approved' : 'rejected',
    ...(comment !== undefined && { comment }),
    ...(notBefore !== undefined && { deferredTo: notBefore }),
  }));
  await update(context, project, updates);
}

function addReassign(approvals: Command, context: Context): void {
  approvals
    .command('reassign')
    .argument('<what>', 'the number of a run, or the id of an approval')
    .requiredOption('--to <name>', 'who is to decide instead')
    .option('--group', 'the name is that of a group')
    .option('--from <name>', 'whose place, where several wait')
    .option('--project <name>', 'the project (default: the only one)')
    .option('--stage <name>', 'only this stage of the run')
    .option('--comment <text>', 'why; it stands in the history')
    .description('Hand your place in an approval to somebody else; administrators hand on any.')
    .addHelpText('after', '\nExample:\n  signalbox approvals reassign 12 --to bob --comment "on leave"')
    .action((what: string, options: ReassignOptions) => reassign(context, what, options));
}

type ReassignOptions = Options & { readonly to: string; readonly group?: boolean; readonly from?: string };

async function reassign(context: Context, what: string, options: ReassignOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const { to, group, from, comment } = options;
  const found = await approvalsOf(context, project, [what], options);
  const updates = found.map(({ id: approvalId }) => ({
    approvalId,
    reassignTo: { displayName: to, ...(group === true && { isContainer: true }) },
    ...(from !== undefined && { assignedApprover: { displayName: from } }),
    ...(comment !== undefined && { comment }),
  }));
  await update(context, project, updates);
}

async function update(context: Context, project: string, updates: readonly ApprovalUpdate[]): Promise<void> {
  const { value } = await context.client().updateApprovals(project, updates);
  if (context.format() === 'json') context.terminal.out(`${JSON.stringify(value, undefined, 2)}\n`);
  else context.terminal.out(value.map((one) => `${approvalText(one)}\n`).join(''));
}

/** Of a run those that wait for the caller; if none does, all, so that the server says who is awaited. */
async function approvalsOf(
  context: Context,
  project: string,
  what: readonly string[],
  { stage }: Options,
): Promise<readonly WireApproval[]> {
  const client = context.client();
  const pending = (await client.listApprovals(project, { state: 'pending,deferred', top: 1000 })).items;
  const found: WireApproval[] = [];
  for (const one of what) {
    if (!/^\d+$/.test(one)) {
      found.push(await client.getApproval(project, one));
      continue;
    }
    const ofRun = pending.filter(
      (approval) =>
        approval.pipeline.owner.id === Number(one) &&
        (stage === undefined || approval.stage.name.toLowerCase() === stage.toLowerCase()),
    );
    const mine = ofRun.filter(({ permissions }) => permissions.includes('update'));
    if (ofRun.length === 0) throw new CliError(EXIT.notFound, nothingOf(one, stage));
    found.push(...(mine.length > 0 ? mine : ofRun));
  }
  return found;
}

function nothingOf(run: string, stage: string | undefined): string {
  const of = stage === undefined ? `Run ${run}` : `Stage ${stage} of run ${run}`;
  return `${of} waits for no approval. See what does: signalbox approvals list`;
}
