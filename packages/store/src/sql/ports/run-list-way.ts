import { fold, type ProjectId } from '@signalbox/model';
import { sql, type SelectQueryBuilder } from 'kysely';
import type { RunFilter } from '../../port/runs.ts';
import type { OrderKey } from '../../run-order.ts';
import { row } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';
import { afterPrefix } from './prefix.ts';

/** The query of a list of runs, as far as it is built. */
export type RunQuery = SelectQueryBuilder<Tables, 'run', { doc: string }>;

/**
 * How a list comes to its runs. A fresh SQLite file has no statistics, and its planner takes any index in the right
 * order: it would walk all runs for the three that are named. So it is told.
 */
export interface Way {
  /** The columns that the list is ordered by. */
  readonly time: string;
  readonly id: string;
  readonly direction: OrderKey['direction'];
  /** Few are found by the filter, and then sorted; otherwise the index of the order is walked. */
  readonly isSorted: boolean;
}

/** So many runs are sorted faster than as many are looked for among all. */
const FEW = 3000;

/** Chooses the way. A beginning of a number may be that of all runs: they are counted, up to a bound. */
export function* wayTo(
  runner: Runner,
  project: ProjectId,
  { filter, order }: { readonly filter: RunFilter; readonly order: OrderKey },
): Work<Way> {
  const { column, direction } = order;
  const isTagged = (filter.tags ?? []).length > 0;
  const byTag = isTagged && column === 'queue_time';
  const isFew = isNamed(filter) || isOpen(filter, order) || (isTagged && !byTag);
  const isSorted = isFew || (yield* isRareNumber(runner, project, filter));
  return byTag
    ? { time: 'run_tag.queue_time', id: 'run_tag.run', direction, isSorted }
    : { time: `run.${column}`, id: 'run.id', direction, isSorted };
}

function isNamed({ ids, number }: RunFilter): boolean {
  return ids !== undefined || (number !== undefined && !number.endsWith('*'));
}

/** The index of unfinished runs is by queue time; they are few beside those that are over. */
function isOpen({ statuses }: RunFilter, { column }: OrderKey): boolean {
  return statuses !== undefined && !statuses.includes('completed') && column !== 'queue_time';
}

function* isRareNumber(runner: Runner, project: ProjectId, { number }: RunFilter): Work<boolean> {
  if (number?.endsWith('*') !== true) return false;
  const prefix = fold(number).slice(0, -1);
  const some = runner.db
    .selectFrom('run')
    .select('id')
    .where('project', '=', project)
    .where('number', '>=', prefix)
    .where('number', '<', afterPrefix(prefix))
    .limit(FEW);
  const counted = yield* row(
    runner.db.selectFrom(some.as('some')).select((e) => e.fn.countAll<number>().as('count')),
  );
  return Number(counted?.count ?? 0) < FEW;
}

/** Puts the runs in order. `+ 0` keeps the planner from the index of the order. */
export function ordered(query: RunQuery, { time, id, direction, isSorted }: Way): RunQuery {
  const first = isSorted ? sql`${sql.ref(time)} + 0` : sql`${sql.ref(time)}`;
  return query.orderBy(first, direction).orderBy(sql.ref(id), direction);
}

/** Those that have the tag, read from the index of tags in their order. */
export function withTag(query: RunQuery, project: ProjectId, tag: string): RunQuery {
  return query
    .innerJoin('run_tag', 'run_tag.run', 'run.id')
    .where('run_tag.project', '=', project)
    .where('run_tag.folded', '=', fold(tag)) as unknown as RunQuery;
}
