import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { finish } from './watch.ts';
import { LogPrinter } from '../output/log-printer.ts';
import { chosenSteps, type StepChoice } from '../output/chosen-steps.ts';
import { integer, projectOf } from './options.ts';

interface LogsOptions extends StepChoice {
  readonly project?: string;
  readonly follow?: boolean;
  readonly search?: string;
}

/** New lines are looked for so often; a line is shown within a second of being written. */
const LOOK_EVERY_MS = 500;

/** `signalbox logs`: what the steps of a run said, while they say it, or searched. */
export function addLogs(program: Command, context: Context): void {
  program
    .command('logs')
    .argument('<run>', "the run's number as `queue` printed it", integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .option('--stage <name>', 'only the steps of this stage')
    .option('--job <name>', 'only the steps of this job')
    .option('--step <name>', 'only the steps of this name, or display name')
    .option('--failed', 'only the steps that failed')
    .option('--follow', 'go on until the run is over; the exit code is its result')
    .option('--search <text>', 'only the lines that contain the text, letter case aside')
    .description('Print the logs of a run, step by step; follow or search them.')
    .action((run: number, options: LogsOptions) => logs(context, run, options));
}

async function logs(context: Context, run: number, options: LogsOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  if (options.search !== undefined) {
    if (options.follow) throw new CliError(EXIT.usage, 'Give --follow or --search, not both.');
    return search(context, { project, run, text: options.search, options });
  }
  const printer = new LogPrinter(context, project, run);
  for (;;) {
    const view = await context.client().getRunView(project, run);
    for (const chosen of chosenSteps(view, options)) await printer.print(chosen);
    if (!options.follow) return refuseNothing(printer, run, options);
    if (view.status === 'completed') return finish(view);
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}

function refuseNothing({ printed }: LogPrinter, run: number, { stage, job, step, failed }: StepChoice): void {
  if (printed > 0) return;
  const isNarrow = stage !== undefined || job !== undefined || step !== undefined || failed === true;
  const why = isNarrow ? 'no log of such a step' : 'no log yet';
  throw new CliError(EXIT.notFound, `Run ${run} has ${why}. signalbox runs show ${run} lists its steps.`);
}

interface Search {
  readonly project: string;
  readonly run: number;
  readonly text: string;
  readonly options: StepChoice;
}

async function search(context: Context, { project, run, text, options }: Search): Promise<void> {
  const client = context.client();
  const view = await client.getRunView(project, run);
  const titles = new Map(chosenSteps(view, options).map(({ log, title }) => [log, title]));
  const found = await client.searchLogs(project, run, text, 1000);
  const hits = found.hits.filter(({ log }) => titles.has(log));
  if (context.format() !== 'table') {
    context.terminal.out(`${JSON.stringify({ ...found, hits }, undefined, 2)}\n`);
    return;
  }
  for (const { log, line, text: shown } of hits)
    context.terminal.out(`${titles.get(log) ?? log}:${line}: ${shown}\n`);
  if (found.incomplete) context.terminal.err('There may be more; look for something longer.\n');
  if (hits.length === 0) throw new CliError(EXIT.notFound, `No line of run ${run} contains "${text}".`);
}
