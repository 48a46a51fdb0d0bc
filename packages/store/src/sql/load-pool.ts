import type { AgentRow, JobRequestRow, PoolAnswer, PoolHeaderRow, PoolNeed } from '@signalbox/engine';
import type { PoolId } from '@signalbox/model';
import { instanceText } from '../instance-text.ts';
import { loadElsewhere } from './load-elsewhere.ts';
import { documents } from './load-interlocking.ts';
import { fronts } from './needs/fronts.ts';
import { poolAgents, poolHeader, requestById, requestOf, waitingOf } from './needs/pool.ts';
import { call, together, type Call, type Work } from './work.ts';

/** Answers needs of a pool, all in one round trip, each from one index. */
export function* loadPool(pool: PoolId, needs: readonly PoolNeed[]): Work<readonly PoolAnswer[]> {
  const own = needs.filter((need): need is OwnNeed => need.need !== 'elsewhere');
  const results = yield* together(own.map((need) => callFor(pool, need)));
  const answers = own.map((need, index) => answerOf(need, results[index] ?? []));
  if (own.length === needs.length) return answers;
  return [...answers, { of: { need: 'elsewhere' }, others: yield* loadElsewhere(pool) }];
}

/** What is asked of the pool itself. */
type OwnNeed = Exclude<PoolNeed, { readonly need: 'elsewhere' }>;

function callFor(pool: PoolId, need: OwnNeed): Call {
  switch (need.need) {
    case 'header':
      return call(poolHeader, pool);
    case 'agents':
      return call(poolAgents, pool);
    case 'request':
      return call(requestById, pool, need.id);
    case 'requestOf':
      return call(requestOf, pool, need.run, instanceText(need.instance));
    case 'waitingOf':
      return call(waitingOf, pool, need.run);
    case 'fronts':
      return call(fronts, pool, need.count);
  }
}

function answerOf(need: OwnNeed, rows: readonly unknown[]): PoolAnswer {
  switch (need.need) {
    case 'header': {
      const [header] = documents<PoolHeaderRow>(rows);
      return header === undefined ? { of: need } : { of: need, header };
    }
    case 'agents':
      return { of: need, agents: documents<AgentRow>(rows) };
    case 'request':
    case 'requestOf':
    case 'waitingOf':
    case 'fronts':
      return { of: need, requests: documents<JobRequestRow>(rows) };
  }
}
