import type { Collection, WireAgent, WireJobRequest } from '@signalbox/api';
import type { AgentRow, JobRequestRow } from '@signalbox/engine';
import type { PoolId } from '@signalbox/model';
import type { PoolRow } from '@signalbox/store';
import type { Ask, Handlers } from '../ask.ts';
import { readCapabilities } from '../agent/read-capabilities.ts';
import { badRequest, notFound } from '../problem.ts';
import { collection, wireTime } from '../shape/common.ts';
import { nameGuid } from '../../guid.ts';
import { JobWaits } from './job-waits.ts';
import { findPool, poolCommand } from './pools.ts';

/** Agents and the jobs of a pool (REST.md §3.8). */
export const poolAgentHandlers: Handlers<
  | 'listAgents'
  | 'getAgent'
  | 'createAgent'
  | 'updateAgent'
  | 'replaceAgent'
  | 'deleteAgent'
  | 'setUserCapabilities'
  | 'listJobRequests'
> = {
  listAgents: async (ask) => listAgents(ask),
  async getAgent(ask) {
    const pool = await findPool(ask);
    return wireAgent(ask, pool, await findAgent(ask, pool));
  },
  async createAgent(ask) {
    const { name } = await findPool(ask);
    throw badRequest(
      'Agents register themselves, with what they can do: make a token of the pool, and start one with ' +
        `signalbox agent --pool "${name}".`,
    );
  },
  updateAgent: async (ask) => updateAgent(ask),
  replaceAgent: async (ask) => updateAgent(ask),
  deleteAgent: async (ask) => deleteAgent(ask),
  setUserCapabilities: async (ask) => setUserCapabilities(ask),
  listJobRequests: async (ask) => listJobRequests(ask),
};

async function findAgent(ask: Ask, pool: PoolRow): Promise<AgentRow> {
  const id = ask.id('agentId', 'TaskAgent');
  const agent = (await ask.app.store.poolWork.agents(pool.id)).find((one) => one.id === id);
  if (agent === undefined) throw notFound('TaskAgent', `The agent ${id}`);
  return agent;
}

async function listAgents(ask: Ask): Promise<Collection<WireAgent>> {
  const pool = await findPool(ask);
  const name = ask.query.text('agentName')?.toLowerCase();
  const agents = (await ask.app.store.poolWork.agents(pool.id)).filter(
    (agent) => name === undefined || agent.name.toLowerCase() === name,
  );
  const wire: WireAgent[] = [];
  for (const agent of agents) wire.push(await wireAgent(ask, pool, agent));
  return collection(wire);
}

async function updateAgent(ask: Ask): Promise<WireAgent> {
  const pool = await findPool(ask);
  const { id } = await findAgent(ask, pool);
  const enabled = ask.body().flag('enabled');
  if (enabled === undefined)
    throw badRequest('"enabled" is missing; nothing else of an agent can be changed.');
  await poolCommand(ask, pool, { type: 'AgentEnabled', agent: id, enabled });
  return wireAgent(ask, pool, await findAgent(ask, pool));
}

async function deleteAgent(ask: Ask): Promise<undefined> {
  const pool = await findPool(ask);
  const { id } = await findAgent(ask, pool);
  await poolCommand(ask, pool, { type: 'AgentDeleted', agent: id });
  await ask.reply.code(204).send();
  return undefined;
}

async function setUserCapabilities(ask: Ask): Promise<WireAgent> {
  const pool = await findPool(ask);
  const { id } = await findAgent(ask, pool);
  const capabilities = readCapabilities(ask.body());
  await poolCommand(ask, pool, { type: 'AgentCapabilitiesSet', agent: id, capabilities });
  return wireAgent(ask, pool, await findAgent(ask, pool), true);
}

