import { fold } from '@signalbox/model';
import type { ReplyValue } from '../outcome.ts';
import { capabilitiesOf, folded, meets, whyUnserved } from './demands.ts';
import { haveFronts, match, waitingFronts } from './match.ts';
import type { PoolMessage } from './messages.ts';
import { cancelOf, quarantine } from './renewal.ts';
import type { AgentRow, JobRequestRow } from './rows.ts';
import { accept, agentOf, record, refuse, tellRun, type Turn } from './turn.ts';

type Message<T extends PoolMessage['type']> = Extract<PoolMessage, { readonly type: T }>;

/**
 * An agent's process starts (AGENT-3). Its name is its identity: a fresh session takes over, and a job that the
 * earlier one had goes into quarantine, for its processes may have outlived their agent (LAW-8).
 */
export function agentConnected(turn: Turn, message: Message<'AgentConnected'>): void {
  const { name, version, session } = message;
  const known = [...turn.rows.agents.values()].find((agent) => fold(agent.name) === fold(name));
  const fresh: AgentRow = {
    id: turn.rows.header.lastAgent + 1,
    name,
    version,
    enabled: true,
    capabilities: folded(message.capabilities),
    session: { id: session, since: turn.now, seenAt: turn.now },
    idle: false,
  };
  const agent = known === undefined ? fresh : takenOver(turn, known, fresh);
  const isFirst = turn.rows.header.lastAgent === 0;
  record(turn, { type: 'AgentConnected', agent });
  // Whoever waited for the pool's first agent, or for what this one no longer has, learns now that it was in vain (JOB-4).
  if (isFirst || (known !== undefined && hasLost(known, agent))) {
    refuseUnserved(turn, ({ demands }) => whyUnserved([...turn.rows.agents.values()], demands) ?? '');
  }
  accept(turn, { agent: agent.id, session });
}

/** A repeated message of the same session keeps what it has; a new session begins without a job. */
function takenOver(turn: Turn, known: AgentRow, fresh: AgentRow): AgentRow {
  const { id, enabled, session, request, userCapabilities } = known;
  const agent = { ...fresh, id, enabled, ...(userCapabilities !== undefined && { userCapabilities }) };
  if (session?.id !== fresh.session?.id) {
    loseJob(turn, known);
    return agent;
  }
  return { ...agent, idle: known.idle, ...(request === undefined ? {} : { request }) };
}

function hasLost(before: AgentRow, after: AgentRow): boolean {
  const now = capabilitiesOf(after);
  return Object.entries(capabilitiesOf(before)).some(([name, value]) => now[name] !== value);
}

/** The agent asks for work; one that has a job is told of it again, for the answer may have been lost. */
export function agentPolled(turn: Turn, { agent: id, session }: Message<'AgentPolled'>): void {
  const agent = agentOf(turn, id);
  if (agent === undefined || !inSession(turn, agent, session)) return;
  if (agent.request === undefined) {
    const seenAt = agent.session?.seenAt ?? 0;
    // A poll that says nothing new needs no line in the journal.
    if (!agent.idle || turn.now - seenAt >= turn.policy.silentMs / 6) {
      record(turn, { type: 'AgentIdle', agent: id, at: turn.now });
    }
    match(turn);
  }
  accept(turn, { job: jobOf(turn, turn.rows.agents.get(id) ?? agent) });
}

/** The agent says good-bye; a job that it left behind goes into quarantine. */
export function agentLeft(turn: Turn, { agent: id, session }: Message<'AgentLeft'>): void {
  const agent = turn.rows.agents.get(id);
  if (agent?.session?.id !== session) return;
  loseJob(turn, agent);
  record(turn, { type: 'AgentDisconnected', agent: id, at: turn.now });
}

/** A disabled agent ends its job and gets no new one (AGENT-2). */
export function agentEnabled(turn: Turn, { agent: id, enabled }: Message<'AgentEnabled'>): void {
  const agent = agentOf(turn, id);
  if (agent === undefined) return;
  if (agent.enabled !== enabled) record(turn, { type: 'AgentEnabledChanged', agent: id, enabled });
  match(turn);
  accept(turn, null);
}

/** Removes an agent that has no job. Requests that nobody can serve without it are told so (JOB-4). */
export function agentDeleted(turn: Turn, { agent: id }: Message<'AgentDeleted'>): void {
  const agent = agentOf(turn, id);
  if (agent === undefined) return;
  if (agent.request !== undefined) {
    refuse(turn, 'agent-busy', `Agent '${agent.name}' has a job; wait for its end, or cancel it.`);
    return;
  }
  record(turn, { type: 'AgentRemoved', agent: id });
  refuseUnserved(turn, () => `its last agent for the job, ${agent.name}, was removed.`);
  accept(turn, null);
}

/** Withdraws every waiting request that no agent of the pool could serve, disabled ones included, and says why. */
export function refuseUnserved(turn: Turn, why: (request: JobRequestRow) => string): void {
  const left = [...turn.rows.agents.values()];
  while (haveFronts(turn, 0) && turn.missing.length === 0) {
    const request = waitingFronts(turn).find(({ demands }) => !left.some((agent) => meets(agent, demands)));
    if (request === undefined) return;
    record(turn, { type: 'RequestWithdrawn', request: request.id, at: turn.now });
    tellRun(turn, request, { type: 'JobUnserved', instance: request.instance, message: why(request) });
  }
}

function loseJob(turn: Turn, { request: id }: AgentRow): void {
  const request = id === undefined ? undefined : turn.rows.requests.get(id);
  if (request?.state.phase === 'assigned') quarantine(turn, request, request.state);
}

function inSession(turn: Turn, { name, session }: AgentRow, id: string): boolean {
  if (session?.id === id) return true;
  refuse(turn, 'session-replaced', `Another process serves as agent '${name}' now, or this one has left.`);
  return false;
}

function jobOf({ rows, now }: Turn, { request: id }: AgentRow): ReplyValue {
  const request = id === undefined ? undefined : rows.requests.get(id);
  if (request?.state.phase !== 'assigned') return null;
  const { lease, leaseUntil } = request.state;
  const { run, instance } = request;
  return {
    request: request.id,
    run,
    instance: { ...instance },
    lease,
    leaseUntil,
    ...cancelOf(request.state, now),
  };
}
