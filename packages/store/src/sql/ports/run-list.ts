import type { RunState } from '@signalbox/engine';
import { fold, type DefinitionId, type ProjectId, type RunStatus } from '@signalbox/model';
import { sql, type RawBuilder } from 'kysely';
import { decodePlace, pageLimit, pageOf } from '../../cursor.ts';
import type { Page } from '../../port/page.ts';
import type { RunFilter } from '../../port/runs.ts';
import { compareRuns, NOT_YET, orderTime, RUN_ORDERS } from '../../run-order.ts';
import { rows } from '../builder.ts';
import { documents } from '../load-interlocking.ts';
import type { Runner } from '../runner.ts';
import { together, type Call, type Param, type Work } from '../work.ts';
import { afterPrefix } from './prefix.ts';
import { ordered, wayTo, withTag, type RunQuery, type Way } from './run-list-way.ts';

const UNFINISHED: readonly RunStatus[] = ['notStarted', 'inProgress', 'cancelling'];

/**
 * A page of runs. A query with several definitions is one query per definition, merged here: each reads `limit`
 * entries from the end of its own index, where one query with `IN` would sort all runs of all of them.
 */
export function* listRuns(runner: Runner, project: ProjectId, filter: RunFilter): Work<Page<RunState>> {
  const order = RUN_ORDERS[filter.order ?? 'queueTimeDescending'];
  const limit = pageLimit(filter);
  const per = filter.maxPerDefinition;
  const definitions =
    filter.definitions ?? (per === undefined ? undefined : yield* definitionsOf(runner, project));
  const take = Math.min(limit + 1, per ?? limit + 1);
  const way = yield* wayTo(runner, project, { filter, order });
  const base = restricted(runner, project, { filter, way });
  const queries =
    definitions === undefined ? [base] : definitions.map((id) => base.where('definition', '=', id));
  const results = yield* together(queries.map((query) => compiled(ordered(query, way).limit(take))));
  const found = results
    .flatMap((result) => documents<RunState>(result.map((row) => [(row as { doc: string }).doc])))
    .sort((a, b) => compareRuns(a, b, order));
  const page = pageOf(found, limit, {
    item: (run) => run,
    place: (run) => [order.column, orderTime(run, order.column), run.id],
  });
  return per === undefined ? page : { items: page.items };
}

function compiled(query: RunQuery): Call {
  const { sql: text, parameters } = query.compile();
  return { text, params: parameters as readonly Param[], rows: 'records' };
}

function* definitionsOf(runner: Runner, project: ProjectId): Work<readonly DefinitionId[]> {
  const known = yield* rows(
    runner.db.selectFrom('definition').select('id').where('project', '=', project).orderBy('id'),
  );
  return known.map(({ id }) => id);
}

function restricted(
  runner: Runner,
  project: ProjectId,
  { filter, way }: { readonly filter: RunFilter; readonly way: Way },
): RunQuery {
  const [tag, ...tags] = filter.tags ?? [];
  let query: RunQuery = runner.db
    .selectFrom('run')
    .select('run.doc')
    .where('run.project', '=', project)
    .$if(tag !== undefined, (each) => withTag(each, project, tag ?? ''));
  query = byState(query, filter);
  query = byTime(query, filter, way);
  query = byRemoval(query, filter.removed ?? 'without');
  if (filter.reasons !== undefined) query = query.where(isAmong('reason', filter.reasons));
  if (filter.branch !== undefined) query = query.where('branch', '=', filter.branch);
  if (filter.requestedFor !== undefined) {
    query = query.where('requested_for', '=', fold(filter.requestedFor));
  }
  if (filter.number !== undefined) query = byNumber(query, fold(filter.number), way);
  if (filter.ids !== undefined)
    query = query.where('run.id', 'in', filter.ids.length > 0 ? [...filter.ids] : [-1]);
  for (const other of tags) query = byTag(query, other);
  return query;
}

function byTag(query: RunQuery, tag: string): RunQuery {
  return query.where((e) =>
    e.exists(
      e
        .selectFrom('run_tag as other')
        .select('other.run')
        .whereRef('other.run', '=', 'run.id')
        .where('other.folded', '=', fold(tag)),
    ),
  );
}

/**
 * One of the values. A single one is an equality: SQLite would not take `IN` with one value for the front of an index.
 * PostgreSQL has no empty list, and no column holds an empty word.
 */
function isAmong(column: string, values: readonly string[]): RawBuilder<boolean> {
  const [only = '', ...others] = values;
  const of = sql.ref(`run.${column}`);
  return others.length === 0 ? sql`${of} = ${only}` : sql`${of} IN (${sql.join([...values])})`;
}

function byState(query: RunQuery, { statuses, results }: RunFilter): RunQuery {
  let narrowed = query;
  if (statuses !== undefined) {
    // Written as the partial indexes have it: a bound parameter would not match them.
    if (!statuses.includes('completed')) narrowed = narrowed.where(sql<boolean>`status <> 'completed'`);
    if (!UNFINISHED.every((status) => statuses.includes(status))) {
      narrowed = narrowed.where(isAmong('status', statuses));
    }
  }
  return results === undefined ? narrowed : narrowed.where(isAmong('result', results));
}

function byRemoval(query: RunQuery, removed: NonNullable<RunFilter['removed']>): RunQuery {
  if (removed === 'with') return query;
  return query.where((e) => {
    const gone = e.exists(
      e.selectFrom('run_removal').select('run').whereRef('run_removal.run', '=', 'run.id'),
    );
    return removed === 'only' ? gone : e.not(gone);
  });
}

function byTime(query: RunQuery, filter: RunFilter, { time, id, direction }: Way): RunQuery {
  let narrowed = query;
  const { minTime, maxTime, after } = filter;
  const at = sql<number>`${sql.ref(time)}`;
  if (minTime !== undefined) narrowed = narrowed.where(at, '>=', minTime);
  if (maxTime !== undefined) narrowed = narrowed.where(at, '<=', maxTime);
  if (minTime !== undefined || maxTime !== undefined) narrowed = narrowed.where(at, '<', NOT_YET);
  if (after === undefined || filter.maxPerDefinition !== undefined) return narrowed;
  const [, last, run] = decodePlace(after, ['string', 'number', 'number']);
  const [left, right] = [sql`(${sql.ref(time)}, ${sql.ref(id)})`, sql`(${Number(last)}, ${Number(run)})`];
  return narrowed.where(
    direction === 'asc' ? sql<boolean>`${left} > ${right}` : sql<boolean>`${left} < ${right}`,
  );
}

function byNumber(query: RunQuery, number: string, { isSorted }: Way): RunQuery {
  if (!number.endsWith('*')) return query.where('number', '=', number);
  const prefix = number.slice(0, -1);
  const column = isSorted ? sql<string>`number` : sql<string>`number || ''`;
  return query.where(column, '>=', prefix).where(column, '<', afterPrefix(prefix));
}