/** An agent as clients see it. */
export async function wireAgent(
  ask: Ask,
  pool: PoolRow,
  agent: AgentRow,
  withCapabilities: boolean = ask.query.flag('includeCapabilities') === true,
): Promise<WireAgent> {
  const { app, now, query } = ask;
  const { session, userCapabilities = {} } = agent;
  const isRecent = session !== undefined && now - session.seenAt <= app.poolPolicy.silentMs;
  const online = session !== undefined && (agent.request !== undefined || isRecent);
  const assigned =
    query.flag('includeAssignedRequest') === true ? await assignedOf(ask, pool, agent) : undefined;
  const os = agent.capabilities['agent.os'];
  return {
    id: agent.id,
    name: agent.name,
    version: agent.version,
    enabled: agent.enabled,
    status: online ? 'online' : 'offline',
    maxParallelism: 1,
    provisioningState: 'Provisioned',
    ...(os !== undefined && { osDescription: os }),
    ...(session !== undefined && { createdOn: wireTime(session.since) }),
    ...(withCapabilities && { systemCapabilities: agent.capabilities, userCapabilities }),
    ...(assigned !== undefined && { assignedRequest: assigned }),
  };
}

async function assignedOf(
  { app }: Ask,
  pool: PoolRow,
  agent: AgentRow,
): Promise<WireAgent['assignedRequest'] | undefined> {
  if (agent.request === undefined) return undefined;
  const row = await app.store.poolWork.request(pool.id, agent.request);
  if (row?.state.phase !== 'assigned') return undefined;
  const { id, run, state } = row;
  return {
    requestId: id,
    assignTime: wireTime(state.assignedAt),
    jobName: jobName(row),
    owner: { id: run, name: String(run) },
  };
}

async function listJobRequests(ask: Ask): Promise<Collection<WireJobRequest>> {
  const pool = await findPool(ask);
  const { query } = ask;
  const agents = query.numbers('agentIds') ?? query.numbers('agentId');
  const job = query.text('jobId')?.toLowerCase();
  const after = query.continuation();
  const page = await ask.app.store.poolWork.requests(pool.id, {
    limit: query.top(),
    ...(after !== undefined && { after }),
  });
  if (page.next !== undefined) void ask.reply.header('x-ms-continuationtoken', page.next);
  const rows = page.items.filter(
    (row) =>
      (agents === undefined || ('agent' in row.state && agents.includes(row.state.agent ?? 0))) &&
      (job === undefined || jobGuid(row) === job),
  );
  const plan = query.text('planId')?.toLowerCase();
  const isOfPlan = await Promise.all(
    rows.map(async ({ run }) => plan === undefined || (await ask.app.store.runs.get(run))?.planId === plan),
  );
  return collection(
    await wireRequests(
      ask,
      pool.id,
      rows.filter((_, index) => isOfPlan[index]),
    ),
  );
}

/** Jobs of a pool as clients see them, with what those that wait are waiting for. */
export async function wireRequests(
  ask: Ask,
  pool: PoolId,
  rows: readonly JobRequestRow[],
): Promise<readonly WireJobRequest[]> {
  const waits = new JobWaits(ask);
  return Promise.all(rows.map(async (row) => wireRequest(pool, row, await waits.textOf(pool, row))));
}

function jobName({ instance: { stage, job, hook, leg } }: JobRequestRow): string {
  return [stage, job, leg, hook].filter((part) => part !== undefined).join('.');
}

function jobGuid(row: JobRequestRow): string {
  const { stageAttempt, jobAttempt } = row.instance;
  return nameGuid('job', `${row.run}:${jobName(row)}:${stageAttempt}:${jobAttempt}`);
}

function wireRequest(pool: PoolId, row: JobRequestRow, waitingFor: string | undefined): WireJobRequest {
  const { id, run, demands, readyAt, state } = row;
  return {
    requestId: id,
    poolId: pool,
    queueTime: wireTime(readyAt),
    ...(state.phase === 'assigned' && { assignTime: wireTime(state.assignedAt) }),
    ...('agent' in state && { reservedAgent: { id: state.agent } }),
    jobId: jobGuid(row),
    jobName: jobName(row),
    planType: 'Build',
    demands: demands.map(({ capability, equals }) =>
      equals === undefined ? capability : `${capability} -equals ${equals}`,
    ),
    owner: { id: run, name: String(run) },
    state: state.phase,
    ...(waitingFor !== undefined && { waitingFor }),
  };
}
