import type { RunView } from '@signalbox/api';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { LiveTree } from '../output/live-tree.ts';

/** A change is shown within this time; the feed says when there is one. */
const REFRESH_MS = 200;

/**
 * Shows a run until it is over, woken by the live feed; ends with an error when it did not succeed,
 * so that the exit code says so.
 */
export async function watchRun(context: Context, project: string, id: number): Promise<void> {
  const tree = new LiveTree(context.terminal);
  let cursor: string | undefined;
  for (;;) {
    const run = await context.client().getRunView(project, id);
    tree.show(run, context.now());
    if (run.status === 'completed') return finish(run);
    cursor = await nextChange(context, project, id, cursor);
  }
}

/** Waits for the feed to mention the run, or a second at most, so that elapsed times move on. */
async function nextChange(
  context: Context,
  project: string,
  id: number,
  cursor: string | undefined,
): Promise<string | undefined> {
  const limit = AbortSignal.timeout(1000);
  let last = cursor;
  try {
    const options = { project, signal: limit, ...(cursor !== undefined && { cursor }) };
    for await (const message of context.client().feed(options)) {
      if (message.kind === 'alive') continue;
      last = message.cursor;
      if (message.kind === 'resync' || message.change.run === id) break;
    }
  } catch (error) {
    if (!limit.aborted) throw error;
  }
  await new Promise((done) => setTimeout(done, REFRESH_MS));
  return last;
}

/** Nothing more to say about a good run; a bad one decides the exit code. */
export function finish(run: RunView): void {
  if (run.result === 'succeeded' || run.result === 'partiallySucceeded') return;
  throw new CliError(
    EXIT.failed,
    `Run ${run.id} (${run.number}) ${run.result === 'canceled' ? 'was canceled' : 'failed'}.`,
  );
}
