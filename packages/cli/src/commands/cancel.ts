import { pendingCancel, type RunView } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { integer, projectOf } from './options.ts';

interface CancelOptions {
  readonly project?: string;
  readonly stage?: string;
  readonly force?: boolean;
  readonly reason?: string;
}

const HELP = `
Clean-up (condition: always()) still runs, and locks stay until it is over. A stage that holds a lock with
cancel: afterStage ends first; the answer says so. --force goes past all of that: it kills, runs no clean-up, needs
a permission of its own and a reason, which stands in the journal. Locks stay until the agents confirm.

Examples:
  signalbox cancel 12
  signalbox cancel 12 --stage Deploy
  signalbox cancel 12 --force --reason "the cluster is gone, apply hangs"

Exit codes: 0 cancelled, or over before · 2 wrong usage · 4 not allowed · 5 no such run or stage`;

/** `signalbox cancel RUN`. */
export function addCancel(program: Command, context: Context): void {
  program
    .command('cancel')
    .argument('<run>', 'the run', integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .option('--stage <name>', 'only this stage; the run goes on')
    .option('--force', 'at once, without clean-up, past cancel: afterStage')
    .option('--reason <text>', 'why; with --force only')
    .description('Cancel a run or one of its stages.')
    .addHelpText('after', HELP)
    .action((run: number, options: CancelOptions) => cancel(context, run, options));
}

/** Cancels as asked, and says what of the run is still to end, and why. */
export async function cancel(context: Context, id: number, options: CancelOptions): Promise<void> {
  const { stage, force, reason } = options;
  if (force && reason === undefined) throw new CliError(EXIT.usage, '--force needs a --reason.');
  if (!force && reason !== undefined) throw new CliError(EXIT.usage, '--reason goes with --force only.');
  const project = await projectOf(context, options.project);
  const client = context.client();
  if (reason !== undefined) {
    const of = stage === undefined ? {} : { stage };
    const { changed, run } = await client.forceCancel(project, id, { reason, ...of });
    if (!changed) context.terminal.err('Nothing changed: it was over, or ended by force, before.\n');
    return tell(context, run, stage);
  }
  if (stage === undefined) await client.cancelBuild(project, id);
  else await client.cancelStage(project, id, stage);
  tell(context, await client.getRunView(project, id), stage);
}

function tell(context: Context, run: RunView, stage: string | undefined): void {
  if (context.format() !== 'table') {
    context.terminal.out(`${JSON.stringify(run, undefined, 2)}\n`);
    return;
  }
  context.terminal.out(`${[headline(run, stage), ...pendingLines(run)].join('\n')}\n`);
}

function headline(run: RunView, name: string | undefined): string {
  const stage = name === undefined ? undefined : run.stages.find((one) => fold(one.name) === fold(name));
  if (stage !== undefined && stage.result === undefined)
    return `Stage ${stage.displayName} of run ${run.id} ${stage.cancelling ? 'is being cancelled.' : 'goes on for now.'}`;
  if (stage !== undefined) return `Stage ${stage.displayName} of run ${run.id} is over: ${stage.result}.`;
  if (run.status === 'completed') return `Run ${run.id} is over: ${run.result ?? 'completed'}.`;
  const how = run.forced === undefined ? 'its clean-up runs to the end' : 'without clean-up';
  return `Run ${run.id} is being cancelled; ${how}.`;
}

/** Who waits for what: a cancel that nobody sees the effect of looks lost. */
function pendingLines(run: RunView): readonly string[] {
  const waits = run.stages.map(pendingCancel).filter((text) => text !== undefined);
  if (waits.length === 0) return [];
  const force = `signalbox cancel ${run.id} --force --reason "…"`;
  return [...waits.map((text) => `  ${text}`), `  To end it at once, without clean-up: ${force}`];
}
