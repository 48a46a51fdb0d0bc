import { StoreError } from './errors.ts';
import type { LogKey } from './port/logs.ts';

/** The lines of a batch that a log of `count` lines does not have yet. */
export function newLines(
  { run, log }: LogKey,
  count: number,
  batch: { readonly firstLine: number; readonly lines: readonly string[] },
): readonly string[] {
  if (batch.firstLine <= count + 1) return batch.lines.slice(count + 1 - batch.firstLine);
  throw new StoreError(
    'log-gap',
    `Log ${log} of run ${run} has ${count} lines; line ${batch.firstLine} would leave a gap. Send line ${count + 1} first.`,
  );
}
