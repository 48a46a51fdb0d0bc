import { meets } from './demands.ts';
import type { AgentRow, JobRequestRow } from './rows.ts';
import { inOrder, isFree, slotLimit } from './slots.ts';
import { record, remind, tellRun, type Turn } from './turn.ts';

/** How many waiting requests of each kind are asked for first. */
const FRONT = 8;

/**
 * Gives waiting requests to idle agents until no idle agent can serve any (AGENT-5): always the oldest request
 * that somebody idle can serve, and of those agents the one that has been in the pool longest. Where parallel jobs
 * are limited, none beyond the limit (AGENT-6).
 */
export function match(turn: Turn): void {
  while (turn.missing.length === 0) {
    const free = freeAgents(turn);
    if (free.length === 0 || !haveFronts(turn, free.length)) return;
    const pair = firstPair(waitingFronts(turn), free);
    if (pair === undefined || turn.missing.length > 0) return;
    if (slotLimit(turn, pair.request) !== undefined || isMissing(turn)) return;
    assign(turn, pair);
  }
}

/** The waiting requests of the pool, the first of each demand key, in order. */
export function waitingFronts(turn: Turn): readonly JobRequestRow[] {
  const first = new Map<string, JobRequestRow>();
  for (const request of turn.rows.requests.values()) {
    if (request.state.phase !== 'waiting') continue;
    const other = first.get(request.demandKey);
    if (other === undefined || inOrder(request, other) < 0) first.set(request.demandKey, request);
  }
  for (const { ids, complete } of turn.slice.fronts.values()) {
    // What the store gave for this key is used up, and it may have more that stand before newer requests.
    const left = ids.some((id) => turn.rows.requests.get(id)?.state.phase === 'waiting');
    if (!left && !complete) needFronts(turn, turn.slice.frontCount * 2);
  }
  return [...first.values()].toSorted(inOrder);
}

/** True when the slice holds the fronts of the queue; else asks for them. */
export function haveFronts(turn: Turn, atLeast: number): boolean {
  if (turn.slice.frontCount > 0) return true;
  needFronts(turn, Math.max(FRONT, atLeast));
  return false;
}

function freeAgents({ rows, now, policy }: Turn): readonly AgentRow[] {
  return [...rows.agents.values()]
    .filter((agent) => isFree(agent, now, policy))
    .toSorted((a, b) => a.id - b.id);
}

interface Pair {
  readonly request: JobRequestRow;
  readonly agent: AgentRow;
}

function firstPair(requests: readonly JobRequestRow[], agents: readonly AgentRow[]): Pair | undefined {
  for (const request of requests) {
    const agent = agents.find((one) => meets(one, request.demands));
    if (agent !== undefined) return { request, agent };
  }
  return undefined;
}

function assign(turn: Turn, { request, agent }: Pair): void {
  const lease = turn.rows.header.lastLease + 1;
  const leaseUntil = turn.now + turn.policy.leaseMs;
  record(turn, {
    type: 'RequestAssigned',
    request: request.id,
    agent: agent.id,
    lease,
    at: turn.now,
    leaseUntil,
  });
  const { instance } = request;
  tellRun(turn, request, {
    type: 'JobAssigned',
    instance,
    request: request.id,
    lease,
    agent: agent.id,
    agentName: agent.name,
  });
  remind(turn, leaseUntil, { type: 'LeaseDue', request: request.id, lease });
}

function isMissing({ missing }: Turn): boolean {
  return missing.length > 0;
}

function needFronts(turn: Turn, count: number): void {
  if (turn.missing.length === 0) turn.missing.push({ need: 'fronts', count });
}
