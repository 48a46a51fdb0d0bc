import { BRANCH_CONTROL_TASK, TASK_CHECK } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { createCheck, type NewCheckOptions } from './create-check.ts';

interface BranchOptions extends NewCheckOptions {
  readonly branch: readonly string[];
  readonly protected?: boolean;
  readonly protectedBranch?: readonly string[];
  readonly allowUnknown?: boolean;
  readonly name?: string;
}

/** `signalbox checks add branch-control`: what runs come from. */
export function addBranchControl(add: Command, context: Context): void {
  add
    .command('branch-control')
    .requiredOption('--environment <name>', 'the environment that it protects')
    .requiredOption('--branch <pattern...>', "branches that are allowed: main, 'release/*', refs/tags/v1")
    .option('--protected', 'each branch must be protected, too')
    .option('--protected-branch <pattern...>', 'branches that you say are protected')
    .option('--allow-unknown', 'with --protected: allow branches of which that is not known')
    .option('--name <text>', 'how people call the check')
    .option('--project <name>', 'the project (default: the only one)')
    .description('Let only runs of some branches deploy to an environment.')
    .addHelpText(
      'after',
      "\nExample:\n  signalbox checks add branch-control --environment production --branch main 'release/*'",
    )
    .action((options: BranchOptions) => createCheck(context, options, TASK_CHECK, settingsOf(options)));
}

function settingsOf(options: BranchOptions): Readonly<Record<string, unknown>> {
  const { branch, protected: ensure, protectedBranch, allowUnknown, name } = options;
  return {
    definitionRef: { id: BRANCH_CONTROL_TASK },
    inputs: {
      allowedBranches: branch.map(inFull).join(', '),
      ...(ensure === true && { ensureProtectionOfBranch: 'true' }),
      ...(allowUnknown === true && { allowUnknownStatusBranch: 'true' }),
      ...(protectedBranch !== undefined && { protectedBranches: protectedBranch.map(inFull).join(', ') }),
    },
    ...(name !== undefined && { displayName: name }),
  };
}

/** People write `main`; checks need the full name. */
function inFull(branch: string): string {
  return branch.startsWith('refs/') || branch === '*' ? branch : `refs/heads/${branch}`;
}
