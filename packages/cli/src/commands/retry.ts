import type { RunView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { runTree } from '../output/run-tree.ts';
import { integer, projectOf } from './options.ts';
import { watchRun } from './watch.ts';

interface RetryOptions {
  readonly project?: string;
  readonly stage?: string;
  readonly allJobs?: boolean;
  readonly alone?: boolean;
  readonly watch?: boolean;
}

interface StartOptions {
  readonly project?: string;
  readonly watch?: boolean;
}

const RETRY_HELP = `
Without --stage, the failed stages of the run run again: in each the jobs that failed and those behind them, and every
stage behind it as a whole. The run goes on under its number; each new attempt passes the condition of its stage, all
checks and all locks again. A stage that went well runs again as a whole when it is named.

Examples:
  signalbox retry 12
  signalbox retry 12 --stage Deploy --watch
  signalbox retry 12 --stage Deploy --all-jobs --alone

Exit codes: 0 runs again · 1 not now, the sentence says why; with --watch, the run failed · 2 wrong usage ·
4 not allowed · 5 no such run or stage`;

const START_HELP = `
Starts a stage with \`trigger: manual\`, at any time, or one that was skipped, whatever its condition says; its checks
and locks count as always. A run that was over goes on under its number.

Examples:
  signalbox start 12 Rollback
  signalbox start 12 Deploy --watch

Exit codes: 0 started · 1 not now, the sentence says why; with --watch, the run failed · 2 wrong usage ·
4 not allowed · 5 no such run or stage`;

/** `signalbox retry RUN` and `signalbox start RUN STAGE`. */
export function addRetry(program: Command, context: Context): void {
  program
    .command('retry')
    .argument('<run>', 'the run', integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .option('--stage <name>', 'only this stage, and those behind it')
    .option('--all-jobs', 'all jobs of the stage, not only those that failed')
    .option('--alone', 'only the stage: those behind it stay as they are')
    .option('--watch', 'stay until the run is over; the exit code is its result')
    .description('Run what failed of a run again, or one of its stages.')
    .addHelpText('after', RETRY_HELP)
    .action((run: number, options: RetryOptions) => retry(context, run, options));
  program
    .command('start')
    .argument('<run>', 'the run', integer(1))
    .argument('<stage>', 'the stage')
    .option('--project <name>', 'the project (default: the only one)')
    .option('--watch', 'stay until the run is over; the exit code is its result')
    .description('Start a manual stage of a run by hand, or one that was skipped.')
    .addHelpText('after', START_HELP)
    .action((run: number, stage: string, options: StartOptions) => start(context, run, stage, options));
}

async function retry(context: Context, id: number, options: RetryOptions): Promise<void> {
  const { stage, allJobs = false, alone = false, watch } = options;
  if (stage === undefined && (allJobs || alone)) {
    throw new CliError(EXIT.usage, `${allJobs ? '--all-jobs' : '--alone'} goes with --stage only.`);
  }
  const project = await projectOf(context, options.project);
  if (stage === undefined) await context.client().retryBuild(project, id);
  else await context.client().retryStage(project, id, stage, { allJobs, alone });
  await show(context, project, { id, watch });
}

async function start(context: Context, id: number, stage: string, options: StartOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  await context.client().startStage(project, id, stage);
  await show(context, project, { id, watch: options.watch });
}

async function show(
  context: Context,
  project: string,
  { id, watch }: { readonly id: number; readonly watch: boolean | undefined },
): Promise<void> {
  if (watch) return watchRun(context, project, id);
  const run: RunView = await context.client().getRunView(project, id);
  const { terminal } = context;
  if (context.format() !== 'table') terminal.out(`${JSON.stringify(run, undefined, 2)}\n`);
  else terminal.out(`${runTree(run, context.now(), terminal.interactive).join('\n')}\n`);
}
