import type { AgentRow, JobRequestRow, OtherPool } from '@signalbox/engine';
import type { PoolId } from '@signalbox/model';
import { agentsElsewhere, waitingElsewhere } from './needs/elsewhere.ts';
import { all, type Work } from './work.ts';

/** The other pools as a shared limit of parallel jobs sees them (AGENT-6). */
export function* loadElsewhere(pool: PoolId): Work<readonly OtherPool[]> {
  const others = new Map<PoolId, { agents: AgentRow[]; waiting: JobRequestRow[] }>();
  const other = (id: PoolId): { agents: AgentRow[]; waiting: JobRequestRow[] } => {
    const known = others.get(id) ?? { agents: [], waiting: [] };
    others.set(id, known);
    return known;
  };
  for (const [id, doc] of yield* all(agentsElsewhere, pool))
    other(id).agents.push(JSON.parse(doc) as AgentRow);
  for (const [id, doc] of yield* all(waitingElsewhere, pool)) {
    other(id).waiting.push(JSON.parse(doc) as JobRequestRow);
  }
  return [...others].map(([id, rows]) => ({ pool: id, ...rows }));
}
