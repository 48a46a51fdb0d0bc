import type { CheckOperationInput, WireCheckRun, WireCheckSuite } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { print } from '../output/print.ts';
import { integer, projectOf } from './options.ts';

interface Options {
  readonly project?: string;
  readonly reason?: string;
  readonly until?: string;
}

/** `signalbox checks of|bypass|rerun|defer`: the checks that a run waits for, and what can be done about them. */
export function addCheckOperations(checks: Command, context: Context): void {
  checks
    .command('of')
    .argument('<run>', 'the number of the run', integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .description('Show the checks of a run: what it waits for, since when, until when.')
    .action((run: number, options: Options) => show(context, run, options));
  addOperation(checks, context, 'bypass', 'Pass a check by; for administrators of its resource.');
  addOperation(checks, context, 'rerun', 'Have a check evaluated anew: one that asks an HTTP service.');
  addOperation(checks, context, 'defer', 'Have a check wait until a time.').requiredOption(
    '--until <time>',
    'not before, for example 2026-01-31T12:00:00Z',
  );
}

function addOperation(
  checks: Command,
  context: Context,
  action: CheckOperationInput['action'],
  description: string,
): Command {
  return checks
    .command(action)
    .argument('<run>', 'the number of the run', integer(1))
    .argument('<check>', 'the number of the check, or its id as `signalbox checks of` shows it')
    .option('--reason <text>', 'why, for those who ask later')
    .option('--project <name>', 'the project (default: the only one)')
    .description(description)
    .addHelpText(
      'after',
      `\nExample:\n  signalbox checks ${action} 12 1000000001${action === 'defer' ? ' --until 2026-01-31T12:00:00Z' : ''} --reason "the hotfix cannot wait"`,
    )
    .action((run: number, check: string, options: Options) =>
      operate(context, { run, check, action }, options),
    );
}

/** A check with the stage that waits for it. */
interface StageCheck {
  readonly stage: WireCheckSuite['context']['stage'];
  readonly check: WireCheckRun;
}

async function show(context: Context, run: number, options: Options): Promise<void> {
  const project = await projectOf(context, options.project);
  const { items } = await context.client().listCheckSuites(project, run);
  printChecks(context, items);
}

function printChecks(context: Context, suites: readonly WireCheckSuite[]): void {
  print<StageCheck>(context.terminal, context.format(), {
    rows: suites.flatMap(({ context: { stage }, checkRuns }) => checkRuns.map((check) => ({ stage, check }))),
    columns: [
      { title: 'STAGE', text: ({ stage }) => stage.name },
      { title: 'CHECK', text: ({ check }) => check.displayName },
      { title: 'STATUS', text: ({ check }) => check.status },
      { title: 'SINCE', text: ({ check }) => check.createdDate ?? '' },
      {
        title: 'UNTIL',
        text: ({ check }) => check.validUntil ?? (isOver(check) ? '' : (check.timeoutOn ?? '')),
      },
      { title: 'WHY', text: ({ check }) => check.resultMessage || check.waitsFor || operatedText(check) },
      { title: 'ID', text: ({ check }) => check.id },
    ],
    empty: 'The run has no checks: nobody set any up for what its stages use, or none of them is ready yet.',
  });
}

function operatedText({ resultUpdates }: WireCheckRun): string {
  const last = resultUpdates.at(-1);
  if (last === undefined) return '';
  return `${last.action} by ${last.modifiedBy.displayName}${last.comment === '' ? '' : `: ${last.comment}`}`;
}

function isOver({ completedDate }: WireCheckRun): boolean {
  return completedDate !== undefined;
}

async function operate(
  context: Context,
  {
    run,
    check,
    action,
  }: Pick<CheckOperationInput, 'action'> & { readonly run: number; readonly check: string },
  { project: named, reason, until }: Options,
): Promise<void> {
  const project = await projectOf(context, named);
  const { items } = await context.client().listCheckSuites(project, run);
  const wanted = check.toLowerCase();
  const found = items
    .flatMap((suite) => suite.checkRuns.map((one) => ({ suite, one })))
    .filter(({ one }) => one.id === wanted || String(one.checkConfigurationRef.id) === wanted);
  const [only] = found;
  if (only === undefined) {
    throw new CliError(
      EXIT.notFound,
      `Run ${run} has no check ${check}. Its checks: signalbox checks of ${run}`,
    );
  }
  if (found.length > 1) {
    const ids = found.map(({ suite, one }) => `${one.id} (${suite.context.stage.name})`).join(', ');
    throw new CliError(EXIT.usage, `Several stages have the check ${check}. Give an id: ${ids}.`);
  }
  const suite = await context.client().operateCheck(project, only.suite.id, {
    action,
    checkId: only.one.id,
    ...(reason !== undefined && { comment: reason }),
    ...(until !== undefined && { deferredTo: until }),
  });
  printChecks(context, [suite]);
}
