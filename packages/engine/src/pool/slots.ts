import { meets } from './demands.ts';
import type { LeasePolicy } from './lease.ts';
import type { AgentRow, JobRequestRow, OtherPool } from './rows.ts';
import type { Turn } from './turn.ts';

/** Why a request that an idle agent could serve has to wait all the same (AGENT-6). */
type SlotLimit = 'pool' | 'server';

/**
 * The limit of parallel jobs that keeps the request from starting now; undefined when there is a slot for it. A slot
 * of the server goes to whoever became ready first in any pool, among those whom an idle agent can serve (GAP-42):
 * a busy pool does not starve another one.
 */
export function slotLimit(turn: Turn, request: JobRequestRow): SlotLimit | undefined {
  const { header, agents } = turn.rows;
  const running = busyOf([...agents.values()]);
  if (header.parallelJobs !== undefined && running >= header.parallelJobs) return 'pool';
  const { parallelJobs } = turn.policy;
  if (parallelJobs === undefined) return undefined;
  const others = othersOf(turn);
  const free = parallelJobs - running - others.reduce((sum, other) => sum + busyOf(other.agents), 0);
  const { readyAt, run } = request;
  const own = { readyAt, run, pool: turn.pool };
  const older = others.flatMap((other) => nextOf(other, turn)).filter((one) => isBefore(one, own));
  return older.length < free ? undefined : 'server';
}

/** How many jobs run on these agents. */
export function busyOf(agents: readonly AgentRow[]): number {
  return agents.filter(({ request }) => request !== undefined).length;
}

/** True when the agent asked for work lately and may have some (AGENT-2). */
export function isFree(agent: AgentRow, now: number, { silentMs }: LeasePolicy): boolean {
  const { enabled, idle, request, session } = agent;
  return (
    enabled && idle && request === undefined && session !== undefined && now - session.seenAt <= silentMs
  );
}

/** First come, first served: by the time the job became ready, then the run, then the request (GAP-42). */
export function inOrder(a: JobRequestRow, b: JobRequestRow): number {
  return a.readyAt - b.readyAt || a.run - b.run || a.id - b.id;
}

/** The requests that another pool would start next, had it the slots: one for each of its idle agents at most. */
function nextOf({ pool, agents, waiting }: OtherPool, { now, policy }: Turn): readonly Place[] {
  const free = new Set(agents.filter((agent) => isFree(agent, now, policy)));
  const next: Place[] = [];
  for (const request of waiting) {
    const agent = [...free].find((one) => meets(one, request.demands));
    if (agent === undefined) continue;
    free.delete(agent);
    next.push({ readyAt: request.readyAt, run: request.run, pool });
  }
  return next;
}

/** The order of all pools: across them numbers of requests say nothing, so the number of the pool decides last. */
function isBefore(other: Place, own: Place): boolean {
  return (other.readyAt - own.readyAt || other.run - own.run || other.pool - own.pool) < 0;
}

interface Place {
  readonly readyAt: number;
  readonly run: number;
  readonly pool: number;
}

/** The other pools; asks for them where they are not known. */
export function othersOf(turn: Turn): readonly OtherPool[] {
  const { others } = turn.slice;
  if (others === undefined && turn.missing.length === 0) turn.missing.push({ need: 'elsewhere' });
  return others ?? [];
}
