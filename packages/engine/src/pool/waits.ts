import type { Instant } from '@signalbox/model';
import { meets } from './demands.ts';
import type { LeasePolicy } from './lease.ts';
import type { AgentRow, JobRequestRow } from './rows.ts';
import { busyOf, inOrder } from './slots.ts';

/** Why a request still waits (AGENT-5, AGENT-6). */
export type WaitReason =
  /** The pool never had an agent. */
  | 'noAgentYet'
  /** The limit of parallel jobs of the pool is reached. */
  | 'poolLimit'
  /** Every agent that could serve it is disabled. */
  | 'disabled'
  /** Every agent that could serve it and is enabled is offline. */
  | 'offline'
  /** Every agent that could serve it now has a job. */
  | 'busy'
  /** An agent for it is free, or about to be asked: the limit of the server is reached, or the next poll brings it. */
  | 'free';

/** An agent that could serve a request, and what keeps it from that; `since` where that is known. */
export interface FittingAgent {
  readonly id: number;
  readonly name: string;
  readonly state: 'busy' | 'free' | 'offline' | 'disabled';
  readonly since?: Instant;
  /** What it works on. */
  readonly request?: number;
}

/** What a request waits for. */
export interface PoolWait {
  readonly reason: WaitReason;
  readonly since: Instant;
  /** Its place among the waiting requests of the pool, from 1. */
  readonly position: number;
  /** Every agent of the pool that has what it demands; the likeliest first. */
  readonly agents: readonly FittingAgent[];
  /** The limit that is reached, for `poolLimit`. */
  readonly limit?: number;
}

/** A pool as the question is asked of it. */
export interface PoolPicture {
  readonly agents: readonly AgentRow[];
  /** Those that are not over. */
  readonly requests: readonly JobRequestRow[];
  readonly parallelJobs?: number;
}

/** What a waiting request waits for, in the order in which the pool itself would look at it; undefined: it does not wait. */
export function poolWait(
  pool: PoolPicture,
  request: JobRequestRow,
  at: { readonly now: Instant; readonly policy: LeasePolicy },
): PoolWait | undefined {
  if (request.state.phase !== 'waiting') return undefined;
  const fitting = pool.agents
    .filter((agent) => meets(agent, request.demands))
    .map((agent) => fittingAgent(agent, pool, at))
    .toSorted((a, b) => LIKELY.indexOf(a.state) - LIKELY.indexOf(b.state) || a.id - b.id);
  const waiting = pool.requests.filter(({ state }) => state.phase === 'waiting').toSorted(inOrder);
  const { parallelJobs } = pool;
  const isFull = parallelJobs !== undefined && busyOf(pool.agents) >= parallelJobs;
  return {
    reason: isFull ? 'poolLimit' : reasonOf(fitting),
    since: request.readyAt,
    position: waiting.findIndex(({ id }) => id === request.id) + 1,
    agents: fitting,
    ...(isFull && { limit: parallelJobs }),
  };
}

const LIKELY: readonly FittingAgent['state'][] = ['free', 'busy', 'offline', 'disabled'];

function reasonOf([likeliest]: readonly FittingAgent[]): WaitReason {
  return likeliest?.state ?? 'noAgentYet';
}

function fittingAgent(
  { id, name, enabled, session, request, goneAt }: AgentRow,
  { requests }: PoolPicture,
  { now, policy }: { readonly now: Instant; readonly policy: LeasePolicy },
): FittingAgent {
  if (!enabled) return { id, name, state: 'disabled' };
  if (request !== undefined) {
    const state = requests.find((one) => one.id === request)?.state;
    const since = state !== undefined && 'assignedAt' in state ? state.assignedAt : undefined;
    return { id, name, state: 'busy', request, ...(since !== undefined && { since }) };
  }
  if (session !== undefined && now - session.seenAt <= policy.silentMs) {
    return { id, name, state: 'free', since: session.seenAt };
  }
  const since = session?.seenAt ?? goneAt;
  return { id, name, state: 'offline', ...(since !== undefined && { since }) };
}
