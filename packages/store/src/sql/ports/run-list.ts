import type { RunState } from '@signalbox/engine';
import { fold, type DefinitionId, type ProjectId, type RunStatus } from '@signalbox/model';
import { sql, type SelectQueryBuilder } from 'kysely';
import { decodePlace, pageLimit, pageOf } from '../../cursor.ts';
import type { Page } from '../../port/page.ts';
import type { RunFilter } from '../../port/runs.ts';
import { compareRuns, NOT_YET, orderTime, RUN_ORDERS, type OrderKey } from '../../run-order.ts';
import { rows } from '../builder.ts';
import { documents } from '../load-interlocking.ts';
import type { Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import { together, type Call, type Param, type Work } from '../work.ts';
import { afterPrefix } from './prefix.ts';

type Query = SelectQueryBuilder<Tables, 'run', { doc: string }>;

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
  const base = restricted(runner, project, { filter, order });
  const queries =
    definitions === undefined ? [base] : definitions.map((id) => base.where('definition', '=', id));
  const results = yield* together(queries.map((query) => compiled(ordered(query, order).limit(take))));
  const found = results
    .flatMap((result) => documents<RunState>(result.map((row) => [(row as { doc: string }).doc])))
    .sort((a, b) => compareRuns(a, b, order));
  const page = pageOf(found, limit, {
    item: (run) => run,
    place: (run) => [order.column, orderTime(run, order.column), run.id],
  });
  return per === undefined ? page : { items: page.items };
}

function compiled(query: Query): Call {
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
  { filter, order }: { readonly filter: RunFilter; readonly order: OrderKey },
): Query {
  let query: Query = runner.db.selectFrom('run').select('run.doc').where('run.project', '=', project);
  query = byState(query, filter);
  query = byTime(query, filter, order);
  query = byRemoval(query, filter.removed ?? 'without');
  if (filter.reasons !== undefined) query = query.where('reason', 'in', among(filter.reasons));
  if (filter.branch !== undefined) query = query.where('branch', '=', filter.branch);
  if (filter.requestedFor !== undefined) {
    query = query.where('requested_for', '=', fold(filter.requestedFor));
  }
  if (filter.number !== undefined) query = byNumber(query, fold(filter.number));
  if (filter.ids !== undefined)
    query = query.where('run.id', 'in', filter.ids.length > 0 ? [...filter.ids] : [-1]);
  for (const tag of filter.tags ?? []) {
    query = query.where('run.id', 'in', (e) =>
      e.selectFrom('run_tag').select('run').where('folded', '=', fold(tag)),
    );
  }
  return query;
}

/** Values for `IN`; PostgreSQL has no empty list, and no column holds an empty word. */
function among(values: readonly string[]): readonly string[] {
  return values.length > 0 ? values : [''];
}

function byState(query: Query, { statuses, results }: RunFilter): Query {
  let narrowed = query;
  if (statuses !== undefined) {
    // Written as the partial indexes have it: a bound parameter would not match them.
    if (!statuses.includes('completed')) narrowed = narrowed.where(sql<boolean>`status <> 'completed'`);
    if (!UNFINISHED.every((status) => statuses.includes(status))) {
      narrowed = narrowed.where('status', 'in', among(statuses));
    }
  }
  return results === undefined ? narrowed : narrowed.where('result', 'in', among(results));
}

function byRemoval(query: Query, removed: NonNullable<RunFilter['removed']>): Query {
  if (removed === 'with') return query;
  return query.where((e) => {
    const gone = e.exists(
      e.selectFrom('run_removal').select('run').whereRef('run_removal.run', '=', 'run.id'),
    );
    return removed === 'only' ? gone : e.not(gone);
  });
}

function byTime(query: Query, filter: RunFilter, { column, direction }: OrderKey): Query {
  let narrowed = query;
  const { minTime, maxTime, after } = filter;
  if (minTime !== undefined) narrowed = narrowed.where(column, '>=', minTime);
  if (maxTime !== undefined) narrowed = narrowed.where(column, '<=', maxTime);
  if (minTime !== undefined || maxTime !== undefined) narrowed = narrowed.where(column, '<', NOT_YET);
  if (after === undefined || filter.maxPerDefinition !== undefined) return narrowed;
  const [, time, id] = decodePlace(after, ['string', 'number', 'number']);
  return narrowed.where((e) =>
    e(e.refTuple(column, 'run.id'), direction === 'asc' ? '>' : '<', e.tuple(Number(time), Number(id))),
  );
}

function byNumber(query: Query, number: string): Query {
  if (!number.endsWith('*')) return query.where('number', '=', number);
  const prefix = number.slice(0, -1);
  return query.where('number', '>=', prefix).where('number', '<', afterPrefix(prefix));
}

function ordered(query: Query, { column, direction }: OrderKey): Query {
  return query.orderBy(column, direction).orderBy('run.id', direction);
}
