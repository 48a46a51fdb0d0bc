import type { RunView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { ago } from '../output/age.ts';
import { loggedSteps } from '../output/logged-steps.ts';
import { print } from '../output/print.ts';
import { resultLines } from '../output/results-text.ts';
import { runTree } from '../output/run-tree.ts';
import { sign } from '../output/style.ts';
import { cancel } from './cancel.ts';
import { integer, pipelineOf, projectOf } from './options.ts';
import { watchRun } from './watch.ts';

interface InProject {
  readonly project?: string;
}

interface ListOptions extends InProject {
  readonly pipeline?: string;
  readonly top: number;
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox runs list|show|logs|cancel`. */
export function addRuns(program: Command, context: Context): void {
  const runs = program.command('runs').description('Look at runs, read their logs, cancel them.');
  runs
    .command('list', { isDefault: true })
    .option(...PROJECT)
    .option('--pipeline <name>', 'only the runs of this pipeline')
    .option('--top <count>', 'how many', integer(1, 1000), 20)
    .description('List the newest runs.')
    .action((options: ListOptions) => list(context, options));
  runs
    .command('show')
    .argument('<run>', "the run's number as `queue` printed it", integer(1))
    .option(...PROJECT)
    .option('--watch', 'stay until the run is over; the exit code is its result')
    .description('Show a run with its stages, jobs and steps, and why it waits.')
    .action((id: number, options: InProject & { readonly watch?: boolean }) => show(context, id, options));
  runs
    .command('logs')
    .argument('<run>', 'the run', integer(1))
    .option(...PROJECT)
    .option('--log <number>', 'only this log', integer(1))
    .description('Print the logs of a run, step by step.')
    .action((id: number, options: InProject & { readonly log?: number }) => logs(context, id, options));
  runs
    .command('cancel')
    .argument('<run>', 'the run', integer(1))
    .option(...PROJECT)
    .description('Cancel a run; `signalbox cancel` can do more.')
    .action((id: number, options: InProject) => cancel(context, id, options));
}

async function list(context: Context, options: ListOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const definitions =
    options.pipeline === undefined
      ? {}
      : { definitions: [await pipelineOf(context, project, options.pipeline)] };
  const { items } = await context.client().listRunViews(project, { top: options.top, ...definitions });
  const now = context.now();
  print<RunView>(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'RUN', text: (run) => String(run.id) },
      { title: 'PIPELINE', text: (run) => run.definition.name },
      { title: 'NUMBER', text: (run) => run.number },
      { title: 'BRANCH', text: (run) => run.branch.replace(/^refs\/heads\//, '') },
      { title: 'STATE', text: (run) => run.result ?? run.status },
      {
        title: 'STAGES',
        text: (run) =>
          run.stages.map((stage) => `${sign(stage.result ?? stage.state)} ${stage.name}`).join('  '),
      },
      { title: 'QUEUED', text: (run) => ago(run.queueTime, now) },
    ],
    empty: `No runs in ${project} yet. Queue one: signalbox queue PIPELINE`,
  });
}

async function show(
  context: Context,
  id: number,
  options: InProject & { readonly watch?: boolean },
): Promise<void> {
  const project = await projectOf(context, options.project);
  if (options.watch) return watchRun(context, project, id);
  const run = await context.client().getRunView(project, id);
  if (context.format() !== 'table') return context.terminal.out(`${JSON.stringify(run, undefined, 2)}\n`);
  context.terminal.out(`${runTree(run, context.now(), context.terminal.interactive).join('\n')}\n`);
  const left = resultLines(await context.client().getRunResults(project, id));
  if (left.length > 0) context.terminal.out(`\n${left.join('\n')}\n`);
  if (run.status === 'completed') return;
  const { items } = await context.client().listLocks(project);
  for (const waiter of items.flatMap((lock) => lock.waiters)) {
    if (waiter.runId !== id) continue;
    context.terminal.out(
      `\n${waiter.nodeName} is number ${waiter.position ?? '?'} at the lock of ${waiter.resourceName}:\n`,
    );
    context.terminal.out(waiter.reasons.map((reason) => `  ${reason}\n`).join(''));
  }
}

async function logs(
  context: Context,
  id: number,
  options: InProject & { readonly log?: number },
): Promise<void> {
  const project = await projectOf(context, options.project);
  const run = await context.client().getRunView(project, id);
  const wanted = loggedSteps(run).filter(({ log }) => options.log === undefined || log === options.log);
  if (options.log !== undefined && wanted.length === 0) {
    throw new CliError(
      EXIT.notFound,
      `Run ${id} has no log ${options.log}. signalbox runs show ${id} lists its steps.`,
    );
  }
  for (const { stage, job, step, log } of wanted) {
    const text = await context.client().getLog(project, id, log);
    const attempt = job.attempt > 1 ? `, attempt ${job.attempt}` : '';
    context.terminal.err(
      `== ${stage.name} / ${job.displayName} / ${step.displayName} (log ${log}${attempt})\n`,
    );
    context.terminal.out(text.endsWith('\n') || text === '' ? text : `${text}\n`);
  }
}
