import type { Client, RunView } from '@signalbox/api';
import type { Store } from '@signalbox/store';
import type { Context } from '../context.ts';
import { LiveTree } from '../output/live-tree.ts';
import { resultLines } from '../output/results-text.ts';
import { giveApprovals } from './give-approvals.ts';
import type { Terminal } from '../output/terminal.ts';

/** What `followRun` needs. */
export interface FollowOptions {
  readonly context: Context;
  readonly client: Client;
  readonly store: Store;
  readonly project: string;
  readonly id: number;
  /** Gives every approval that is asked for. */
  readonly skipChecks: boolean;
  /** No output of steps. */
  readonly quiet: boolean;
}

/** On a terminal the elapsed times move on so often. */
const TICK_MS = 500;
/** Changes closer together than this are drawn once. */
const SETTLE_MS = 50;

/**
 * Shows the run until it is over, and then the output of the steps that failed, and tests, coverage and attachments.
 * With `--output json` that is told on the error stream, and the run, as it ended, on the other.
 */
export async function followRun(options: FollowOptions): Promise<RunView> {
  const { context, client, project, id } = options;
  const tree = new LiveTree(forProgress(context));
  for (;;) {
    const changed = nextChange(options.store, context.terminal.interactive ? TICK_MS : undefined);
    const run = await client.getRunView(project, id);
    tree.show(run, context.now());
    if (run.status === 'completed') {
      changed.forget();
      if (!options.quiet) await showFailures(options, run);
      await showResults(options);
      if (context.format() === 'json') context.terminal.out(`${JSON.stringify(run, undefined, 2)}\n`);
      return run;
    }
    if (options.skipChecks) await giveApprovals(options.store, id);
    await changed.happened;
  }
}

/** What others read is not mixed with what people watch. */
function forProgress(context: Context): Terminal {
  const { terminal } = context;
  if (context.format() !== 'json') return terminal;
  return { ...terminal, out: (text) => terminal.err(text), interactive: false };
}

/** Settles shortly after the journal grew, or after the tick. */
function nextChange(
  store: Store,
  tick: number | undefined,
): { readonly happened: Promise<void>; forget(): void } {
  let settle = (): void => undefined;
  const happened = new Promise<void>((done) => (settle = done));
  const stop = store.journal.onGrowth(() => setTimeout(settle, SETTLE_MS));
  const timer = tick === undefined ? undefined : setTimeout(settle, tick);
  const forget = (): void => {
    stop();
    clearTimeout(timer);
  };
  return { happened: happened.finally(forget), forget };
}

async function showFailures({ context, client, project, id }: FollowOptions, run: RunView): Promise<void> {
  const steps = run.stages.flatMap((stage) => stage.jobs).flatMap((job) => job.steps);
  for (const step of steps) {
    if (step.result !== 'failed' || step.log === undefined) continue;
    context.terminal.err(`\n== ${step.displayName}\n`);
    context.terminal.err(await client.getLog(project, id, step.log));
    context.terminal.err('\n');
  }
}

async function showResults({ context, client, project, id }: FollowOptions): Promise<void> {
  const lines = resultLines(await client.getRunResults(project, id));
  if (lines.length > 0) forProgress(context).out(`${lines.join('\n')}\n`);
}
