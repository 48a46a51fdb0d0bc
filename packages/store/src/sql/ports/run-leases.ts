import type { ProjectId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { RunLeaseFilter, RunLeaseInput, RunLeaseRow, RunLeases } from '../../port/run-leases.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';
import { holdRun, keptRuns, removalOf } from './run-removal.ts';

/** Leases on runs over a database. */
export function runLeases(runner: Runner): RunLeases {
  return {
    add: (project, leases) => runner.write(() => add(runner, project, leases)),
    list: (project, filter) => runner.read(() => list(runner, project, filter ?? {})),
    update: (project, id, patch) => runner.write(() => update(runner, { project, id }, patch)),
    remove: (project, ids) => runner.write(() => remove(runner, project, ids)),
    kept: (runs) => runner.read(() => keptRuns(runner, runs)),
  };
}

function* add(
  runner: Runner,
  project: ProjectId,
  leases: readonly RunLeaseInput[],
): Work<readonly RunLeaseRow[]> {
  const made: RunLeaseRow[] = [];
  for (const { run, definition, owner, validUntil, protectPipeline } of leases) {
    const held = yield* holdRun(runner, run);
    const own = held?.project === project && held.definition === definition;
    const there = own && (yield* removalOf(runner, run)) === undefined;
    found(there ? held : undefined, `run ${run} of pipeline ${definition}`);
    const insert = runner.db
      .insertInto('run_lease')
      .values({
        project,
        run,
        definition,
        owner,
        created_at: runner.clock(),
        valid_until: validUntil,
        protect_pipeline: protectPipeline ? 1 : 0,
      })
      .returningAll();
    made.push(leaseRow(found(yield* row(insert), 'lease')));
  }
  return made;
}

function* list(runner: Runner, project: ProjectId, filter: RunLeaseFilter): Work<readonly RunLeaseRow[]> {
  const { ids, run, definition, owner } = filter;
  let query = runner.db
    .selectFrom('run_lease')
    .selectAll()
    .where('project', '=', project)
    .where('valid_until', '>', runner.clock());
  if (ids !== undefined) query = query.where('id', 'in', ids.length > 0 ? [...ids] : [-1]);
  if (run !== undefined) query = query.where('run', '=', run);
  if (definition !== undefined) query = query.where('definition', '=', definition);
  if (owner !== undefined) query = query.where('owner', '=', owner);
  return (yield* rows(query.orderBy('id'))).map(leaseRow);
}

function* update(
  runner: Runner,
  { project, id }: { readonly project: ProjectId; readonly id: number },
  { validUntil, protectPipeline }: Parameters<RunLeases['update']>[2],
): Work<RunLeaseRow | undefined> {
  const query = runner.db
    .updateTable('run_lease')
    .set((e) => ({
      valid_until: validUntil ?? e.ref('valid_until'),
      protect_pipeline: protectPipeline === undefined ? e.ref('protect_pipeline') : Number(protectPipeline),
    }))
    .where('project', '=', project)
    .where('id', '=', id)
    .where('valid_until', '>', runner.clock())
    .returningAll();
  const known = yield* row(query);
  return known && leaseRow(known);
}

function* remove(runner: Runner, project: ProjectId, ids: readonly number[]): Work<void> {
  if (ids.length === 0) return;
  yield* rows(
    runner.db
      .deleteFrom('run_lease')
      .where('project', '=', project)
      .where('id', 'in', [...ids]),
  );
}

function leaseRow(from: Selectable<Tables['run_lease']>): RunLeaseRow {
  const { id, project, run, definition, owner } = from;
  return {
    id,
    project,
    run,
    definition,
    owner,
    createdAt: from.created_at,
    validUntil: from.valid_until,
    protectPipeline: from.protect_pipeline === 1,
  };
}
