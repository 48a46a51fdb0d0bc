import { APPROVAL_CHECK, type NewApproval } from '@signalbox/api';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { createCheck, type NewCheckOptions } from './create-check.ts';
import { integer } from './options.ts';

interface ApprovalOptions extends NewCheckOptions {
  readonly approver: readonly string[];
  readonly block?: readonly string[];
  readonly minimum?: number;
  readonly inSequence?: boolean;
  readonly notRequester?: boolean;
  readonly instructions?: string;
  readonly asked?: NewApproval['asked'];
}

/** `signalbox checks add approval`: people decide. */
export function addApproval(add: Command, context: Context): void {
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
    .action((options: ApprovalOptions) => createCheck(context, options, APPROVAL_CHECK, settingsOf(options)));
}

function settingsOf(options: ApprovalOptions): Readonly<Record<string, unknown>> {
  const { approver, block, minimum, inSequence, notRequester, instructions, asked } = options;
  return {
    approvers: approver.map(nameOf),
    ...(block !== undefined && { blockedApprovers: block.map(nameOf) }),
    ...(minimum !== undefined && { minRequiredApprovers: minimum }),
    ...(inSequence === true && { executionOrder: 'inSequence' }),
    ...(notRequester === true && { requesterCannotBeApprover: true }),
    ...(instructions !== undefined && { instructions }),
    ...(asked !== undefined && { asked }),
  };
}

function nameOf(word: string): NewApproval['approvers'][number] {
  return word.startsWith('@') ? { displayName: word.slice(1), isContainer: true } : { displayName: word };
}
