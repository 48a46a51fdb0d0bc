import type { AgentRow, JobRequestRow, PoolAnswer, PoolHeaderRow, PoolNeed } from '@signalbox/engine';
import type { PoolId } from '@signalbox/model';
import { instanceText } from '../instance-text.ts';
import { documents } from './load-interlocking.ts';
import { fronts } from './needs/fronts.ts';
import { poolAgents, poolHeader, requestById, requestOf, waitingOf } from './needs/pool.ts';
import { call, together, type Call, type Work } from './work.ts';

/** Answers needs of a pool, all in one round trip, each from one index. */
export function* loadPool(pool: PoolId, needs: readonly PoolNeed[]): Work<readonly PoolAnswer[]> {
  const results = yield* together(needs.map((need) => callFor(pool, need)));
  return needs.map((need, index) => answerOf(need, results[index] ?? []));
}

function callFor(pool: PoolId, need: PoolNeed): Call {
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

function answerOf(need: PoolNeed, rows: readonly unknown[]): PoolAnswer {
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
