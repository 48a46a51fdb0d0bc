import type { ProjectId, DefinitionId, RunId } from '@signalbox/model';
import type { RunRemoval, Runs } from '../../port/runs.ts';
import { row, rows } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Work } from '../work.ts';
import { removeOfRun } from './artifacts.ts';
import { releaseContents } from './blobs.ts';

/** What `holdRun` tells. */
interface HeldRun {
  readonly project: ProjectId;
  readonly definition: DefinitionId;
  readonly status: string;
}

/** Locks the row of a run for this transaction, so that of a lease and a removal at once the second sees the first. */
export function* holdRun(runner: Runner, run: RunId): Work<HeldRun | undefined> {
  return yield* row(
    runner.db
      .updateTable('run')
      .set((e) => ({ definition: e.ref('definition') }))
      .where('id', '=', run)
      .returning(['project', 'definition', 'status']),
  );
}

/** That and by whom a run was removed. */
export function* removalOf(runner: Runner, run: RunId): Work<RunRemoval | undefined> {
  const known = yield* row(runner.db.selectFrom('run_removal').selectAll().where('run', '=', run));
  return known && { at: known.at, by: known.by_whom };
}

/** Removes what a run left behind, unless it is not over or a lease keeps it. */
export function* removeRun(
  runner: Runner,
  run: RunId,
  by: string,
): Work<Awaited<ReturnType<Runs['remove']>>> {
  const held = yield* holdRun(runner, run);
  if (held === undefined || (yield* removalOf(runner, run)) !== undefined) return 'absent';
  if (held.status !== 'completed') return 'unfinished';
  if ((yield* keptRuns(runner, [run])).length > 0) return 'kept';
  yield* rows(runner.db.insertInto('run_removal').values({ run, at: runner.clock(), by_whom: by }));
  yield* removeOfRun(runner, run);
  yield* releaseContents(runner, `attachments:${run}`);
  yield* rows(runner.db.deleteFrom('log').where('run', '=', run));
  yield* rows(runner.db.deleteFrom('attachment').where('run', '=', run));
  yield* rows(runner.db.deleteFrom('test_run').where('run', '=', run));
  yield* rows(runner.db.deleteFrom('coverage').where('run', '=', run));
  yield* rows(runner.db.deleteFrom('property').where('kind', '=', 'run').where('id', '=', run));
  return 'removed';
}

/** Those of the runs that a lease keeps, as a part of another piece of work. */
export function* keptRuns(runner: Runner, runs: readonly RunId[]): Work<readonly RunId[]> {
  if (runs.length === 0) return [];
  const query = runner.db
    .selectFrom('run_lease')
    .select('run')
    .distinct()
    .where('run', 'in', [...runs])
    .where('valid_until', '>', runner.clock())
    .orderBy('run');
  return (yield* rows(query)).map(({ run }) => run);
}
