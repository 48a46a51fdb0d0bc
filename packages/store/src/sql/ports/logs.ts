import { newLines } from '../../new-lines.ts';
import type { LogInfo, LogKey, Logs } from '../../port/logs.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Logs over a database, in chunks: one row per batch that an agent sent. */
export function logs(runner: Runner): Logs {
  return {
    append: (key, firstLine, lines) => runner.write(() => append(runner, key, { firstLine, lines })),
    lines: (key, range) => runner.read(() => read(runner, key, range ?? {})),
    list: (run) => runner.read(() => list(runner, run)),
  };
}

function* append(
  runner: Runner,
  { run, log }: LogKey,
  { firstLine, lines }: { readonly firstLine: number; readonly lines: readonly string[] },
): Work<number> {
  const now = runner.clock();
  found(yield* row(runner.db.selectFrom('run').select('id').where('id', '=', run)), `run ${run}`);
  yield* rows(
    runner.db
      .insertInto('log')
      .values({ run, log, line_count: 0, created_at: now, changed_at: now })
      .onConflict((conflict) => conflict.columns(['run', 'log']).doNothing()),
  );
  // The UPDATE holds the row, so that of two batches for one log the second sees what the first added.
  const claim = runner.db
    .updateTable('log')
    .set({ changed_at: now })
    .where('run', '=', run)
    .where('log', '=', log)
    .returning('line_count');
  const count = found(yield* row(claim), `log ${log}`).line_count;
  const added = newLines({ run, log }, count, { firstLine, lines });
  if (added.length === 0) return count;
  const line_count = added.length;
  yield* rows(
    runner.db
      .insertInto('log_chunk')
      .values({ run, log, first_line: count + 1, line_count, lines: JSON.stringify(added) }),
  );
  yield* rows(
    runner.db
      .updateTable('log')
      .set({ line_count: count + line_count })
      .where('run', '=', run)
      .where('log', '=', log),
  );
  return count + line_count;
}

function* read(
  runner: Runner,
  { run, log }: LogKey,
  { start = 1, end = Number.MAX_SAFE_INTEGER }: { readonly start?: number; readonly end?: number },
): Work<readonly string[]> {
  // The chunk that holds `start` is the last one that begins at or before it.
  const holding = runner.db
    .selectFrom('log_chunk')
    .select('first_line')
    .where('run', '=', run)
    .where('log', '=', log)
    .where('first_line', '<=', start)
    .orderBy('first_line', 'desc')
    .limit(1);
  const from = (yield* row(holding))?.first_line ?? 1;
  const chunks = yield* rows(
    runner.db
      .selectFrom('log_chunk')
      .select(['first_line', 'lines'])
      .where('run', '=', run)
      .where('log', '=', log)
      .where('first_line', '>=', from)
      .where('first_line', '<=', end)
      .orderBy('first_line'),
  );
  const lines = chunks.flatMap((chunk) => JSON.parse(chunk.lines) as readonly string[]);
  return lines.slice(Math.max(start - from, 0), Math.max(end - from + 1, 0));
}

function* list(runner: Runner, run: number): Work<readonly LogInfo[]> {
  const known = yield* rows(runner.db.selectFrom('log').selectAll().where('run', '=', run).orderBy('log'));
  return known.map((from) => ({
    log: from.log,
    lineCount: from.line_count,
    createdAt: from.created_at,
    changedAt: from.changed_at,
  }));
}
