import type { AgentRow, JobRequestRow } from '@signalbox/engine';
import type { PoolId } from '@signalbox/model';
import { sql } from 'kysely';
import { decodePlace, pageLimit, pageOf } from '../../cursor.ts';
import type { Page, PageOptions } from '../../port/page.ts';
import type { PoolWork } from '../../port/queues.ts';
import { rows } from '../builder.ts';
import { documents } from '../load-interlocking.ts';
import { loadPool } from '../load-pool.ts';
import { poolAgents, requestById } from '../needs/pool.ts';
import type { Runner } from '../runner.ts';
import { all, type Work } from '../work.ts';

/** What the pools do, read from a database. */
export function poolWork(runner: Runner): PoolWork {
  return {
    agents: (pool) =>
      runner.read(function* () {
        return documents<AgentRow>(yield* all(poolAgents, pool));
      }),
    requests: (pool, options) => runner.read(() => requests(runner, pool, options ?? {})),
    request: (pool, id) =>
      runner.read(function* () {
        return documents<JobRequestRow>(yield* all(requestById, pool, id))[0];
      }),
    answer: (pool, needs) => runner.read(() => loadPool(pool, needs)),
  };
}

function* requests(runner: Runner, pool: PoolId, options: PageOptions): Work<Page<JobRequestRow>> {
  let query = runner.db
    .selectFrom('job_request')
    .select(['doc', 'ready_at', 'run', 'id'])
    .where('pool', '=', pool)
    .where(sql<boolean>`phase <> 'finished'`);
  if (options.after !== undefined) {
    const [readyAt, run, id] = decodePlace(options.after, ['number', 'number', 'number']);
    query = query.where((e) =>
      e(e.refTuple('ready_at', 'run', 'id'), '>', e.tuple(Number(readyAt), Number(run), Number(id))),
    );
  }
  const limit = pageLimit(options);
  const found = yield* rows(
    query
      .orderBy('ready_at')
      .orderBy('run')
      .orderBy('id')
      .limit(limit + 1),
  );
  return pageOf(found, limit, {
    item: ({ doc }) => JSON.parse(doc) as JobRequestRow,
    place: ({ ready_at, run, id }) => [ready_at, run, id],
  });
}
