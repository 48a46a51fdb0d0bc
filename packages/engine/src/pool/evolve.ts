import type { AgentId, Instant, JobRequestId } from '@signalbox/model';
import type { PoolEvent } from './events.ts';
import type { AgentRow, JobRequestRow, PoolHeaderRow, StopRequest } from './rows.ts';

/** The rows of a pool, or the part of them that a decision has seen. */
export interface PoolRows {
  readonly header: PoolHeaderRow;
  readonly agents: ReadonlyMap<AgentId, AgentRow>;
  readonly requests: ReadonlyMap<JobRequestId, JobRequestRow>;
}

/** A pool before its first event. */
export const EMPTY_POOL: PoolRows = {
  header: { lastRequest: 0, lastAgent: 0, lastLease: 0 },
  agents: new Map(),
  requests: new Map(),
};

/** The pool that a journal tells of. */
export function foldPool(journal: readonly PoolEvent[]): PoolRows {
  let rows = EMPTY_POOL;
  for (const event of journal) rows = evolvePool(rows, event);
  return rows;
}

/** The rows after one more event; rows change only here. */
export function evolvePool(rows: PoolRows, event: PoolEvent): PoolRows {
  if ('request' in event) return evolveRequests(rows, event);
  switch (event.type) {
    case 'AgentConnected':
      return {
        ...rows,
        agents: new Map(rows.agents).set(event.agent.id, event.agent),
        header: { ...rows.header, lastAgent: Math.max(rows.header.lastAgent, event.agent.id) },
      };
    case 'AgentRemoved': {
      const agents = new Map(rows.agents);
      agents.delete(event.agent);
      return { ...rows, agents };
    }
    case 'AgentIdle':
      return withAgent(rows, event.agent, (agent) => seen(agent, event.at));
    case 'AgentDisconnected':
      return withAgent(rows, event.agent, (agent) => disconnected(agent, event.at));
    case 'AgentEnabledChanged':
      return withAgent(rows, event.agent, (agent) => ({ ...agent, enabled: event.enabled }));
    case 'AgentCapabilitiesChanged':
      return withAgent(rows, event.agent, (agent) => given(agent, event.capabilities));
    case 'PoolLimited': {
      const { parallelJobs: _before, ...header } = rows.header;
      const { parallelJobs } = event;
      return { ...rows, header: { ...header, ...(parallelJobs !== undefined && { parallelJobs }) } };
    }
  }
}

type RequestEvent = Extract<PoolEvent, { readonly request: unknown }>;

function evolveRequests(rows: PoolRows, event: RequestEvent): PoolRows {
  switch (event.type) {
    case 'RequestQueued': {
      const requests = new Map(rows.requests).set(event.request.id, event.request);
      const lastRequest = Math.max(rows.header.lastRequest, event.request.id);
      return { ...rows, requests, header: { ...rows.header, lastRequest } };
    }
    case 'RequestAssigned': {
      const { agent, lease, at: assignedAt, leaseUntil } = event;
      const taken = withRequest(rows, event.request, () => ({
        phase: 'assigned',
        agent,
        lease,
        assignedAt,
        leaseUntil,
      }));
      const busy = withAgent(taken, agent, (row) => ({ ...row, idle: false, request: event.request }));
      return { ...busy, header: { ...busy.header, lastLease: Math.max(busy.header.lastLease, lease) } };
    }
    case 'RequestWithdrawn':
      return withRequest(rows, event.request, () => ({ phase: 'finished', at: event.at, lost: false }));
    case 'RequestCancelAsked':
      return withRequest(rows, event.request, (state) =>
        state.phase === 'assigned' || state.phase === 'quarantined'
          ? { ...state, cancel: stopOf(event) }
          : state,
      );
    case 'LeaseExtended':
      return withRequest(rows, event.request, (state) =>
        state.phase === 'assigned' ? { ...state, leaseUntil: event.leaseUntil } : state,
      );
    case 'LeaseExpired':
      return withRequest(rows, event.request, (state) => expired(state, event));
    case 'LeaseRegained':
      return withRequest(rows, event.request, (state) => regained(state, event));
    case 'RequestFinished':
      return finished(rows, event);
  }
}

type Of<T extends PoolEvent['type']> = Extract<PoolEvent, { readonly type: T }>;

function stopOf({ at, budgetMs, kill }: Of<'RequestCancelAsked'>): StopRequest {
  return { at, budgetMs, ...(kill !== undefined && { kill }) };
}

function expired(state: JobRequestRow['state'], { until }: Of<'LeaseExpired'>): JobRequestRow['state'] {
  if (state.phase !== 'assigned') return state;
  const { agent, lease, assignedAt, cancel } = state;
  const stop = cancel === undefined ? {} : { cancel };
  return { phase: 'quarantined', agent, lease, assignedAt, ...(until !== undefined && { until }), ...stop };
}

/** What it was to do meanwhile counts from now: it has only just heard of it. */
function regained(
  state: JobRequestRow['state'],
  { leaseUntil, at }: Of<'LeaseRegained'>,
): JobRequestRow['state'] {
  if (state.phase !== 'quarantined') return state;
  const { agent, lease, assignedAt = at, cancel } = state;
  const stop = cancel === undefined ? {} : { cancel: { ...cancel, at } };
  return { phase: 'assigned', agent, lease, assignedAt, leaseUntil, ...stop };
}

/** Nobody holds the request any more; its agent is free unless it went on to another. */
function finished(rows: PoolRows, event: Extract<PoolEvent, { type: 'RequestFinished' }>): PoolRows {
  const before = rows.requests.get(event.request)?.state;
  const { at, lost } = event;
  if (before?.phase !== 'assigned' && before?.phase !== 'quarantined') return rows;
  const { agent } = before;
  const ended = withRequest(rows, event.request, () => ({ phase: 'finished', at, lost, agent }));
  return withAgent(ended, agent, (row) => (row.request === event.request ? freed(row) : row));
}

function freed({ request: _request, ...agent }: AgentRow): AgentRow {
  return agent;
}

function disconnected({ session: _session, ...agent }: AgentRow, goneAt: Instant): AgentRow {
  return { ...agent, idle: false, goneAt };
}

function given(
  { userCapabilities: _before, ...agent }: AgentRow,
  userCapabilities: Readonly<Record<string, string>>,
): AgentRow {
  return Object.keys(userCapabilities).length === 0 ? agent : { ...agent, userCapabilities };
}

function seen(agent: AgentRow, seenAt: number): AgentRow {
  return agent.session === undefined
    ? agent
    : { ...agent, idle: true, session: { ...agent.session, seenAt } };
}

function withAgent(rows: PoolRows, id: AgentId, change: (agent: AgentRow) => AgentRow): PoolRows {
  const old = rows.agents.get(id);
  return old === undefined ? rows : { ...rows, agents: new Map(rows.agents).set(id, change(old)) };
}

function withRequest(
  rows: PoolRows,
  id: JobRequestId,
  change: (state: JobRequestRow['state']) => JobRequestRow['state'],
): PoolRows {
  const old = rows.requests.get(id);
  if (old === undefined) return rows;
  return { ...rows, requests: new Map(rows.requests).set(id, { ...old, state: change(old.state) }) };
}
